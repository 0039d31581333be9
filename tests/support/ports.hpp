// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace otelctl::test {

// Where a server listens.
struct ListenAt {
  std::string address = "127.0.0.1";  // IPv4 or IPv6
  std::uint16_t port = 0;             // 0 is a free one
};

// Whether this machine has the address, as ::1 is missing in some containers.
bool can_listen_at(const ListenAt& at);
// A socket that is bound there. Throws where the address does not exist.
int bind_to(const ListenAt& at);
std::uint16_t port_of(int descriptor);

// A port on which nothing listens, and that nobody else gets while this object lives.
class RefusedPort {
 public:
  explicit RefusedPort(const ListenAt& at = {});
  ~RefusedPort();
  RefusedPort(const RefusedPort&) = delete;
  RefusedPort& operator=(const RefusedPort&) = delete;
  std::uint16_t port() const { return m_port; }

 private:
  int m_descriptor = -1;
  std::uint16_t m_port = 0;
};

// A port that answers no attempt to connect, as behind a firewall that drops packets: it listens,
// and its queue of connections that nobody accepts is full.
class BlackholePort {
 public:
  explicit BlackholePort(const ListenAt& at = {});
  ~BlackholePort();
  BlackholePort(const BlackholePort&) = delete;
  BlackholePort& operator=(const BlackholePort&) = delete;
  std::uint16_t port() const { return m_port; }

 private:
  int m_listener = -1;
  std::uint16_t m_port = 0;
  std::vector<int> m_fillers;
};

}  // namespace otelctl::test
