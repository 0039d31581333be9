// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "base/signal.hpp"
#include "base/traceparent.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/load.hpp"
#include "cmd/options.hpp"
#include "cmd/replay.hpp"
#include "cmd/scenario_source.hpp"
#include "cmd/sending.hpp"
#include "cmd/shared_options.hpp"
#include "settings/otlp_settings.hpp"
#include "synth/overrides.hpp"
#include "synth/template.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Makes up traces, sends them and accounts for every span: what was generated is what was accepted,
rejected or failed, and the exit status says which.

Traces follow a scenario: agentmap is a workflow with nodes, agents, LLM calls and storage (14
spans), simple is a request with the work within it (2 spans). The same --seed makes the same
traces, apart from their time.

A scenario that is a file of captured OTLP (JSON, one document or one a line, or protobuf, as the
Collector's file exporter writes both) is replayed: with new ids, which belong together as the old
ones did, and each trace moved to its new time as a whole. Nothing else of it changes. By default
each of its traces is sent once; with more --traces it begins again. 256 MiB of it are read at most.

With --rate the schedule is absolute: latency counts from the time at which a request was due, and a
run that falls behind says how far. An interrupted run begins nothing further, gives what is under
way 5 seconds to be answered and prints its ledger.
)";

constexpr std::string_view k_examples = R"(
One trace to try a pipeline out
otelctl send-spans
A thousand spans a second for a minute, as a test of the collector's latency
otelctl send-spans --duration 1m --rate 1000 --max-p99 50ms
One of four machines that send a million spans a second together
otelctl send-spans --duration 5m --rate 1000000 --shard 0/4 --format json
Mark what is sent, to find it again
otelctl send-spans --traces 3 --attribute run.id=42 --attribute try:int=1
Send again what a Collector's file exporter has written
otelctl send-spans --scenario ./collector.jsonl --traces 5000 --rate 2000
)";

class SendSpans final : public Command {
 public:
  void declare(Options& options) override {
    options.heading("What to send");
    declare_scenario(options, m_scenario,
                     "What the traces look like: a name that 'otelctl scenarios' lists, or a file "
                     "(default: agentmap)");
    options.choice("--semconv", m_semconv, {"seed", "current"},
                   "Names of attributes: as in the sources of the scenario, or as the semantic "
                   "conventions have them now (default: seed)");
    declare_amount(options, m_load, Signal::traces);
    options.value("--name", m_name, "NAME", "Name of the root spans");
    options.values("--attribute", m_attributes, "KEY=VALUE",
                   "Attribute of every span, KEY:int, :double, :bool or :string[] for other types; "
                   "repeatable");
    options.completes("--attribute", values::attribute_names);
    options.value("--traceparent", m_traceparent, "VALUE",
                  "Make the trace a part of this one (W3C traceparent)");
    declare_load(options, m_load, Signal::traces);
    declare_connection(options, m_flags);
    declare_output(options, m_output, {"text", "json"});
  }

  Result<Exit> run(Context& context) override {
    if (auto checked = check_usage(); !checked) {
      return fail(std::move(checked).error());
    }
    const auto run = resolve_load(m_load, context);
    if (!run) {
      return fail(run.error());
    }
    const auto target = resolve_target(m_flags, Signal::traces, context);
    if (!target) {
      return fail(target.error());
    }
    auto source = read_scenario_source(
        m_scenario, m_semconv == "current" ? synth::Semconv::current : synth::Semconv::seed,
        context);
    if (!source) {
      return fail(std::move(source).error());
    }
    if (auto* const capture = std::get_if<CapturedFile>(&*source)) {
      return send_replay(std::move(*capture), *run, *target, context);
    }
    const auto traces =
        compile(std::get<synth::Scenario>(std::move(*source)), *target, *run, context);
    if (!traces) {
      return fail(traces.error());
    }
    return run_load(*traces, *run, *target, m_output, context);
  }

 private:
  Result<void> check_usage() const {
    if (m_traceparent && (m_load.duration || m_load.traces.value_or(1) != 1)) {
      return fail(ErrorKind::usage, "--traceparent is for one trace",
                  "every trace would have the same id; leave out --traces and --duration");
    }
    return {};
  }

  Result<Exit> send_replay(CapturedFile capture, const LoadRun& run,
                           const settings::OtlpSettings& target, Context& context) const {
    const auto replay = read_replay(std::move(capture), Signal::traces, run.seed,
                                    {{"--name", m_name.has_value()},
                                     {"--attribute", !m_attributes.empty()},
                                     {"--traceparent", m_traceparent.has_value()},
                                     {"--semconv", !m_semconv.empty()},
                                     {"--service", m_flags.service.has_value()},
                                     {"--resource", !m_flags.resource.empty()}},
                                    target, context);
    if (!replay) {
      return fail(replay.error());
    }
    return run_load(*replay, run, target, m_output, context);
  }

  Result<synth::TraceTemplate> compile(synth::Scenario scenario,
                                       const settings::OtlpSettings& target, const LoadRun& run,
                                       Context& context) const {
    if (scenario.traces.empty()) {
      return fail(ErrorKind::settings, fmt::format("--scenario: {} has no traces", m_scenario),
                  "send-metrics and send-logs send what else it has");
    }
    auto overrides = read_overrides(m_attributes, m_flags, target, scenario, context);
    if (!overrides) {
      return fail(std::move(overrides).error());
    }
    overrides->root_name = m_name;
    if (auto applied = synth::apply_overrides(scenario, *overrides); !applied) {
      return fail(std::move(applied).error());
    }
    synth::TemplateOptions options{.seed = run.seed, .traces = run.most_units()};
    if (m_traceparent) {
      auto parent = parse_traceparent(*m_traceparent);
      if (!parent) {
        return fail(std::move(parent).error().within("--traceparent"));
      }
      options.parent = *parent;
    }
    return synth::TraceTemplate::compile(scenario, options);
  }

  settings::OtlpFlags m_flags;
  OutputOptions m_output;
  std::string m_scenario = "agentmap";
  std::string m_semconv;  // "" when it is not given
  std::optional<std::string> m_name;
  std::vector<std::string> m_attributes;
  std::optional<std::string> m_traceparent;
  LoadOptions m_load;
};

}  // namespace

CommandSpec send_spans_command() {
  return {"send-spans",  topic::k_send, "Send made-up traces and account for every span",
          k_description, k_examples,    make_command<SendSpans>};
}

}  // namespace otelctl
