// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/http_client.hpp"

namespace otelctl::otlp {

// Keeps the values of the headers that were sent, and the URL's query, out of what is shown of an
// answer: servers and proxies like to repeat a wrong key in their complaint.
class HeaderMask {
 public:
  explicit HeaderMask(const std::vector<net::Header>& headers, std::string_view query = {});

  // Overwrites each value with as many stars, so that an answer that is protobuf can still be read.
  // Also hidden are the part behind "Bearer " or "Basic ", and user name and password of the
  // latter. Values below 4 bytes are no secrets and would tear words apart. A value is found in the
  // form in which it was sent, not where a server encodes it anew.
  void cover(std::string& bytes) const;

  // Text with [REDACTED] in place of the values, and of what cover() has left of them.
  std::string hide(std::string text) const;

 private:
  std::vector<std::string> m_values;  // longest first
};

}  // namespace otelctl::otlp
