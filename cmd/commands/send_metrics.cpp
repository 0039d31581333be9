// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/load.hpp"
#include "cmd/options.hpp"
#include "cmd/record_run.hpp"
#include "cmd/sending.hpp"
#include "otlp/record_text.hpp"
#include "synth/metric_series.hpp"
#include "synth/metric_template.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Sends data points of metrics and accounts for every one: accepted, rejected or failed.

Without --scenario it is one metric: a gauge is the last value, an up-down-counter may fall, and a
counter grows by --value with each data point. Sums are cumulative since --start, so each call
begins a count of its own unless --start repeats; shards of one run are given the same.

With --scenario each pass sends one data point of every series. Exemplars point to the traces that
send-spans makes with the same scenario and --seed. A file of captured OTLP is sent again
as by send-spans.
)";

constexpr std::string_view k_examples = R"(
A canary, to try the way of metrics out
otelctl send-metrics
How long a backup took
otelctl send-metrics --name backup.duration --unit s --value 12.5
Jobs since this morning, as a sum
otelctl send-metrics --name jobs --kind counter --value 3 --start 8h
A thousand data points a second of every kind there is, for a minute
otelctl send-metrics --scenario kinds --rate 1000 --duration 1m
)";

// A point whose start is its time says that the start is unknown and its value counts for nothing
// (specification, "Metrics Data Model", "Resets and Gaps"). This much before, calls in a row do not
// overlap.
constexpr nanoseconds k_least_interval = std::chrono::milliseconds(1);

using Number = std::variant<std::int64_t, double>;

bool is_negative(const Number& value) {
  return std::visit([](const auto number) { return number < 0; }, value);
}

// Whether a double holds it exactly, in which scenarios have their values.
bool is_exact(const Number& value) {
  constexpr std::int64_t k_end = std::int64_t{1} << 53U;
  const auto* whole = std::get_if<std::int64_t>(&value);
  return whole == nullptr || (*whole <= k_end && *whole >= -k_end);
}

// How far passes are apart at least. Those that are sent as fast as it goes are put a microsecond
// apart when no more time passes.
nanoseconds interval_of(const synth::Scenario& scenario, const LoadRun& load) {
  if (load.plan.rate) {
    const auto points = static_cast<double>(synth::points_of_pass(scenario));
    constexpr double k_longest = 3.2e16;  // a year
    return nanoseconds{
        static_cast<std::int64_t>(std::min(points * 1e9 / *load.plan.rate, k_longest))};
  }
  return load.plan.start || load.has_default_amount ? k_least_interval
                                                    : std::chrono::microseconds(1);
}

class SendMetrics final : public Command {
 public:
  void declare(Options& options) override {
    declare_records(options, m_options, Signal::metrics);
    options.value("--start", m_start, "TIME",
                  "Since when what is cumulative counts, RFC 3339 or a duration ago (default: just "
                  "before the first data point)");
    options.heading("The data point, without --scenario");
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
    declare_record_load(options, m_options, Signal::metrics);
  }

  Result<Exit> run(Context& context) override {
    if (auto checked = check_usage(); !checked) {
      return fail(std::move(checked).error());
    }
    const auto run = resolve_records(m_options, Signal::metrics, context);
    if (!run) {
      return fail(run.error());
    }
    return send_records(
        m_options, Signal::metrics, *run,
        {.one_record = [this] { return Result<synth::Scenario>(one_metric()); },
         .compile =
             [&](const synth::Scenario& scenario) { return compile(scenario, run->load, context); },
         .not_in_replay = {{"--start", m_start.has_value()}}},
        context);
  }

 private:
  Result<void> check_usage() const {
    auto checked = check_record_options(m_options, Signal::metrics,
                                        {{"--name", m_name.has_value()},
                                         {"--kind", !m_kind.empty()},
                                         {"--value", m_value.has_value()},
                                         {"--unit", m_unit.has_value()},
                                         {"--description", m_description.has_value()}});
    if (!checked) {
      return checked;
    }
    if (m_name && m_name->empty()) {
      return fail(ErrorKind::usage, "--name: a metric needs a name",
                  "leave it out for otelctl.canary");
    }
    if (m_value && m_kind == "counter" && is_negative(*m_value)) {
      return fail(ErrorKind::usage, "--value: a counter never falls below 0",
                  "use --kind up-down-counter or gauge");
    }
    if (m_value && !is_exact(*m_value)) {
      return fail(ErrorKind::usage, "--value: an integer is at most 2^53",
                  "give a larger one as a decimal number, with .0 at its end");
    }
    if (m_start && !m_options.has_scenario() && (m_kind.empty() || m_kind == "gauge")) {
      return fail(ErrorKind::usage, "--start: a gauge has none",
                  "it is for --kind counter and up-down-counter");
    }
    for (const auto& [option, text] :
         {std::pair{"--name", &m_name}, {"--unit", &m_unit}, {"--description", &m_description}}) {
      if (auto valid = check_utf8(option, text->value_or("")); !valid) {
        return valid;
      }
    }
    return {};
  }

  synth::Scenario one_metric() const {
    const Number value = m_value.value_or(std::int64_t{1});
    synth::MetricSpec metric{.name = synth::literal(m_name.value_or("otelctl.canary")),
                             .description = m_description.value_or(""),
                             .unit = m_unit.value_or("")};
    metric.kind = m_kind == "counter"           ? synth::MetricKind::counter
                  : m_kind == "up-down-counter" ? synth::MetricKind::up_down_counter
                                                : synth::MetricKind::gauge;
    metric.low = std::visit([](const auto number) { return static_cast<double>(number); }, value);
    metric.high = metric.low;
    metric.is_integer = std::holds_alternative<std::int64_t>(value);
    return {.name = "otelctl",
            .summary = {},
            .services = {record_service()},
            .metrics = {std::move(metric)}};
  }

  Result<synth::MetricOptions> template_options(const synth::Scenario& scenario,
                                                const LoadRun& load, Context& context) const {
    const Time first = load.plan.start.value_or(context.clock().now());
    synth::MetricOptions options{.seed = load.seed, .interval = interval_of(scenario, load)};
    // Not before 1970, where OTLP's times begin.
    options.interval = std::min(options.interval, first.time_since_epoch());
    options.start = std::max(first - std::max(options.interval, k_least_interval), Time{});
    if (m_start) {
      const auto start = read_record_time("--start", *m_start, context);
      if (!start) {
        return fail(start.error());
      }
      if (*start > first) {
        return fail(ErrorKind::usage, "--start is after the time of the data point",
                    "give the time since which it counts; --time says when it was read");
      }
      options.start = *start;
    }
    return options;
  }

  Result<std::unique_ptr<synth::Generator>> compile(const synth::Scenario& scenario,
                                                    const LoadRun& load, Context& context) const {
    const auto options = template_options(scenario, load, context);
    if (!options) {
      return fail(options.error());
    }
    auto metrics = synth::MetricTemplate::compile(scenario, *options);
    if (!metrics) {
      return fail(std::move(metrics).error());
    }
    return std::make_unique<synth::MetricTemplate>(std::move(*metrics));
  }

  RecordOptions m_options;
  std::optional<std::string> m_start;
  std::optional<std::string> m_name;
  std::string m_kind;  // "" is not given
  std::optional<Number> m_value;
  std::optional<std::string> m_unit;
  std::optional<std::string> m_description;
};

}  // namespace

CommandSpec send_metrics_command() {
  return {"send-metrics", topic::k_send, "Send data points and see what becomes of them",
          k_description,  k_examples,    make_command<SendMetrics>};
}

}  // namespace otelctl
