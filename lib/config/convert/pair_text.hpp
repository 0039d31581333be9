// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl::config::convert {

struct TextPair {
  std::string name;
  std::string value;
};

// "a=1,b=${B}" as OTEL_RESOURCE_ATTRIBUTES and OTEL_EXPORTER_OTLP_HEADERS have it, percent-decoded,
// references kept. Nothing where an item has no '=' or an escape is broken.
std::optional<std::vector<TextPair>> split_pairs(std::string_view text);

// The other way round.
std::string join_pairs(const std::vector<TextPair>& pairs);

// The value of a line of a .env file as the specification's references have it: `$NAME` becomes
// `${NAME}`; of a literal value every dollar sign is one (`$$`).
std::string from_env_value(std::string_view value, bool is_literal);
// Whether a line of a .env file can say it: no control character but tabs and line ends.
bool fits_a_line(std::string_view text);
// A value for a line of a .env file, in quotes where it must be.
std::string to_env_value(std::string_view text);

}  // namespace otelctl::config::convert
