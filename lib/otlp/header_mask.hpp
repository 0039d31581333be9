// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/http_client.hpp"

namespace otelctl::otlp {

// Keeps the values of the headers that were sent out of what is shown of an answer: servers and
// proxies like to repeat a wrong key in their complaint.
class HeaderMask {
 public:
  explicit HeaderMask(const std::vector<net::Header>& headers);

  // Overwrites each value with as many stars. The length stays, so that an answer that is protobuf
  // or JSON can still be read. Also hidden are the part behind "Bearer " or "Basic ", and user name
  // and password of the latter. Values below 4 bytes are no secrets and would tear words apart.
  void cover(std::string& bytes) const;

  // Text that was made of covered bytes, with [REDACTED] in place of the stars.
  static std::string shown(std::string_view text);

 private:
  std::vector<std::string> m_values;  // longest first
};

}  // namespace otelctl::otlp
