// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check_one(const collector::Component& limiter, Reporter& report) {
  const collector::Settings& settings = limiter.settings;
  const auto number = [&](std::string_view key) { return settings.number(key).value_or(0); };
  const auto place = [&](std::string_view key) { return settings.place(key, limiter.place); };
  const bool is_interval_unknown = settings.is_unknown("check_interval");
  if (!is_interval_unknown && settings.seconds("check_interval").value_or(0) <= 0) {
    report.add(place("check_interval"), "check_interval is missing or not above 0",
               "write check_interval: 1s");
  }
  constexpr double k_default_soft = 10;
  const double soft =
      settings.seconds("min_gc_interval_when_soft_limited").value_or(k_default_soft);
  if (soft < settings.seconds("min_gc_interval_when_hard_limited").value_or(0)) {
    report.add(place("min_gc_interval_when_hard_limited"),
               "min_gc_interval_when_hard_limited is above min_gc_interval_when_soft_limited",
               "collect garbage at least as often when the hard limit is near");
  }
  const bool is_limit_unknown =
      settings.is_unknown("limit_mib") || settings.is_unknown("limit_percentage");
  const double limit = number("limit_mib");
  const double percentage = number("limit_percentage");
  if (limit == 0 && percentage == 0 && !is_limit_unknown) {
    report.add(limiter.place, "neither limit_mib nor limit_percentage is set",
               "write limit_mib or limit_percentage");
  }
  for (const std::string_view key : {"limit_percentage", "spike_limit_percentage"}) {
    if (number(key) > 100) {
      report.add(place(key), fmt::format("{} is above 100", key), "write at most 100");
    }
  }
  if (limit > 0 && number("spike_limit_mib") >= limit) {
    report.add(place("spike_limit_mib"), "spike_limit_mib is not below limit_mib",
               "a fifth of limit_mib is usual");
  }
  if (percentage > 0 && number("spike_limit_percentage") >= percentage) {
    report.add(place("spike_limit_percentage"),
               "spike_limit_percentage is not below limit_percentage",
               "a fifth of limit_percentage is usual");
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const collector::Component* const limiter :
       subject.collector->of_types(collector::Section::processors, {"memory_limiter"})) {
    if (!limiter->is_unknown) {
      check_one(*limiter, report);
    }
  }
}

}  // namespace

Rule otc717_memory_limits() {
  return {
      .code = "OTC717",
      .name = "memory-limits",
      .severity = Severity::error,
      .summary = "The settings of a memory_limiter are missing or contradict each other",
      .rationale =
          "check_interval and one of limit_mib and limit_percentage have no usable default, and "
          "the spike limit is a part of the limit; the Collector refuses anything else.",
      .bad = R"(memory_limiter:
  limit_mib: 512
)",
      .good = R"(memory_limiter:
  check_interval: 1s
  limit_mib: 512
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
