// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otelctl::config::collector {

// Whether Go's url.Parse takes a text; where it does not, the reason, else nothing. It is lenient:
// localhost:4318 is a URL of the scheme "localhost", but 127.0.0.1:4318 is none.
std::string_view flaw_of_url(std::string_view text);

// The parts of HOST:PORT as Go's net.SplitHostPort takes them apart; nothing where it refuses.
struct HostPort {
  std::string_view host;
  std::string_view port;
};
std::optional<HostPort> split_host_port(std::string_view text);

// A whole number of one sign and digits only, as strconv.Atoi reads it.
std::optional<int> read_port(std::string_view text);

// Lower case "http" or "https" where the text begins with one of them and "://"; else empty.
std::string_view http_scheme(std::string_view text);

}  // namespace otelctl::config::collector
