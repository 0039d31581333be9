// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "cmd/load.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "settings/otlp_settings.hpp"
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

// The scenario that --scenario names. Error kinds: those of read_scenario_source; usage for one
// without records of the signal.
Result<synth::Scenario> read_record_scenario(const RecordOptions& records, Signal signal,
                                             Context& context);

// Puts what the user changes into the scenario. Error kind: usage.
Result<void> override_records(synth::Scenario& scenario, const RecordOptions& records,
                              const settings::OtlpSettings& target, Context& context);

// Of the one record: named "otelctl", as its scope is.
synth::Service record_service();

}  // namespace otelctl
