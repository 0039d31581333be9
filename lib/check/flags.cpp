// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/flags.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace otelctl::check {
namespace {

// Counts beyond it cannot be met either.
std::int64_t number_of(std::uint64_t count) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(count, INT64_MAX));
}

Result<void> add_services(const std::vector<std::string>& lists, Expectation& expectation) {
  for (const std::string& list : lists) {
    for (const std::string_view name : split(list, ',')) {
      if (trim(name).empty()) {
        return fail(ErrorKind::usage, "--services: a name is empty",
                    "write --services checkout,payment");
      }
      auto pattern = TextPattern::parse(trim(name));
      if (!pattern) {
        Error error = std::move(pattern).error();
        error.kind = ErrorKind::usage;
        return fail(std::move(error).within("--services"));
      }
      expectation.trace.services.push_back(std::move(*pattern));
    }
  }
  return {};
}

void apply_find(const CheckFlags& flags, Find& find) {
  if (flags.find.trace_id) {
    find = flags.find;
    return;
  }
  const bool says_what =
      !flags.find.service.empty() || !flags.find.operation.empty() || !flags.find.tags.empty();
  if (says_what) {
    find.trace_id.reset();
  }
  const auto take = [](const auto& from, auto& to) { to = from.empty() ? to : from; };
  take(flags.find.service, find.service);
  take(flags.find.operation, find.operation);
  take(flags.find.tags, find.tags);
  find.since = flags.find.since ? flags.find.since : find.since;
  find.which = flags.which.value_or(find.which);
}

// What a flag says takes the place of what the file says about the same.
template <typename T>
void replace(std::vector<T>& expectations, T expectation) {
  std::erase_if(expectations, [&](const T& each) { return each.key == expectation.key; });
  expectations.push_back(std::move(expectation));
}

}  // namespace

Result<void> apply(const CheckFlags& flags, Expectation& expectation) {
  apply_find(flags, expectation.find);
  expectation.timeout = flags.timeout ? flags.timeout : expectation.timeout;
  expectation.settle = flags.settle ? flags.settle : expectation.settle;
  expectation.allow_partial = expectation.allow_partial || flags.allow_partial;
  TraceExpectation& trace = expectation.trace;
  if (flags.min_spans) {
    trace.spans = CountExpectation{
        "spans", Amount::of(Relation::at_least, number_of(*flags.min_spans), Amount::Unit::count)};
  }
  if (flags.max_duration) {
    replace<DurationExpectation>(
        trace.durations, {"max_duration", Amount::of(Relation::at_most, flags.max_duration->count(),
                                                     Amount::Unit::duration)});
  }
  if (flags.max_errors) {
    replace<CountExpectation>(trace.counts,
                              {"errors", Amount::of(Relation::at_most, number_of(*flags.max_errors),
                                                    Amount::Unit::count)});
  }
  return add_services(flags.services, expectation);
}

}  // namespace otelctl::check
