// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/run.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::check {
namespace {

bool is_verdict(const Error& error) {
  return error.kind == ErrorKind::failed || error.kind == ErrorKind::not_seen;
}

}  // namespace

CheckReport run_checks(query::Backend& backend, const std::vector<Expectation>& expectations,
                       const Waiting& waiting) {
  CheckReport report;
  const nanoseconds start = waiting.clock.monotonic();
  for (const Expectation& expectation : expectations) {
    const nanoseconds deadline = start + expectation.timeout.value_or(k_standard_timeout);
    const Outcome& outcome =
        report.outcomes.emplace_back(await(backend, expectation, deadline, waiting));
    report.attempts += outcome.attempts;
    if (outcome.error && !is_verdict(*outcome.error)) {
      break;
    }
  }
  report.waited = waiting.clock.monotonic() - start;
  const bool was_reached = std::none_of(
      report.outcomes.begin(), report.outcomes.end(),
      [](const Outcome& outcome) { return outcome.error && !is_verdict(*outcome.error); });
  if (was_reached) {
    if (auto info = backend.probe()) {
      report.backend = std::move(*info);
    }
  }
  report.notes = backend.notes();
  return report;
}

std::optional<Error> CheckReport::error() const {
  const auto find = [&](auto is_meant) {
    return std::find_if(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) {
      return outcome.error && is_meant(*outcome.error);
    });
  };
  auto found = find([](const Error& error) { return !is_verdict(error); });
  if (found == outcomes.end()) {
    found = find([](const Error& error) { return error.kind == ErrorKind::failed; });
  }
  if (found == outcomes.end()) {
    found = find([](const Error& error) { return error.kind == ErrorKind::not_seen; });
  }
  if (found == outcomes.end()) {
    return std::nullopt;
  }
  Error error = *found->error;
  const auto bad = std::count_if(outcomes.begin(), outcomes.end(),
                                 [](const Outcome& outcome) { return outcome.error.has_value(); });
  if (is_verdict(error) && outcomes.size() > 1) {
    error.message =
        fmt::format("{} of {} not met; {}{}", bad, counted(outcomes.size(), "expectation"),
                    found->name.empty() ? "" : found->name + ": ", error.message);
  }
  return error;
}

}  // namespace otelctl::check
