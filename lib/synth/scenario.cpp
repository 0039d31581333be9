// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenario.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "synth/record_check.hpp"
#include "synth/value_check.hpp"

namespace otelctl::synth {
namespace {

constexpr double k_max_sigma = 2.0;

Result<void> check_service(const Service& service) {
  if (service.name.empty()) {
    return wrong("a service needs a name");
  }
  bool is_text = is_valid_utf8(service.name) && is_valid_utf8(service.scope_name) &&
                 is_valid_utf8(service.scope_version);
  for (const Attribute& attribute : service.resource) {
    is_text = is_text && is_valid_utf8(attribute.key);
    if (const auto* text = std::get_if<std::string>(&attribute.value)) {
      is_text = is_text && is_valid_utf8(*text);
    } else if (const auto* items = std::get_if<std::vector<std::string>>(&attribute.value)) {
      is_text = is_text && std::all_of(items->begin(), items->end(),
                                       [](const auto& item) { return is_valid_utf8(item); });
    }
  }
  return is_text ? Result<void>{}
                 : wrong(fmt::format("the service '{}' is not UTF-8 throughout", service.name),
                         "convert it, as iconv -t UTF-8 does: OTLP carries nothing else");
}

Result<void> check_own_time(const DurationSpec& spec) {
  const auto is_possible = [](nanoseconds time) {
    return time >= nanoseconds{0} && time <= k_max_own_time;
  };
  bool is_right = false;
  if (const auto* constant = std::get_if<Constant>(&spec)) {
    is_right = is_possible(constant->value);
  } else if (const auto* uniform = std::get_if<Uniform>(&spec)) {
    is_right =
        is_possible(uniform->low) && is_possible(uniform->high) && uniform->low <= uniform->high;
  } else {
    const auto& lognormal = std::get<Lognormal>(spec);
    is_right =
        is_possible(lognormal.median) && lognormal.sigma >= 0 && lognormal.sigma <= k_max_sigma;
  }
  if (!is_right) {
    return wrong("a duration lies outside what is possible",
                 "0 to 4h, the low end not above the high one, sigma from 0 to 2");
  }
  return {};
}

Result<void> check_error(const ErrorSpec& error, const Columns& columns) {
  if (!is_share(error.rate)) {
    return wrong("its error rate is not a share", "from 0, never, to 1, always");
  }
  if (error.type.empty()) {
    return wrong("its error has no type", "Error, where there is no better one");
  }
  auto checked = check_text(error.type, columns);
  return checked ? check_text(error.message, columns) : checked;
}

Result<void> check_structure(const Scenario& scenario, const TraceSpec& trace, std::size_t index) {
  const SpanSpec& span = trace.spans[index];
  if (span.parent.has_value() != (index > 0) || (span.parent && *span.parent >= index)) {
    return wrong("its parent is not a span before it",
                 "the first span is the root, every other one has a parent that stands before it");
  }
  if (span.service.value_or(0) >= scenario.services.size()) {
    return wrong("its service does not exist");
  }
  if (span.chain == 0) {
    return wrong("a chain has at least one span");
  }
  if (span.repeat_low > span.repeat_high || (index == 0 && span.repeat_high != 1) ||
      (index == 0 && span.repeat_low != 1)) {
    return wrong("its repetition is not possible",
                 "the low end is not above the high one, and there is one root");
  }
  const bool links_exist =
      std::all_of(span.links.begin(), span.links.end(),
                  [&](const LinkSpec& link) { return link.span < trace.spans.size(); });
  return links_exist ? Result<void>{} : wrong("it links to a span that does not exist");
}

Result<void> check_content(const SpanSpec& span, const Columns& columns) {
  std::vector<std::string> numbers;
  auto checked = check_text(span.name, columns);
  if (checked) {
    checked = check_own_time(span.own_time);
  }
  if (checked) {
    checked = check_numbers(span.numbers, numbers);
  }
  if (checked) {
    checked = check_attributes(span.attributes, numbers, columns);
  }
  for (const EventSpec& event : span.events) {
    if (checked && !is_share(event.at)) {
      return wrong(fmt::format("the event '{}' lies outside its span", event.name),
                   "its place goes from 0, the start, to 1, the end");
    }
    if (checked) {
      checked = check_text(event.name, columns);
    }
    if (checked) {
      checked = check_attributes(event.attributes, numbers, columns);
    }
  }
  for (const LinkSpec& link : span.links) {
    if (checked) {
      checked = check_attributes(link.attributes, numbers, columns);
    }
  }
  if (checked && span.error) {
    checked = check_error(*span.error, columns);
  }
  return checked;
}

// The most spans that a trace can have; counting stops above the limit.
std::uint64_t most_spans(const std::vector<SpanSpec>& spans) {
  constexpr std::uint64_t k_enough = k_max_trace_spans + 1;
  std::vector<std::uint64_t> copies;
  std::uint64_t total = 0;
  for (const SpanSpec& span : spans) {
    const std::uint64_t parents = span.parent ? copies[*span.parent] : 1;
    copies.push_back(std::min<std::uint64_t>(parents * span.repeat_high, k_enough));
    total += std::min<std::uint64_t>(copies.back() * span.chain, k_enough);
  }
  return total;
}

Result<void> check_trace(const Scenario& scenario, const TraceSpec& trace, const Columns& columns) {
  if (trace.spans.empty()) {
    return wrong("a trace needs at least one span");
  }
  if (!(trace.weight > 0.0) || !std::isfinite(trace.weight)) {
    return wrong("a trace's weight is above 0");
  }
  for (std::size_t index = 0; index < trace.spans.size(); ++index) {
    auto checked = check_structure(scenario, trace, index);
    if (checked) {
      checked = check_content(trace.spans[index], columns);
    }
    if (!checked) {
      return fail(
          std::move(checked).error().within(fmt::format("span '{}'", trace.spans[index].name)));
    }
  }
  if (most_spans(trace.spans) > k_max_trace_spans) {
    return wrong(fmt::format("a trace of it could have more than {} spans", k_max_trace_spans),
                 "lower the repetitions");
  }
  return {};
}

}  // namespace

std::size_t TraceSpec::add(SpanSpec span) {
  spans.push_back(std::move(span));
  return spans.size() - 1;
}

Result<void> check_scenario(const Scenario& scenario) {
  const auto columns = first_rows(scenario.choices);
  if (!columns) {
    return fail(columns.error());
  }
  if (scenario.services.empty()) {
    return wrong("a scenario needs at least one service");
  }
  for (const Service& service : scenario.services) {
    if (auto checked = check_service(service); !checked) {
      return checked;
    }
  }
  double weights = 0.0;
  for (const TraceSpec& trace : scenario.traces) {
    if (auto checked = check_trace(scenario, trace, *columns); !checked) {
      return checked;
    }
    weights += trace.weight;
  }
  if (!std::isfinite(weights)) {
    return wrong("the weights of the traces are too large");
  }
  auto checked = check_metrics(scenario);
  return checked ? check_logs(scenario, *columns) : checked;
}

std::string literal(std::string_view text) {
  std::string doubled;
  for (const char character : text) {
    doubled += character;
    if (character == '{' || character == '}') {
      doubled += character;
    }
  }
  return doubled;
}

}  // namespace otelctl::synth
