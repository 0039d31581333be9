// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl::settings {

// What docker compose makes of `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`,
// `${NAME:+other}`, `${NAME+other}`, `${NAME:?error}`, `${NAME?error}` and `$$` in its own files
// and in .env files (compose specification, "Interpolation"; compose-go 2.16).
struct Interpolation {
  // A reference without value and default. Offsets are bytes into the text that was handed in.
  struct Unset {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string name = {};
  };

  // With the references replaced; only of use when is_known.
  std::string text;
  std::vector<Unset> unset = {};
  // Where a '$' begins no reference that compose knows, which makes it refuse its YAML files.
  std::vector<std::size_t> malformed = {};
  bool has_reference = false;
  // False when a value is missing, a default that is used refers to another variable, or values
  // would come to more than may be inserted.
  bool is_known = true;
};

// The value of a variable; nothing when it is not set.
using Lookup = std::function<std::optional<std::string_view>(std::string_view name)>;

// With the values that are inserted no text becomes longer: in files in which lines refer to lines
// before them a few hundred bytes could stand for any number.
inline constexpr std::size_t k_longest_interpolation = std::size_t{1} << 20U;

Interpolation interpolate(std::string_view text, const Lookup& lookup,
                          std::size_t most_bytes = k_longest_interpolation);

// By how much a text has become longer.
constexpr std::size_t growth(std::string_view before, std::string_view after) {
  return after.size() > before.size() ? after.size() - before.size() : 0;
}

}  // namespace otelctl::settings
