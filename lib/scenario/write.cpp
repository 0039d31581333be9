// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/write.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "scenario/record_words.hpp"
#include "scenario/span_ids.hpp"
#include "scenario/spec_words.hpp"
#include "scenario/yaml_words.hpp"

namespace otelctl::scenario {
namespace {

using synth::Scenario;

// With a line for each signal that it has.
std::string head_of(const Scenario& scenario) {
  std::string head =
      "# A scenario of otelctl: what made-up telemetry looks like. Change it, and send it with\n";
  if (!scenario.traces.empty()) {
    head += "#   otelctl send-spans --scenario FILE\n";
  }
  if (!scenario.metrics.empty()) {
    head += "#   otelctl send-metrics --scenario FILE\n";
  }
  if (!scenario.logs.empty()) {
    head += "#   otelctl send-logs --scenario FILE\n";
  }
  return head +
         "# Keys that are left out have their defaults; 'otelctl scenarios --help' names all of "
         "them.\n\n";
}

std::string_view kind_text(synth::SpanKind kind) {
  switch (kind) {
    case synth::SpanKind::internal:
      return "internal";
    case synth::SpanKind::server:
      return "server";
    case synth::SpanKind::client:
      return "client";
    case synth::SpanKind::producer:
      return "producer";
    case synth::SpanKind::consumer:
      break;
  }
  return "consumer";
}

class Writer {
 public:
  Writer(std::ostream& out, const Scenario& scenario)
      : m_out(out), m_scenario(scenario), m_services(service_ids(scenario)), m_ids(scenario) {}

  void write() {
    m_out << head_of(m_scenario);
    line(0, "scenario", yaml_text(m_scenario.name));
    line_of(0, "summary", m_scenario.summary);
    write_services();
    write_choices();
    write_traces();
    write_metrics();
    write_logs();
  }

 private:
  void line(std::size_t indent, std::string_view key, std::string_view value) {
    m_out << std::string(indent, ' ') << key << ':' << (value.empty() ? "" : " ") << value << '\n';
  }
  // A text, where there is one.
  void line_of(std::size_t indent, std::string_view key, std::string_view text) {
    if (!text.empty()) {
      line(indent, key, yaml_text(text));
    }
  }

  // The first line of a list's item; its other lines are indented by 2 more.
  void item(std::size_t indent, std::string_view key, std::string_view value) {
    m_out << std::string(indent, ' ') << "- " << key << ':' << (value.empty() ? "" : " ") << value
          << '\n';
  }

  void write_services() {
    m_out << "\nservices:\n";
    for (std::size_t index = 0; index < m_scenario.services.size(); ++index) {
      const synth::Service& service = m_scenario.services[index];
      item(2, "name", yaml_text(service.name));
      if (m_services[index] != service.name) {
        line(4, "id", yaml_text(m_services[index]));
      }
      if (!service.resource.empty()) {
        line(4, "resource", "");
      }
      for (const synth::Attribute& attribute : service.resource) {
        line(6, yaml_text(attribute.key), yaml_value(attribute.value));
      }
      if (!service.scope_name.empty() || !service.scope_version.empty()) {
        line(4, "scope",
             fmt::format("{{name: {}, version: {}}}", yaml_text(service.scope_name),
                         yaml_text(service.scope_version)));
      }
    }
  }

  void write_choices() {
    if (m_scenario.choices.empty()) {
      return;
    }
    m_out << fmt::format(
        "\n# One row is drawn for each trace; {{{}}} in a text stands for its "
        "cell, and {{{{ for a brace.\n",
        escape_for_terminal(m_scenario.choices.front().columns.front()));
    line(0, "choices", "");
    for (const synth::Choice& choice : m_scenario.choices) {
      item(2, "columns", text_list(choice.columns));
      line(4, "rows", "");
      for (const auto& row : choice.rows) {
        m_out << "      - " << text_list(row) << '\n';
      }
    }
  }

  void write_traces() {
    if (m_scenario.traces.empty()) {
      return;
    }
    m_out << "\n# A span's duration is the time that it takes beside its children.\ntraces:\n";
    for (std::size_t index = 0; index < m_scenario.traces.size(); ++index) {
      const synth::TraceSpec& trace = m_scenario.traces[index];
      m_out << "  - ";
      if (!trace.name.empty()) {
        m_out << "name: " << yaml_text(trace.name) << "\n    ";
      }
      if (trace.weight != 1.0) {
        m_out << "weight: " << yaml_number(trace.weight) << "\n    ";
      }
      m_out << "spans:\n";
      for (std::size_t span = 0; span < trace.spans.size(); ++span) {
        write_span({index, span}, trace.spans[span]);
      }
    }
  }

  void write_span(const synth::SpanReference& reference, const synth::SpanSpec& span) {
    constexpr std::size_t k_indent = 8;
    if (m_ids.is_written(reference)) {
      item(k_indent - 2, "id", yaml_text(m_ids.of(reference)));
      line(k_indent, "name", yaml_text(span.name));
    } else {
      item(k_indent - 2, "name", yaml_text(span.name));
    }
    if (span.parent) {
      line(k_indent, "parent", yaml_text(m_ids.of({reference.trace, *span.parent})));
    }
    if (span.service) {
      line(k_indent, "service", yaml_text(m_services[*span.service]));
    }
    if (span.kind != synth::SpanKind::internal) {
      line(k_indent, "kind", kind_text(span.kind));
    }
    line(k_indent, "duration", duration_words(span.own_time));
    write_repetition(k_indent, span);
    if (span.success == synth::Success::ok) {
      line(k_indent, "status", "ok");
    }
    if (span.error) {
      line(k_indent, "error", error_words(*span.error));
    }
    write_numbers(k_indent, span.numbers);
    write_attributes(k_indent, span.attributes);
    write_events(k_indent, span.events);
    write_links(k_indent, reference.trace, span.links);
  }

  void write_repetition(std::size_t indent, const synth::SpanSpec& span) {
    if (span.children == synth::ChildOrder::parallel) {
      line(indent, "children", "parallel");
    }
    if (span.repeat_low != span.repeat_high) {
      line(indent, "repeat",
           range_words(std::to_string(span.repeat_low), std::to_string(span.repeat_high)));
    } else if (span.repeat_low != 1) {
      line(indent, "repeat", std::to_string(span.repeat_low));
    }
    if (span.chain != 1) {
      line(indent, "chain", std::to_string(span.chain));
    }
  }

  void write_numbers(std::size_t indent, const std::vector<synth::NumberSpec>& numbers) {
    if (!numbers.empty()) {
      line(indent, "numbers", "");
    }
    for (const synth::NumberSpec& number : numbers) {
      line(indent + 2, yaml_text(number.name),
           number.sum_of.empty()
               ? range_words(std::to_string(number.range.low), std::to_string(number.range.high))
               : fmt::format("{{sum: {}}}", text_list(number.sum_of)));
    }
  }

  void write_attributes(std::size_t indent, const std::vector<synth::AttributeSpec>& attributes) {
    if (!attributes.empty()) {
      line(indent, "attributes", "");
    }
    for (const synth::AttributeSpec& attribute : attributes) {
      line(indent + 2, yaml_text(attribute.key), value_words(attribute.value));
    }
  }

  void write_events(std::size_t indent, const std::vector<synth::EventSpec>& events) {
    if (!events.empty()) {
      line(indent, "events", "");
    }
    for (const synth::EventSpec& event : events) {
      item(indent + 2, "name", yaml_text(event.name));
      line(indent + 4, "at", yaml_number(event.at));
      write_attributes(indent + 4, event.attributes);
    }
  }

  void write_links(std::size_t indent, std::size_t trace,
                   const std::vector<synth::LinkSpec>& links) {
    if (!links.empty()) {
      line(indent, "links", "");
    }
    for (const synth::LinkSpec& link : links) {
      item(indent + 2, "to", yaml_text(m_ids.of({trace, link.span})));
      write_attributes(indent + 4, link.attributes);
    }
  }

  void write_metrics() {
    if (!m_scenario.metrics.empty()) {
      m_out << "\n# Each pass reads every metric once; one_of makes a series of each value.\n"
               "metrics:\n";
    }
    for (const synth::MetricSpec& metric : m_scenario.metrics) {
      write_metric(metric);
    }
  }

  void write_metric(const synth::MetricSpec& metric) {
    const std::vector<std::string> kinds = metric_kind_names();
    item(2, "name", yaml_text(metric.name));
    if (metric.service != 0) {
      line(4, "service", yaml_text(m_services[metric.service]));
    }
    line_of(4, "description", metric.description);
    line_of(4, "unit", metric.unit);
    line(4, "kind", kinds[static_cast<std::size_t>(metric.kind)]);
    if (metric.temporality == synth::Temporality::delta) {
      line(4, "temporality", "delta");
    }
    line(4, "range",
         metric.is_integer
             ? range_words(fmt::format("{:.0f}", metric.low), fmt::format("{:.0f}", metric.high))
             : range_words(yaml_number(metric.low), yaml_number(metric.high)));
    write_distribution(metric);
    write_attributes(4, metric.attributes);
    if (metric.exemplar) {
      line(4, "exemplar", yaml_text(m_ids.of(*metric.exemplar)));
    }
  }

  void write_distribution(const synth::MetricSpec& metric) {
    using synth::MetricKind;
    if (metric.kind == MetricKind::histogram || metric.kind == MetricKind::summary ||
        metric.kind == MetricKind::exponential_histogram) {
      line(4, "observations", std::to_string(metric.observations));
    }
    if (metric.kind == MetricKind::histogram) {
      line(4, "bounds", number_list(metric.bounds));
    } else if (metric.kind == MetricKind::exponential_histogram) {
      line(4, "scale", std::to_string(metric.scale));
    } else if (metric.kind == MetricKind::summary) {
      line(4, "quantiles", number_list(metric.quantiles));
    }
  }

  void write_logs() {
    if (!m_scenario.logs.empty()) {
      m_out << "\n# Each pass writes every log record once, or as often as 'repeat' says.\nlogs:\n";
    }
    for (const synth::LogSpec& log : m_scenario.logs) {
      item(2, "severity", severity_name(log.severity));
      if (log.service != 0) {
        line(4, "service", yaml_text(m_services[log.service]));
      }
      line_of(4, "severity_text", log.severity_text);
      line_of(4, "event_name", log.event_name);
      line(4, "body", body_words(log.body));
      write_attributes(4, log.attributes);
      if (log.repeat != 1) {
        line(4, "repeat", std::to_string(log.repeat));
      }
      if (log.span) {
        line(4, "span", yaml_text(m_ids.of(*log.span)));
      }
    }
  }

  std::ostream& m_out;
  const Scenario& m_scenario;
  std::vector<std::string> m_services;
  SpanIdTexts m_ids;
};

}  // namespace

void write_scenario(std::ostream& out, const Scenario& scenario) {
  Writer(out, scenario).write();
}

}  // namespace otelctl::scenario
