// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/record_check.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "synth/fragment.hpp"
#include "synth/metric_buckets.hpp"
#include "synth/metric_grid.hpp"
#include "synth/metric_series.hpp"
#include "synth/value_check.hpp"

namespace otelctl::synth {
namespace {

constexpr int k_min_scale = -10;
constexpr int k_max_scale = 20;
constexpr int k_max_severity = 24;
// Below it the bounds of buckets are no longer all different doubles.
constexpr double k_least_exponential = 1e-280;

bool is_distribution(MetricKind kind) {
  return kind == MetricKind::histogram || kind == MetricKind::exponential_histogram ||
         kind == MetricKind::summary;
}

Result<void> check_utf8(std::string_view name, std::string_view text) {
  return is_valid_utf8(text) ? Result<void>{}
                             : wrong(fmt::format("its {} is not UTF-8", name),
                                     "convert it, as iconv -t UTF-8 does");
}

Result<void> check_reference(const Scenario& scenario, const SpanReference& reference) {
  if (reference.trace >= scenario.traces.size() ||
      reference.span >= scenario.traces[reference.trace].spans.size()) {
    return wrong("it points to a span that does not exist");
  }
  return {};
}

// A series is what its attributes are: the same in every pass.
Result<void> check_identity(const AttributeSpec& attribute) {
  if (const auto* one_of = std::get_if<OneOf>(&attribute.value)) {
    std::set<std::string> seen;
    for (const Value& value : one_of->values) {
      std::string encoded;
      append_value(encoded, value);
      if (!seen.insert(std::move(encoded)).second) {
        return wrong(fmt::format("'{}' has a value twice", attribute.key),
                     "each value is a series of its own");
      }
    }
    return {};
  }
  if (std::holds_alternative<Value>(attribute.value)) {
    return {};
  }
  return wrong(
      fmt::format("'{}' is drawn anew in each pass, which an attribute of a metric cannot be",
                  attribute.key),
      "give it one value, or a list of values, each of which becomes a series");
}

Result<void> check_series(const MetricSpec& metric) {
  std::set<std::string_view> keys;
  for (const AttributeSpec& attribute : metric.attributes) {
    if (!keys.insert(attribute.key).second) {
      return wrong(fmt::format("two attributes are called '{}'", attribute.key));
    }
    if (auto checked = check_identity(attribute); !checked) {
      return checked;
    }
  }
  // What differs from trace to trace has no place in a series either, so there are no columns.
  return check_attributes(metric.attributes, {}, {});
}

Result<void> check_values(const MetricSpec& metric) {
  if (!std::isfinite(metric.low) || !std::isfinite(metric.high) || metric.low > metric.high) {
    return wrong("its values do not go from a number up to a number");
  }
  if (metric.kind == MetricKind::counter && metric.low < 0.0) {
    return wrong("a counter never falls", "use an up-down counter, or increments from 0");
  }
  if (!grid_of(metric)) {
    return metric.is_integer
               ? wrong("its values are not integers in a range that can be drawn from",
                       "whole numbers below 2^53 that lie less than 2^32 apart")
               : wrong("its values are too large, or too near to each other, to be drawn",
                       "at most 10^12 away from 0, the ends of the range clearly different");
  }
  return {};
}

Result<void> check_distribution(const MetricSpec& metric) {
  if (metric.observations < 1 || metric.observations > k_max_observations) {
    return wrong(fmt::format("it has {} in a pass; 1 to {} are possible",
                             counted(metric.observations, "observation"), k_max_observations));
  }
  if (metric.kind == MetricKind::histogram) {
    const bool is_finite = std::all_of(metric.bounds.begin(), metric.bounds.end(),
                                       [](double bound) { return std::isfinite(bound); });
    const bool is_ascending = std::adjacent_find(metric.bounds.begin(), metric.bounds.end(),
                                                 std::greater_equal<>()) == metric.bounds.end();
    if (!is_finite || !is_ascending || metric.bounds.size() > k_max_bounds) {
      return wrong("its bounds are not numbers each above the one before",
                   fmt::format("at most {}", k_max_bounds));
    }
  }
  if (metric.kind == MetricKind::summary &&
      (metric.quantiles.size() > k_max_quantiles ||
       !std::all_of(metric.quantiles.begin(), metric.quantiles.end(), is_share) ||
       !std::is_sorted(metric.quantiles.begin(), metric.quantiles.end()))) {
    return wrong(
        "its quantiles are not shares in ascending order",
        fmt::format("from 0, the least value, to 1, the greatest; at most {}", k_max_quantiles));
  }
  return {};
}

Result<void> check_scale(const MetricSpec& metric) {
  if (metric.scale < k_min_scale || metric.scale > k_max_scale) {
    return wrong(fmt::format("its scale is {}; {} to {} are possible", metric.scale, k_min_scale,
                             k_max_scale));
  }
  const auto is_too_small = [](double value) {
    return value != 0.0 && std::abs(value) < k_least_exponential;
  };
  if (is_too_small(metric.low) || is_too_small(metric.high)) {
    return wrong("its values lie too near to 0", "an end of the range is 0 or above 1e-280");
  }
  const std::uint64_t buckets = exponential_buckets(metric);
  if (buckets > Buckets::k_max_exponential) {
    return wrong(
        fmt::format("at scale {} its values need {}", metric.scale, counted(buckets, "bucket")),
        fmt::format("lower the scale until they need at most {}", Buckets::k_max_exponential));
  }
  return {};
}

Result<void> check_metric(const Scenario& scenario, const MetricSpec& metric) {
  if (metric.service >= scenario.services.size()) {
    return wrong("its service does not exist");
  }
  if (metric.name.empty()) {
    return wrong("a metric needs a name");
  }
  auto checked = check_text(metric.name, {});
  if (checked) {
    checked = check_utf8("description", metric.description);
  }
  if (checked) {
    checked = check_utf8("unit", metric.unit);
  }
  if (checked) {
    checked = check_values(metric);
  }
  if (checked && is_distribution(metric.kind)) {
    checked = check_distribution(metric);
  }
  if (checked && metric.kind == MetricKind::exponential_histogram) {
    checked = check_scale(metric);
  }
  if (checked) {
    checked = check_series(metric);
  }
  if (checked && metric.exemplar) {
    checked = metric.kind == MetricKind::summary ? wrong("a summary has no exemplars")
                                                 : check_reference(scenario, *metric.exemplar);
  }
  return checked;
}

Result<void> check_members(const std::vector<Attribute>& members, const Columns& columns) {
  std::vector<AttributeSpec> specs;
  specs.reserve(members.size());
  for (const Attribute& member : members) {
    specs.push_back({member.key, member.value});
  }
  return check_attributes(specs, {}, columns);
}

Result<void> check_body(const Body& body, const Columns& columns) {
  if (const auto* map = std::get_if<Map>(&body)) {
    return check_members(map->members, columns);
  }
  std::vector<Attribute> items;
  if (const auto* array = std::get_if<Array>(&body)) {
    for (const Value& item : array->items) {
      items.push_back({"item", item});
    }
  } else if (const auto* value = std::get_if<Value>(&body)) {
    items.push_back({"body", *value});
  }
  return check_members(items, columns);
}

// What an attribute of a span may be and one of a log record may not.
Result<void> check_record_attributes(const LogSpec& log, const Columns& columns) {
  for (const AttributeSpec& attribute : log.attributes) {
    if (std::holds_alternative<ByOutcome>(attribute.value)) {
      return wrong(
          fmt::format("'{}' depends on an outcome, which a log record has not", attribute.key),
          "make a record of each outcome");
    }
  }
  return check_attributes(log.attributes, {}, columns);
}

Result<void> check_log(const Scenario& scenario, const LogSpec& log, const Columns& columns) {
  if (log.service >= scenario.services.size()) {
    return wrong("its service does not exist");
  }
  if (log.severity < 1 || log.severity > k_max_severity) {
    return wrong(
        fmt::format("its severity is {}; 1 to {} are possible", log.severity, k_max_severity));
  }
  if (log.repeat == 0) {
    return wrong("a record is repeated at least once");
  }
  auto checked = check_text(log.severity_text, columns);
  if (checked) {
    checked = check_text(log.event_name, columns);
  }
  if (checked) {
    checked = check_body(log.body, columns);
  }
  if (checked) {
    checked = check_record_attributes(log, columns);
  }
  if (checked && log.span) {
    checked = check_reference(scenario, *log.span);
  }
  return checked;
}

}  // namespace

Result<void> check_metrics(const Scenario& scenario) {
  std::set<std::pair<std::size_t, std::string_view>> names;
  std::uint64_t series = 0;
  std::uint64_t observations = 0;
  for (const MetricSpec& metric : scenario.metrics) {
    auto checked = check_metric(scenario, metric);
    if (checked && !names.emplace(metric.service, metric.name).second) {
      checked = wrong("its service has another one of that name");
    }
    series += series_of(metric);
    observations += is_distribution(metric.kind) ? metric.observations : 1;
    if (checked && series > k_max_series) {
      checked = wrong(fmt::format("with it there are more than {} series", k_max_series),
                      "lower the number of its attributes' values");
    }
    if (checked && observations > k_max_all_observations) {
      checked = wrong(fmt::format("with it there are more than {} observations in a pass",
                                  k_max_all_observations),
                      "lower those of each metric");
    }
    if (!checked) {
      return fail(std::move(checked).error().within(fmt::format("metric '{}'", metric.name)));
    }
  }
  return {};
}

Result<void> check_logs(const Scenario& scenario, const Columns& columns) {
  std::uint64_t records = 0;
  for (std::size_t index = 0; index < scenario.logs.size(); ++index) {
    const LogSpec& log = scenario.logs[index];
    auto checked = check_log(scenario, log, columns);
    records += log.repeat;
    if (checked && records > k_max_log_records) {
      checked =
          wrong(fmt::format("with it there are more than {} records in a pass", k_max_log_records),
                "lower the repetitions");
    }
    if (!checked) {
      return fail(std::move(checked).error().within(fmt::format("log record {}", index + 1)));
    }
  }
  return {};
}

}  // namespace otelctl::synth
