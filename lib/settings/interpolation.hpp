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
  // How many bytes of `text` are values of variables.
  std::size_t inserted = 0;
  bool has_reference = false;
  // False when a value is missing, a default that is used refers to another variable, or the
  // values are more than may be inserted.
  bool is_known = true;
};

// Limits against text that is made to be large, all far beyond what anybody writes. Linux gives a
// process no variable of more than 128 KiB.
constexpr std::size_t k_most_inserted = std::size_t{1} << 20U;
// Of `unset` and of `malformed`; what is beyond is like the first of them.
constexpr std::size_t k_most_problems = 100;

// The value of a variable; nothing when it is not set.
using Lookup = std::function<std::optional<std::string_view>(std::string_view name)>;

Interpolation interpolate(std::string_view text, const Lookup& lookup,
                          std::size_t most_inserted = k_most_inserted);

}  // namespace otelctl::settings
