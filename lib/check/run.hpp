// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "check/expectations.hpp"
#include "check/wait.hpp"
#include "query/backend.hpp"

namespace otelctl::check {

// What became of all expectations.
struct CheckReport {
  query::BackendInfo backend;
  std::vector<std::string> notes;  // what the backend had to say
  std::vector<Outcome> outcomes;   // as far as it came
  std::int64_t attempts = 0;
  nanoseconds waited{};

  // The verdict on the whole: the backend's trouble, else `failed` when an expectation is not met,
  // else `not_seen`; nothing when all is as expected.
  std::optional<Error> error() const;
};

// One expectation after the other. Their time runs from the start of the first, so that the whole
// takes as long as the longest; each gets at least one look and the time to settle. Trouble with
// the backend ends it.
CheckReport run_checks(query::Backend& backend, const std::vector<Expectation>& expectations,
                       const Waiting& waiting);

}  // namespace otelctl::check
