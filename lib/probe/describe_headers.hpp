// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/http_client.hpp"

namespace otelctl::probe {

// What is suspicious about the value of a header, without any part of it: it is empty, quoted, a
// placeholder, still percent-encoded, has its scheme twice, is Basic without base64... Clauses that
// follow "the value"; empty when it looks as it should.
std::vector<std::string> traits_of(const net::Header& header);

// One line a header for somebody whose key was refused: "authorization (24 bytes): is in quotes".
// The value is never shown.
std::vector<std::string> describe_headers(const std::vector<net::Header>& headers);

}  // namespace otelctl::probe
