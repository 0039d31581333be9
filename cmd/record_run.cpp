// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/record_run.hpp"

#include <utility>
#include <variant>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/scenario_source.hpp"
#include "cmd/sending.hpp"
#include "cmd/version.hpp"
#include "synth/overrides.hpp"
#include "synth/scenarios.hpp"

namespace otelctl {
namespace {

// Of the three signals those that the scenario has, and the commands that send them.
struct Content {
  std::vector<std::string> signals;
  std::vector<std::string> commands;
};

Content content_of(const synth::Scenario& scenario) {
  Content content;
  const auto add = [&content](bool is_there, std::string_view signal, std::string_view command) {
    if (is_there) {
      content.signals.emplace_back(signal);
      content.commands.emplace_back(command);
    }
  };
  add(!scenario.traces.empty(), "traces", "send-spans");
  add(!scenario.metrics.empty(), "metrics", "send-metrics");
  add(!scenario.logs.empty(), "logs", "send-logs");
  return content;
}

bool has_signal(const synth::Scenario& scenario, Signal signal) {
  return signal == Signal::metrics ? !scenario.metrics.empty() : !scenario.logs.empty();
}

std::string built_in_with(Signal signal) {
  std::vector<std::string> names;
  for (const std::string& name : synth::scenario_names()) {
    const auto scenario = synth::find_scenario(name);
    if (scenario && has_signal(*scenario, signal)) {
      names.push_back(name);
    }
  }
  return join(names, ", ");
}

Result<void> check_signal(const synth::Scenario& scenario, const RecordOptions& records,
                          Signal signal) {
  if (has_signal(scenario, signal)) {
    return {};
  }
  const Content content = content_of(scenario);
  return fail(ErrorKind::usage,
              fmt::format("--scenario: {} has no {}, only {}", records.scenario, name_of(signal),
                          join(content.signals, " and ")),
              fmt::format("send what it has with {}; of the built-in ones these have {}: {}",
                          join(content.commands, " and "), name_of(signal), built_in_with(signal)));
}

Result<ScenarioSource> wrap(Result<synth::Scenario> scenario) {
  if (!scenario) {
    return fail(std::move(scenario).error());
  }
  return ScenarioSource(std::move(*scenario));
}

Result<Exit> replay_records(CapturedFile capture, const RecordOptions& records, Signal signal,
                            const RecordRun& run, const RecordMakers& makers, Context& context) {
  std::vector<OptionInReplay> options{{"--attribute", !records.attributes.empty()},
                                      {"--semconv", !records.semconv.empty()},
                                      {"--service", records.connection.service.has_value()},
                                      {"--resource", !records.connection.resource.empty()}};
  options.insert(options.end(), makers.not_in_replay.begin(), makers.not_in_replay.end());
  const auto replay =
      read_replay(std::move(capture), signal, run.load.seed, options, run.target, context);
  if (!replay) {
    return fail(replay.error());
  }
  return run_load(*replay, run.load, run.target, records.output, context);
}

}  // namespace

void declare_records(Options& options, RecordOptions& records, Signal signal) {
  const std::string noun(noun_of(signal));
  options.heading("What to send");
  declare_scenario(options, records.scenario,
                   fmt::format("{}s that 'otelctl scenarios' lists, or a file describes "
                               "(default: the one below)",
                               static_cast<char>(noun.front() - 'a' + 'A') + noun.substr(1)));
  options.choice("--semconv", records.semconv, {"seed", "current"},
                 "Names of attributes: as in the sources of the scenario, or as the semantic "
                 "conventions have them now (default: seed)");
  declare_amount(options, records.load, signal);
  options.values("--attribute", records.attributes, "KEY=VALUE",
                 fmt::format("Attribute of every {}, KEY:int, :double, :bool or :string[] for "
                             "other types; repeatable",
                             noun));
  options.completes("--attribute", values::attribute_names);
  options.value("--time", records.time, "TIME",
                fmt::format("Time of the first {}, RFC 3339 or a duration ago; others follow "
                            "(default: now)",
                            noun));
}

void declare_record_load(Options& options, RecordOptions& records, Signal signal) {
  declare_load(options, records.load, signal);
  declare_connection(options, records.connection);
  declare_output(options, records.output, {"text", "json"});
}

Result<void> check_record_options(const RecordOptions& records, Signal signal,
                                  const std::vector<RecordOption>& of_one_record) {
  if (!records.has_scenario() && !records.semconv.empty()) {
    return fail(ErrorKind::usage, "--semconv is for a scenario", "give one with --scenario");
  }
  for (const RecordOption& option : of_one_record) {
    if (records.has_scenario() && option.is_given) {
      return fail(
          ErrorKind::usage,
          fmt::format("{} describes one {}, and --scenario others", option.name, noun_of(signal)),
          "leave out one of the two");
    }
  }
  return {};
}

Result<RecordRun> resolve_records(const RecordOptions& records, Signal signal, Context& context) {
  LoadOptions options = records.load;
  if (!records.has_scenario() && !options.seed) {
    options.seed = 0;  // nothing is drawn
  }
  auto load = resolve_load(options, context);
  if (!load) {
    return fail(std::move(load).error());
  }
  if (records.time) {
    const auto time = read_record_time("--time", *records.time, context);
    if (!time) {
      return fail(time.error());
    }
    load->plan.start = *time;
  }
  auto target = resolve_target(records.connection, signal, context);
  if (!target) {
    return fail(std::move(target).error());
  }
  return RecordRun{*load, std::move(*target)};
}

Result<Exit> send_records(const RecordOptions& records, Signal signal, const RecordRun& run,
                          const RecordMakers& makers, Context& context) {
  auto source = records.has_scenario()
                    ? read_scenario_source(records.scenario,
                                           records.semconv == "current" ? synth::Semconv::current
                                                                        : synth::Semconv::seed,
                                           context)
                    : wrap(makers.one_record());
  if (!source) {
    return fail(std::move(source).error());
  }
  if (auto* const capture = std::get_if<CapturedFile>(&*source)) {
    return replay_records(std::move(*capture), records, signal, run, makers, context);
  }
  auto& scenario = std::get<synth::Scenario>(*source);
  if (auto checked = check_signal(scenario, records, signal); !checked) {
    return fail(std::move(checked).error());
  }
  const auto overrides =
      read_overrides(records.attributes, records.connection, run.target, scenario, context);
  if (!overrides) {
    return fail(overrides.error());
  }
  if (auto applied = synth::apply_overrides(scenario, *overrides); !applied) {
    return fail(std::move(applied).error());
  }
  const auto generator = makers.compile(scenario);
  if (!generator) {
    return fail(generator.error());
  }
  return run_load(**generator, run.load, run.target, records.output, context);
}

synth::Service record_service() {
  return {.name = "otelctl", .scope_name = "otelctl", .scope_version = std::string(k_version)};
}

}  // namespace otelctl
