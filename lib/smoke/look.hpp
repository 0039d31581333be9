// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "query/backend.hpp"
#include "trace/trace.hpp"

namespace otelctl::smoke {

// How long a trace is looked for, and with what.
struct Patience {
  nanoseconds within = std::chrono::seconds(30);
  const Clock& clock;
  Random& random;
  // Waits that long; false ends the looking.
  std::function<bool(nanoseconds)> pause;
};

// What was seen of a trace.
struct Sighting {
  std::optional<trace::Trace> trace = std::nullopt;  // the last that was seen of it
  bool is_whole = false;                             // every span that was sent is there
  std::int64_t attempts = 0;
  nanoseconds waited{};  // from the call to the last answer
};

// Asks for the trace, soon at first and then ever less often (50 ms, growing by half up to 1 s,
// with jitter), until all its spans are there or the time is over. Error kinds: interrupted; those
// of Backend but not_seen: a question that fails is no answer. What may pass by itself
// (unreachable) is asked again twice.
Result<Sighting> look_for(query::Backend& backend, const trace::Trace& sent,
                          const Patience& patience);

}  // namespace otelctl::smoke
