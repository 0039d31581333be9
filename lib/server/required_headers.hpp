// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_client.hpp"

namespace otelctl::server {

// The value of a request's header of that name (in lower case); nothing when it has none.
using FindHeader = std::function<std::optional<std::string_view>(const std::string& name)>;

// Headers without which a request is refused. Their values appear nowhere.
class RequiredHeaders {
 public:
  explicit RequiredHeaders(std::vector<net::Header> headers = {});

  // Why a request is refused that has not all of them; nothing when it has.
  std::optional<std::string> refusal_of(const FindHeader& find) const;

 private:
  std::vector<net::Header> m_headers;  // names in lower case
};

}  // namespace otelctl::server
