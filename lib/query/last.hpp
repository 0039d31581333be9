// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "query/backend.hpp"
#include "trace/summary.hpp"

namespace otelctl::query {

enum class Order { start, duration, spans, errors };

// Whether a search without a service finds what a backend has.
enum class Reach { unknown, over_all, each_service };

// Which traces a list shall hold.
struct LastQuery {
  std::size_t count = 10;
  Time now;
  Time since;
  // Without it up to now, and a little beyond: clocks of other hosts run ahead.
  std::optional<Time> until;
  std::vector<std::string> services;  // any of them; none: all there are
  SpanFilter filter;                  // its service is not used
  // Of the whole trace, from its first start to its last end.
  std::optional<nanoseconds> min_duration;
  std::optional<nanoseconds> max_duration;
  Order order = Order::start;
  // For those who ask again and again, and know from the first answer: the reach that it had, and
  // that the time is short enough to be asked for at once.
  Reach reach = Reach::unknown;
  bool asks_whole_time = false;

  Time end() const;
  // Takes away the bounds of time.
  void take_all_time();
  bool is_of_all_time() const;
};

struct LastTraces {
  // At most LastQuery::count, no trace twice; the greatest first (newest for Order::start), then by
  // trace id.
  std::vector<trace::Summary> traces;
  // The backend has more traces than could be looked at, so others might belong here.
  bool is_truncated = false;
  // How the traces were found; unknown where there are none.
  Reach reach = Reach::unknown;
  // What the user should know about the answer.
  std::vector<std::string> notes;
};

// The last traces over all services. Stores differ: some cannot search without a service, some
// answer such a search with nothing, and most give the first that they find rather than the newest.
// So this asks without a service first and else for each service, from short times to longer ones,
// and where an answer was full it narrows the time until it is not: then nothing newer can be
// missing.
Result<LastTraces> find_last(Backend& backend, const LastQuery& query);

}  // namespace otelctl::query
