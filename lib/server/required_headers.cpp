// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/required_headers.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::server {

RequiredHeaders::RequiredHeaders(std::vector<net::Header> headers) : m_headers(std::move(headers)) {
  for (net::Header& header : m_headers) {
    header.name = to_lower(header.name);
  }
}

std::optional<std::string> RequiredHeaders::refusal_of(const FindHeader& find) const {
  for (const net::Header& header : m_headers) {
    const auto value = find(header.name);
    if (!value) {
      return fmt::format("the header {} is missing", header.name);
    }
    if (*value != header.value) {
      return fmt::format("the header {} has not the required value", header.name);
    }
  }
  return std::nullopt;
}

}  // namespace otelctl::server
