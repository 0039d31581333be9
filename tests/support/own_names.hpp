// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace otelctl::test {

// Gives the calling thread, and those that it starts, names of its own: /etc/hosts with these lines
// and one name server at this address, seen by nobody else (a mount namespace). False where the
// system does not permit that, as it does to root only.
bool enter_own_names(const std::string& hosts, const std::string& name_server);

// A name server that takes questions on port 53 of an address and never answers.
class MuteNameServer {
 public:
  explicit MuteNameServer(const std::string& address);
  ~MuteNameServer();
  MuteNameServer(const MuteNameServer&) = delete;
  MuteNameServer& operator=(const MuteNameServer&) = delete;
  // Whether the port was to be had.
  bool is_there() const { return m_descriptor >= 0; }

 private:
  int m_descriptor = -1;
};

}  // namespace otelctl::test
