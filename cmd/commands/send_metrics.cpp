// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/sending.hpp"
#include "otlp/record.hpp"
#include "otlp/record_text.hpp"
#include "otlp/resource.hpp"

namespace otelctl {
namespace {

using otlp::MetricKind;

constexpr std::string_view k_description = R"(
Sends one data point of a metric and says what became of it: accepted, rejected or failed.

A gauge is the last value. A counter only grows and an up-down-counter may fall; both are cumulative
since --start, so each call begins a count of its own unless --start repeats.
)";

constexpr std::string_view k_examples = R"(
A canary, to try the way of metrics out
otelctl send-metrics
How long a backup took
otelctl send-metrics --name backup.duration --unit s --value 12.5
Jobs since this morning, as a sum
otelctl send-metrics --name jobs --kind counter --value 3 --start 8h
)";

// A point whose start is its time says that the start is unknown and its value counts for nothing
// (specification, "Metrics Data Model", "Resets and Gaps"). This much before, calls in a row do not
// overlap.
constexpr nanoseconds k_least_interval = std::chrono::milliseconds(1);

bool is_negative(const std::variant<std::int64_t, double>& value) {
  return std::visit([](const auto number) { return number < 0; }, value);
}

class SendMetrics final : public Command {
 public:
  void declare(Options& options) override {
    options.heading("What to send");
    options.value("--name", m_name, "NAME", "Name of the metric (default: otelctl.canary)");
    options.choice("--kind", m_kind, {"gauge", "counter", "up-down-counter"},
                   "What the value is (default: gauge)");
    options.parsed("--value", "N", "Value, an integer or a decimal number (default: 1)",
                   [this](std::string_view text) -> Result<void> {
                     auto value = otlp::parse_number(text);
                     if (!value) {
                       return fail(std::move(value).error());
                     }
                     m_value = *value;
                     return {};
                   });
    options.value("--unit", m_unit, "TEXT", "Unit as UCUM has it: s, By, {request}");
    options.value("--description", m_description, "TEXT", "Description of the metric");
    options.value("--start", m_start, "TIME",
                  "Since when a counter counts, RFC 3339 or a duration ago (default: 1ms before)");
    declare_record(options, m_options, "data point");
  }

  Result<Exit> run(Context& context) override {
    if (auto checked = check_usage(); !checked) {
      return fail(std::move(checked).error());
    }
    const auto target = resolve_target(m_options.connection, Signal::metrics, context);
    if (!target) {
      return fail(target.error());
    }
    const auto metric = make_record(*target, context);
    if (!metric) {
      return fail(metric.error());
    }
    return send_record(otlp::encode_record(*metric), *target, m_options, context);
  }

 private:
  Result<void> check_usage() const {
    if (m_name.empty()) {
      return fail(ErrorKind::usage, "--name: a metric needs a name",
                  "leave it out for otelctl.canary");
    }
    if (m_kind == "counter" && is_negative(m_value)) {
      return fail(ErrorKind::usage, "--value: a counter never falls below 0",
                  "use --kind up-down-counter or gauge");
    }
    if (m_kind == "gauge" && m_start) {
      return fail(ErrorKind::usage, "--start: a gauge has none",
                  "it is for --kind counter and up-down-counter");
    }
    for (const auto& [option, text] :
         {std::pair{"--name", &m_name}, {"--unit", &m_unit}, {"--description", &m_description}}) {
      if (auto checked = check_utf8(option, *text); !checked) {
        return checked;
      }
    }
    return {};
  }

  Result<otlp::MetricRecord> make_record(const settings::OtlpSettings& target,
                                         Context& context) const {
    auto resource = otlp::resource_of(target, "otelctl");
    if (!resource) {
      return fail(std::move(resource).error());
    }
    auto attributes = read_attributes(m_options.attributes);
    if (!attributes) {
      return fail(std::move(attributes).error());
    }
    const auto time = record_time(m_options, context);
    if (!time) {
      return fail(time.error());
    }
    const auto start = start_of(*time, context);
    if (!start) {
      return fail(start.error());
    }
    otlp::MetricRecord metric;
    metric.resource = std::move(*resource);
    metric.name = m_name;
    metric.description = m_description;
    metric.unit = m_unit;
    metric.kind = m_kind == "gauge"     ? MetricKind::gauge
                  : m_kind == "counter" ? MetricKind::counter
                                        : MetricKind::up_down_counter;
    metric.value = m_value;
    metric.start = *start;
    metric.time = *time;
    metric.attributes = std::move(*attributes);
    return metric;
  }

  Result<Time> start_of(Time time, Context& context) const {
    if (!m_start) {
      return std::max(time - k_least_interval, Time{});
    }
    auto start = read_record_time("--start", *m_start, context);
    if (start && *start > time) {
      return fail(ErrorKind::usage, "--start is after the time of the data point",
                  "give the time since which it counts; --time says when it was read");
    }
    return start;
  }

  RecordOptions m_options;
  std::string m_name = "otelctl.canary";
  std::string m_kind = "gauge";
  std::variant<std::int64_t, double> m_value = std::int64_t{1};
  std::string m_unit;
  std::string m_description;
  std::optional<std::string> m_start;
};

}  // namespace

CommandSpec send_metrics_command() {
  return {"send-metrics", topic::k_send, "Send a data point and see what becomes of it",
          k_description,  k_examples,    make_command<SendMetrics>};
}

}  // namespace otelctl
