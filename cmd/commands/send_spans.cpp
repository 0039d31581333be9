// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/signal.hpp"
#include "base/traceparent.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/sending.hpp"
#include "cmd/shared_options.hpp"
#include "otlp/json_codec.hpp"
#include "otlp/resource.hpp"
#include "settings/otlp_settings.hpp"
#include "synth/batch_plan.hpp"
#include "synth/overrides.hpp"
#include "synth/scenarios.hpp"
#include "synth/sender.hpp"
#include "synth/template.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Makes up traces, sends them and accounts for every span: what was generated is what was accepted,
rejected or failed, and the exit status says which.

Traces follow a scenario: agentmap is a workflow with nodes, agents, LLM calls and storage (14
spans), simple is a request with the work within it (2 spans). The same --seed makes the same
traces, apart from their time.
)";

constexpr std::string_view k_examples = R"(
One trace to try a pipeline out
otelctl send-spans
A thousand spans a second for a minute
otelctl send-spans --duration 1m --rate 1000
Mark what is sent, to find it again
otelctl send-spans --traces 3 --attribute run.id=42 --attribute try:int=1
)";

// A thread each; more would only wait for each other.
constexpr std::uint64_t k_max_in_flight = 1024;
constexpr std::uint64_t k_max_batch = 1'000'000;
// What a double holds exactly, so that every JSON reader keeps the seed.
constexpr std::uint64_t k_seed_end = std::uint64_t{1} << 53U;

Result<double> parse_rate(std::string_view text) {
  double rate = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rate);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(rate) ||
      rate < 0.0) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a rate", text),
                "give spans per second, as in 1000 or 0.5");
  }
  if (rate == 0.0) {
    return fail(ErrorKind::usage, "a rate of 0 would never send anything",
                "leave it out to send as fast as it goes");
  }
  return rate;
}

class SendSpans final : public Command {
 public:
  void declare(Options& options) override {
    options.heading("What to send");
    options.choice("--scenario", m_scenario, synth::scenario_names(),
                   "What the traces look like (default: agentmap)");
    options.count("--traces", m_traces, "N", "Traces to send (default: 1)", 1);
    options.duration("--duration", m_duration, "Send for this long instead");
    options.value("--name", m_name, "NAME", "Name of the root spans");
    options.values("--attribute", m_attributes, "KEY=VALUE",
                   "Attribute of every span, KEY:int, :double, :bool or :string[] for other types; "
                   "repeatable");
    options.value("--traceparent", m_traceparent, "VALUE",
                  "Make the trace a part of this one (W3C traceparent)");
    options.value("--start", m_start, "TIME",
                  "Start of the first trace, RFC 3339 or a duration ago (default: they end now)");
    options.count("--seed", m_seed, "N", "Number that decides every draw (default: drawn)");
    options.flag("--dry-run", m_is_dry_run,
                 "Send nothing; write the requests as OTLP JSON, one a line");
    options.heading("Load");
    options.parsed("--rate", "N", "Spans per second (default: as fast as it goes)",
                   [this](std::string_view text) -> Result<void> {
                     const auto rate = parse_rate(text);
                     if (!rate) {
                       return fail(rate.error());
                     }
                     m_rate = *rate;
                     return {};
                   });
    options.count("--batch", m_batch, "N", "Spans in a request at most (default: 512)", 1);
    options.count("--in-flight", m_in_flight, "N",
                  "Requests under way at the same time (default: 8)", 1);
    declare_connection(options, m_flags);
    declare_output(options, m_output, {"text", "json"});
  }

  Result<Exit> run(Context& context) override {
    if (auto checked = check_usage(); !checked) {
      return fail(std::move(checked).error());
    }
    const auto target = resolve_target(m_flags, Signal::traces, context);
    if (!target) {
      return fail(target.error());
    }
    const std::uint64_t seed = m_seed.value_or(context.random().next() % k_seed_end);
    const auto plan = plan_for(context);
    if (!plan) {
      return fail(plan.error());
    }
    const auto traces = compile(*target, seed, *plan, context);
    if (!traces) {
      return fail(traces.error());
    }
    if (m_is_dry_run) {
      return write_requests(*traces, *plan, context);
    }
    const std::stop_token stop = context.signals().watch();
    const auto exporter = make_telling_exporter(*target, context);
    if (!exporter) {
      return fail(exporter.error());
    }
    const synth::Ledger ledger = synth::send(
        *traces, **exporter, {*plan, static_cast<unsigned>(m_in_flight), target->timeout, seed},
        {context.clock(), stop, synth::wait_until_stopped(stop)});
    return report_ledger(ledger, *target, m_output, context);
  }

 private:
  Result<void> check_usage() const {
    if (m_traces && m_duration) {
      return fail(ErrorKind::usage, "--traces and --duration exclude each other",
                  "give the number of traces, or the time to send for");
    }
    if (m_traceparent && (m_duration || m_traces.value_or(1) != 1)) {
      return fail(ErrorKind::usage, "--traceparent is for one trace",
                  "every trace would have the same id; leave out --traces and --duration");
    }
    if (m_is_dry_run && m_duration && !m_rate) {
      return fail(ErrorKind::usage, "--dry-run with --duration needs --rate",
                  "without a rate as much is generated as is sent in that time");
    }
    if (m_batch > k_max_batch) {
      return fail(ErrorKind::usage,
                  fmt::format("--batch: {} is more than {}", m_batch, k_max_batch),
                  "servers take 4 MiB a request as a rule, which is some 10000 spans");
    }
    if (m_in_flight > k_max_in_flight) {
      return fail(ErrorKind::usage,
                  fmt::format("--in-flight: {} is more than {}", m_in_flight, k_max_in_flight),
                  "a few dozen keep any receiver busy");
    }
    if (m_seed && *m_seed >= k_seed_end) {
      return fail(ErrorKind::usage, fmt::format("--seed: {} is not below 2^53", *m_seed),
                  "JSON readers would not keep it; take a smaller number");
    }
    return {};
  }

  Result<synth::PlanOptions> plan_for(Context& context) const {
    synth::PlanOptions plan;
    plan.duration = m_duration;
    if (!m_duration) {
      plan.traces = m_traces.value_or(1);
    }
    plan.rate = m_rate;
    plan.batch = static_cast<std::uint32_t>(m_batch);
    if (m_start) {
      auto start = read_record_time("--start", *m_start, context);
      if (!start) {
        return fail(std::move(start).error());
      }
      plan.start = *start;
    }
    return plan;
  }

  Result<synth::Overrides> overrides_for(const settings::OtlpSettings& target,
                                         const synth::Scenario& scenario, Context& context) const {
    synth::Overrides overrides;
    overrides.root_name = m_name;
    auto attributes = read_attributes(m_attributes);
    if (!attributes) {
      return fail(std::move(attributes).error());
    }
    overrides.attributes = std::move(*attributes);
    if (scenario.services.size() == 1 || m_flags.service) {
      overrides.service =
          target.service_name.empty() ? std::nullopt : std::optional(target.service_name);
    } else if (!target.service_name.empty()) {
      context.note(fmt::format("the service name '{}' is ignored: {} has {} services",
                               target.service_name, scenario.name, scenario.services.size()));
    }
    auto resource = otlp::given_resource(target);
    if (!resource) {
      return fail(std::move(resource).error());
    }
    overrides.resource = std::move(*resource);
    return overrides;
  }

  Result<synth::TraceTemplate> compile(const settings::OtlpSettings& target, std::uint64_t seed,
                                       const synth::PlanOptions& plan, Context& context) const {
    auto scenario = synth::find_scenario(m_scenario);
    if (!scenario) {
      return fail(std::move(scenario).error());
    }
    const auto overrides = overrides_for(target, *scenario, context);
    if (!overrides) {
      return fail(overrides.error());
    }
    if (auto applied = synth::apply_overrides(*scenario, *overrides); !applied) {
      return fail(std::move(applied).error());
    }
    synth::TemplateOptions options{.seed = seed, .traces = plan.traces};
    if (m_traceparent) {
      auto parent = parse_traceparent(*m_traceparent);
      if (!parent) {
        return fail(std::move(parent).error().within("--traceparent"));
      }
      options.parent = *parent;
    }
    return synth::TraceTemplate::compile(*scenario, options);
  }

  Result<Exit> write_requests(const synth::TraceTemplate& traces, const synth::PlanOptions& options,
                              Context& context) const {
    Result<Exit> exit = Exit::ok;
    auto written = context.write_result(m_output, [&](std::ostream& out) {
      synth::BatchPlan plan(traces, options, context.clock().now());
      const auto workspace = traces.make_workspace();
      while (const auto batch = plan.next(context.clock().now())) {
        const auto payload = traces.encode(batch->slices, plan.anchor(), *workspace);
        const auto line = otlp::payload_to_json(Signal::traces, payload);
        if (!line) {
          exit = fail(line.error());
          return;
        }
        out << *line << '\n';
      }
    });
    if (!written) {
      return fail(std::move(written).error());
    }
    return exit;
  }

  settings::OtlpFlags m_flags;
  OutputOptions m_output;
  std::string m_scenario = "agentmap";
  std::optional<std::uint64_t> m_traces;
  std::optional<nanoseconds> m_duration;
  std::optional<double> m_rate;
  std::optional<std::string> m_name;
  std::vector<std::string> m_attributes;
  std::optional<std::string> m_traceparent;
  std::optional<std::string> m_start;
  std::optional<std::uint64_t> m_seed;
  bool m_is_dry_run = false;
  std::uint64_t m_batch = 512;
  std::uint64_t m_in_flight = 8;
};

}  // namespace

CommandSpec send_spans_command() {
  return {"send-spans",  topic::k_send, "Send made-up traces and account for every span",
          k_description, k_examples,    make_command<SendSpans>};
}

}  // namespace otelctl
