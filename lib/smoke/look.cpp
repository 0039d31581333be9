// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/look.hpp"

#include <algorithm>
#include <utility>

#include "smoke/compare.hpp"

namespace otelctl::smoke {
namespace {

constexpr nanoseconds k_first_pause = std::chrono::milliseconds(50);
constexpr nanoseconds k_longest_pause = std::chrono::seconds(1);
constexpr int k_most_failures = 3;

// Half as long again each time, times a random factor from 0.5 to 1.5.
class Pauses {
 public:
  explicit Pauses(Random& random) : m_random(random) {}

  nanoseconds next() {
    const double jitter = 0.5 + m_random.fraction();
    const auto pause = std::chrono::duration_cast<nanoseconds>(m_pause * jitter);
    m_pause = std::min(m_pause * 3 / 2, k_longest_pause);
    return pause;
  }

 private:
  Random& m_random;
  nanoseconds m_pause = k_first_pause;
};

}  // namespace

Result<Sighting> look_for(query::Backend& backend, const trace::Trace& sent,
                          const Patience& patience) {
  const nanoseconds start = patience.clock.monotonic();
  Pauses pauses(patience.random);
  Sighting sighting;
  int failures = 0;
  for (;;) {
    auto found = backend.trace(sent.id);
    ++sighting.attempts;
    sighting.waited = patience.clock.monotonic() - start;
    const bool has_answered = found || found.error().kind == ErrorKind::not_seen;
    failures = has_answered ? 0 : failures + 1;
    if (found) {
      sighting.is_whole = count_present(sent, *found) == sent.spans.size();
      sighting.trace = std::move(*found);
    } else if (!has_answered &&
               (found.error().kind != ErrorKind::unreachable || failures == k_most_failures)) {
      return fail(std::move(found).error());
    }
    const nanoseconds left = patience.within - sighting.waited;
    if (sighting.is_whole || left <= nanoseconds::zero()) {
      if (!has_answered) {
        return fail(std::move(found).error());
      }
      return sighting;
    }
    if (!patience.pause(std::min(pauses.next(), left))) {
      return fail(ErrorKind::interrupted, "interrupted while looking for the canary");
    }
  }
}

}  // namespace otelctl::smoke
