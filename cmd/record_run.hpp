// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "cmd/command.hpp"
#include "cmd/load.hpp"
#include "cmd/options.hpp"
#include "cmd/replay.hpp"
#include "cmd/shared_options.hpp"
#include "settings/otlp_settings.hpp"
#include "synth/generator.hpp"
#include "synth/scenario.hpp"

// What send-metrics and send-logs have in common: both send the records of a scenario, or one
// record that their options describe, which is a scenario of its own.
namespace otelctl {

class Context;

struct RecordOptions {
  std::string scenario = {};  // "" is none
  std::string semconv = {};   // "" is not given
  std::vector<std::string> attributes = {};
  std::optional<std::string> time = std::nullopt;
  LoadOptions load = {};
  settings::OtlpFlags connection = {};
  OutputOptions output = {};

  bool has_scenario() const { return !scenario.empty(); }
};

// Under "What to send". The options of the one record follow, then `declare_record_load`.
void declare_records(Options& options, RecordOptions& records, Signal signal);
// How to send, and where to.
void declare_record_load(Options& options, RecordOptions& records, Signal signal);

// An option that describes the one record.
struct RecordOption {
  std::string_view name;
  bool is_given;
};
// Error kind: usage, for one that is given beside a scenario, and for --semconv without one.
Result<void> check_record_options(const RecordOptions& records, Signal signal,
                                  const std::vector<RecordOption>& of_one_record);

struct RecordRun {
  LoadRun load;
  settings::OtlpSettings target;
};
// Error kinds: usage, settings.
Result<RecordRun> resolve_records(const RecordOptions& records, Signal signal, Context& context);

// What differs between the two commands.
struct RecordMakers {
  std::function<Result<synth::Scenario>()> one_record;
  std::function<Result<std::unique_ptr<synth::Generator>>(const synth::Scenario&)> compile;
  // What has no meaning in a replay, beside what both commands have of it.
  std::vector<OptionInReplay> not_in_replay = {};
};
// Sends the records of the scenario, captured ones again, or the one record. Error kinds: those of
// read_scenario_source, read_replay, `makers` and run_load; usage, for a scenario without records
// of the signal and a service name for several services.
Result<Exit> send_records(const RecordOptions& records, Signal signal, const RecordRun& run,
                          const RecordMakers& makers, Context& context);

// Of the one record: named "otelctl", as its scope is.
synth::Service record_service();

}  // namespace otelctl
