// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "check/expectations.hpp"
#include "query/backend.hpp"
#include "trace/trace.hpp"

namespace otelctl::check {

inline constexpr nanoseconds k_standard_timeout = std::chrono::seconds(30);
inline constexpr nanoseconds k_standard_settle = std::chrono::seconds(2);

// How to wait, handed in so that tests do not.
struct Waiting {
  const Clock& clock;
  // Waits that long; false ends the waiting (a signal).
  std::function<bool(nanoseconds)> pause;
  // Told once what keeps it waiting, whenever that changes.
  std::function<void(const std::string&)> note;
  // Told after each look how it goes.
  std::function<void(const std::string&)> progress;
  // Nothing will change: one look decides.
  bool is_static = false;
};

// A trace as it was when it was judged.
struct JudgedTrace {
  trace::Trace trace;
  std::vector<Check> checks;
  bool is_settled = false;

  bool ok() const;
  bool is_complete() const;
};

// What became of one expectation.
struct Outcome {
  std::string name;
  std::string file;
  std::uint32_t line = 0;
  std::vector<JudgedTrace> traces;
  // Why there is no verdict, or what the verdict is: kind `failed` for an expectation that is not
  // met, `not_seen` for a trace that did not appear or become complete in time, else what the
  // backend's trouble is.
  std::optional<Error> error;
  std::int64_t attempts = 0;
  nanoseconds waited{};
};

// Looks for the expectation's trace until it is complete, has not changed for the time to settle,
// and passes or cannot pass any more; `deadline` by the monotonic clock ends it, but a trace that
// is complete by then still gets its time to settle. Looks follow each other after 0.5 s, then 1.5
// times as long up to 3 s. A backend that cannot be reached is asked again until the deadline.
Outcome await(query::Backend& backend, const Expectation& expectation, nanoseconds deadline,
              const Waiting& waiting);

}  // namespace otelctl::check
