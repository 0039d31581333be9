// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "yaml/document.hpp"

namespace otelctl::yaml {

enum class ScalarType : std::uint8_t { null, boolean, integer, number, date, text };

// What the text of a plain scalar is to two generations of readers.
struct Scalar {
  // By the core schema of YAML 1.2 (10.3.2).
  ScalarType core = ScalarType::text;
  // By YAML 1.1 as PyYAML reads it: yes and on are booleans, 017 is octal, 12:30 base 60, 1_000 and
  // dates exist, 1e3 is text.
  ScalarType legacy = ScalarType::text;
};

Scalar resolve_plain(std::string_view text);

// The values. Nothing for text of another form. Booleans of either generation, y and n, in any
// case; integers of the core schema, hexadecimal and octal (0o17) among them, within 64 bits;
// numbers of the core schema with .inf and .nan.
std::optional<bool> read_boolean(std::string_view text);
std::optional<std::int64_t> read_integer(std::string_view text);
std::optional<double> read_number(std::string_view text);

// Whether an explicit tag may stand at the node: the core types on what they can hold.
bool tag_fits(std::string_view tag, const Node& node);

}  // namespace otelctl::yaml
