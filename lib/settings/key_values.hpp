// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "net/http_client.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::settings {

struct KeyValue {
  std::string key;
  std::string value;
  // Of a list: what stood in its value as it was written, before it was decoded.
  bool has_raw_space = false;
  bool has_semicolon = false;
};

// Reads "k1=v1,k2=v2" as OTEL_EXPORTER_OTLP_HEADERS and OTEL_RESOURCE_ATTRIBUTES have it (W3C
// Baggage without properties): split at commas and the first '=', trimmed, percent-decoded, octets
// that are no UTF-8 as U+FFFD; empty items are skipped and of equal keys the last wins. Spaces in a
// value are taken, as SDKs do. An item without '=' or a broken escape is an error that gives the
// item's number and never its text, which may be a secret. Error kind: settings.
Result<std::vector<KeyValue>> parse_key_values(std::string_view text);

// Reads "KEY=VALUE" of a flag literally; `flag` is what messages call it. Error kind: usage.
Result<KeyValue> parse_flag_pair(std::string_view flag, std::string_view text);

// The headers that a repeatable flag gave: "KEY=VALUE" literally, and of "@FILE" the lines of FILE,
// KEY=VALUE or curl's "Key: value", so that no secret need stand on the command line, which others
// on the machine can read. Messages never hold a value. Error kinds: usage, settings for FILE.
Result<std::vector<KeyValue>> read_header_flags(std::string_view flag,
                                                const std::vector<std::string>& texts);

// Why a header cannot be sent by this transport, nothing when it can: names are HTTP tokens (gRPC:
// [0-9a-z_.-], not "grpc-..."), values hold no control characters (gRPC: printable ASCII), and what
// the transport sets itself is not for users. gRPC aborts the process on an illegal one
// (grpc/grpc#18527). The text never holds the value.
std::optional<std::string> header_problem(const net::Header& header, net::Transport transport);

}  // namespace otelctl::settings
