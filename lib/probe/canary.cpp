// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/canary.hpp"

#include <utility>
#include <vector>

#include "otlp/record.hpp"
#include "otlp/resource.hpp"

namespace otelctl::probe {
namespace {

constexpr const char* k_words = "otelctl canary";
constexpr const char* k_name = "otelctl.canary";
// What the span claims to have taken: some backends hide spans of no length.
constexpr nanoseconds k_length = std::chrono::milliseconds(1);

using Attributes = std::vector<otlp::Attribute>;

Canary canary_span(Attributes resource, Attributes mark, Random& random, Time now) {
  otlp::SpanRecord span;
  span.resource = std::move(resource);
  span.trace_id = random.trace_id();
  span.span_id = random.span_id();
  span.name = k_words;
  span.start = now - k_length;
  span.end = now;
  span.attributes = std::move(mark);
  return {otlp::encode_record(span), span.trace_id};
}

Canary canary_metric(Attributes resource, Attributes mark, Time now) {
  otlp::MetricRecord metric;
  metric.resource = std::move(resource);
  metric.name = k_name;
  metric.description = "Sent by otelctl test-connection";
  metric.unit = "1";
  metric.value = 1;
  metric.time = now;
  metric.attributes = std::move(mark);
  return {otlp::encode_record(metric)};
}

Canary canary_log(Attributes resource, Attributes mark, Time now) {
  otlp::LogRecord log;
  log.resource = std::move(resource);
  log.time = now;
  log.severity_text = "INFO";
  log.body = k_words;
  log.attributes = std::move(mark);
  return {otlp::encode_record(log)};
}

}  // namespace

Result<Canary> make_canary(const settings::OtlpSettings& settings, Random& random, Time now) {
  auto resource = otlp::resource_of(settings, "otelctl-canary");
  if (!resource) {
    return fail(std::move(resource).error());
  }
  Attributes mark{{k_name, otlp::AttributeValue(true)}};
  switch (settings.signal) {
    case Signal::traces:
      return canary_span(std::move(*resource), std::move(mark), random, now);
    case Signal::metrics:
      return canary_metric(std::move(*resource), std::move(mark), now);
    case Signal::logs:
      return canary_log(std::move(*resource), std::move(mark), now);
  }
  return fail(ErrorKind::internal, "unknown signal");
}

}  // namespace otelctl::probe
