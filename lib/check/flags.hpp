// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "check/expectations.hpp"

namespace otelctl::check {

// What the command line expects, as it was typed.
struct CheckFlags {
  Find find;  // `which` is not used
  std::optional<Which> which;
  std::optional<std::uint64_t> min_spans;
  std::vector<std::string> services;
  std::optional<nanoseconds> max_duration;
  std::optional<std::uint64_t> max_errors;
  std::optional<nanoseconds> timeout;
  std::optional<nanoseconds> settle;
  bool allow_partial = false;
};

// Puts what flags say into an expectation: how its trace is found, key by key; an id takes the
// place of all of it, its times, and what more is expected of it. Error kind: usage.
Result<void> apply(const CheckFlags& flags, Expectation& expectation);

}  // namespace otelctl::check
