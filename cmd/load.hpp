// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "cmd/command.hpp"
#include "cmd/options.hpp"
#include "cmd/sending.hpp"
#include "cmd/shared_options.hpp"
#include "settings/otlp_settings.hpp"
#include "synth/batch_plan.hpp"
#include "synth/generator.hpp"

// A run of many requests, for the commands that send made-up telemetry.
namespace otelctl {

class Context;

// The options as they were given.
struct LoadOptions {
  // --traces of send-spans, --count of the others; one of them, or a duration, or none.
  std::optional<std::uint64_t> traces = std::nullopt;
  std::optional<std::uint64_t> count = std::nullopt;
  std::optional<nanoseconds> duration = std::nullopt;
  std::optional<std::string> start = std::nullopt;
  std::optional<std::uint64_t> seed = std::nullopt;
  bool is_dry_run = false;
  std::optional<double> rate = std::nullopt;
  std::optional<nanoseconds> ramp = std::nullopt;
  std::optional<std::uint64_t> batch = std::nullopt;
  std::uint64_t in_flight = 8;
  std::optional<std::uint64_t> workers = std::nullopt;
  std::optional<synth::Shard> shard = std::nullopt;
  // As a share from 0 to 1.
  std::optional<double> max_loss = std::nullopt;
  std::optional<nanoseconds> max_p99 = std::nullopt;
};

// How much to send, to be declared among "What to send": --traces or --count, --duration, --seed,
// --dry-run, and of traces --start.
void declare_amount(Options& options, LoadOptions& load, Signal signal);
// How, under "Load": --rate, --ramp, --batch, --in-flight, --workers, --shard, --max-loss,
// --max-p99.
void declare_load(Options& options, LoadOptions& load, Signal signal);

// The options once they are known to fit together, with what the environment and chance decide.
struct LoadRun {
  synth::PlanOptions plan = {};
  std::uint64_t seed = 0;
  unsigned in_flight = 8;
  unsigned workers = 1;
  Thresholds thresholds = {};
  bool is_dry_run = false;
  // Nothing was said about how much to send: run_load then takes the generator's default.
  bool has_default_amount = false;
  // Nor about how much in a request, which is then as much as servers take.
  bool has_default_batch = false;

  // Units that will be drawn at most, by all shards.
  std::uint64_t most_units() const;
};

// Error kind: usage. A shard that the environment names is noted on stderr.
Result<LoadRun> resolve_load(const LoadOptions& options, Context& context);

// Sends the run, shows its progress at a terminal and reports its ledger; as a dry run it writes
// the requests as lines of OTLP JSON. The status is that of report_ledger, and with thresholds
// theirs: 0 or 1. Error kind: settings, when an exporter cannot be made or the result not written.
Result<Exit> run_load(const synth::Generator& generator, const LoadRun& run,
                      const settings::OtlpSettings& target, const OutputOptions& output,
                      Context& context);

}  // namespace otelctl
