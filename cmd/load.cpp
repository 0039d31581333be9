// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/load.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <csignal>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "cmd/context.hpp"
#include "cmd/progress.hpp"
#include "cmd/sending.hpp"
#include "otlp/async_exporter.hpp"
#include "otlp/json_codec.hpp"
#include "probe/diagnosis.hpp"
#include "synth/fitting_batch.hpp"
#include "synth/sender.hpp"

namespace otelctl {
namespace {

// More would only wait for each other.
constexpr std::uint64_t k_max_in_flight = 1024;
constexpr std::uint64_t k_max_batch = 1'000'000;
constexpr std::uint64_t k_default_batch = 512;
// What a Kubernetes Indexed Job can have.
constexpr std::uint32_t k_max_shards = 100'000;
// What a double holds exactly, so that every JSON reader keeps the seed.
constexpr std::uint64_t k_seed_end = std::uint64_t{1} << 53U;
constexpr std::string_view k_index_variable = "JOB_COMPLETION_INDEX";
constexpr std::string_view k_shards_variable = "OTELCTL_SHARDS";

template <typename T>
std::optional<T> parse_number(std::string_view text) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole_text = error == std::errc{} && end == text.data() + text.size();
  return is_whole_text ? std::optional(number) : std::nullopt;
}

Result<double> parse_rate(std::string_view text, std::string_view noun) {
  const auto rate = parse_number<double>(text);
  if (!rate || !std::isfinite(*rate) || *rate < 0.0) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a rate", text),
                fmt::format("give {}s per second, as in 1000 or 0.5", noun));
  }
  if (*rate == 0.0) {
    return fail(ErrorKind::usage, "a rate of 0 would never send anything",
                "leave it out to send as fast as it goes");
  }
  return *rate;
}

// A percentage as a share.
Result<double> parse_percent(std::string_view text) {
  const std::string_view number = text.substr(0, text.size() - (text.ends_with('%') ? 1 : 0));
  const auto percent = parse_number<double>(number);
  if (!percent || !(*percent >= 0.0 && *percent <= 100.0)) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a percentage", text),
                "give one from 0 to 100, as in 0.1 or 0.1%");
  }
  return *percent / 100;
}

Result<synth::Shard> make_shard(std::string_view index, std::string_view count,
                                const std::string& what) {
  const auto number = parse_number<std::uint32_t>(index);
  const auto shards = parse_number<std::uint32_t>(count);
  if (!number || !shards || *shards == 0 || *number >= *shards) {
    return fail(ErrorKind::usage, what + " is not a shard",
                "shards are numbered from 0: of four the first is 0/4, the last 3/4");
  }
  if (*shards > k_max_shards) {
    return fail(ErrorKind::usage, fmt::format("{} are more than {} shards", *shards, k_max_shards));
  }
  return synth::Shard{*number, *shards};
}

Result<synth::Shard> parse_shard(std::string_view text) {
  const auto slash = text.find('/');
  const auto count = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  return make_shard(text.substr(0, slash), count, fmt::format("'{}'", text));
}

// The option's, else what an Indexed Job says.
Result<synth::Shard> resolve_shard(const LoadOptions& options, Context& context) {
  if (options.shard) {
    return *options.shard;
  }
  const auto index = context.environment().get_nonempty(k_index_variable);
  const auto count = context.environment().get_nonempty(k_shards_variable);
  if (!count) {
    return synth::Shard{};
  }
  if (!index) {
    context.note(
        fmt::format("{} is ignored, as {} is not set", k_shards_variable, k_index_variable));
    return synth::Shard{};
  }
  auto shard = make_shard(
      *index, *count,
      fmt::format("{}={} with {}={}", k_index_variable, *index, k_shards_variable, *count));
  if (shard) {
    context.note(fmt::format("shard {}/{}, by {} and {}", shard->index, shard->count,
                             k_index_variable, k_shards_variable));
  }
  return shard;
}

// Declares an option whose text `parse` turns into `target`.
template <typename T, typename Parse>
void declare_parsed(Options& options, std::string_view name, std::string_view placeholder,
                    std::string_view description, std::optional<T>& target, Parse parse) {
  options.parsed(name, placeholder, description,
                 [&target, parse](std::string_view text) -> Result<void> {
                   auto value = parse(text);
                   if (!value) {
                     return fail(std::move(value).error());
                   }
                   target = *value;
                   return {};
                 });
}

Result<void> check_amount(const LoadOptions& options) {
  if (options.duration && (options.traces || options.count)) {
    return fail(ErrorKind::usage,
                fmt::format("{} and --duration exclude each other",
                            options.traces ? "--traces" : "--count"),
                fmt::format("give the number of {}, or the time to send for",
                            options.traces ? "traces" : "records"));
  }
  if (options.is_dry_run && options.duration && !options.rate) {
    return fail(ErrorKind::usage, "--dry-run with --duration needs --rate",
                "without a rate as much is generated as is sent in that time");
  }
  if (options.is_dry_run && (options.max_loss || options.max_p99)) {
    return fail(ErrorKind::usage, "--dry-run sends nothing that a threshold could judge",
                "leave out --max-loss and --max-p99");
  }
  if (options.ramp && !options.rate) {
    return fail(ErrorKind::usage, "--ramp needs --rate", "give the rate at which it ends");
  }
  return {};
}

Result<void> check_limits(const LoadOptions& options) {
  if (options.batch && *options.batch > k_max_batch) {
    return fail(ErrorKind::usage,
                fmt::format("--batch: {} is more than {}", *options.batch, k_max_batch),
                "servers take 4 MiB a request as a rule, which is some 10000 records");
  }
  if (options.in_flight > k_max_in_flight) {
    return fail(ErrorKind::usage,
                fmt::format("--in-flight: {} is more than {}", options.in_flight, k_max_in_flight),
                "a few dozen keep any receiver busy");
  }
  if (options.seed && *options.seed >= k_seed_end) {
    return fail(ErrorKind::usage, fmt::format("--seed: {} is not below 2^53", *options.seed),
                "JSON readers would not keep it; take a smaller number");
  }
  return {};
}

// One for each core, but none that would have no request of its own.
unsigned worker_count(const LoadOptions& options) {
  const std::uint64_t wanted =
      options.workers.value_or(std::max(std::thread::hardware_concurrency(), 1U));
  return static_cast<unsigned>(std::min(wanted, options.in_flight));
}

Result<synth::PlanOptions> plan_of(const LoadOptions& options, Context& context) {
  synth::PlanOptions plan;
  if (options.traces) {
    plan.units = *options.traces;
  } else if (!options.count && !options.duration) {
    plan.units = 1;
  }
  plan.records = options.count.value_or(synth::PlanOptions::k_no_limit);
  plan.duration = options.duration;
  plan.rate = options.rate;
  plan.ramp = options.ramp.value_or(nanoseconds{0});
  plan.batch = static_cast<std::uint32_t>(options.batch.value_or(k_default_batch));
  if (options.start) {
    auto start = read_record_time("--start", *options.start, context);
    if (!start) {
      return fail(std::move(start).error());
    }
    plan.start = *start;
  }
  auto shard = resolve_shard(options, context);
  if (!shard) {
    return fail(std::move(shard).error());
  }
  plan.shard = *shard;
  return plan;
}

Result<Exit> write_requests(const synth::Generator& generator, const synth::PlanOptions& options,
                            const OutputOptions& output, Context& context) {
  const std::stop_token stop = context.signals().watch();
  Result<Exit> exit = Exit::ok;
  // A file is written whole or not at all.
  const auto give_up = [&](std::ostream& out, Result<Exit> why) {
    exit = std::move(why);
    out.setstate(std::ios::failbit);
  };
  auto written = context.write_result(output, [&](std::ostream& out) {
    synth::BatchPlan plan(generator, options, context.clock().now());
    const auto workspace = generator.make_workspace();
    // Of a run without an end somebody may read the first lines only.
    while (out && (output.file || !context.is_out_closed())) {
      const auto batch = plan.next(context.clock().now());
      if (!batch) {
        return;
      }
      if (stop.stop_requested()) {
        return give_up(out, exit_of_signal(context.signals().received().value_or(SIGINT)));
      }
      const auto payload = generator.encode(batch->slices, plan.anchor(), *workspace);
      const auto line = otlp::payload_to_json(generator.signal(), payload);
      if (!line) {
        return give_up(out, fail(line.error()));
      }
      out << *line << '\n';
    }
  });
  if (exit && *exit == Exit::ok && !written) {
    return fail(std::move(written).error());
  }
  return exit;
}

Result<synth::Ledger> send(const synth::Generator& generator, const synth::SendOptions& options,
                           const settings::OtlpSettings& target, Context& context) {
  const std::stop_token stop = context.signals().watch();
  probe::Diagnosis diagnosis(target, context.clock());
  Progress progress(generator.signal(), context);
  RetryNote retry_note(target.timeout, [&](const std::string& text) { progress.note(text); });
  const bool is_watched = StatusLine::is_wanted(context);
  synth::SendTools tools{.clock = context.clock(),
                         .stop = stop,
                         .wait = synth::wait_until_stopped(stop),
                         .make_exporter = [&] { return otlp::make_async_exporter(target); }};
  tools.look_at = [&](otlp::ExportOutcome& outcome, nanoseconds left) {
    diagnosis.look_at(outcome, left);
    if (is_watched) {
      retry_note.look_at(outcome);
    }
  };
  if (is_watched) {
    tools.show = [&](const synth::SendProgress& now) { progress.show(now); };
  }
  return synth::send(generator, options, tools);
}

}  // namespace

void declare_amount(Options& options, LoadOptions& load, Signal signal) {
  if (signal == Signal::traces) {
    options.count("--traces", load.traces, "N", "Traces to send (default: 1)", 1);
  } else {
    options.count("--count", load.count, "N",
                  fmt::format("{}s to send (default: 1, or one pass of the scenario)",
                              signal == Signal::metrics ? "Data point" : "Log record"),
                  1);
  }
  options.duration("--duration", load.duration, "Send for this long instead");
  if (signal == Signal::traces) {
    options.value("--start", load.start, "TIME",
                  "Start of the first trace, RFC 3339 or a duration ago (default: they end now)");
  }
  options.count("--seed", load.seed, "N", "Number that decides every draw (default: drawn)");
  options.flag("--dry-run", load.is_dry_run,
               "Send nothing; write the requests as OTLP JSON, one a line");
}

void declare_load(Options& options, LoadOptions& load, Signal signal) {
  const std::string noun(noun_of(signal));
  const std::string plural = static_cast<char>(noun.front() - 'a' + 'A') + noun.substr(1) + "s";
  options.heading("Load");
  declare_parsed(options, "--rate", "N",
                 plural + " per second, of all shards (default: as fast as it goes)", load.rate,
                 [noun](std::string_view text) { return parse_rate(text, noun); });
  options.duration("--ramp", load.ramp, "Let the rate grow evenly from 0 in this time");
  options.count("--batch", load.batch, "N",
                plural + " in a request at most (default: 512, fewer where they are large)", 1);
  options.count("--in-flight", load.in_flight, "N",
                "Requests under way at the same time (default: 8)", 1);
  options.count("--workers", load.workers, "N",
                "Threads that send, at most one a request in flight (default: cores)", 1);
  declare_parsed(options, "--shard", "I/N",
                 "Send the I-th (from 0) of N equal parts of the run (default: what "
                 "JOB_COMPLETION_INDEX and OTELCTL_SHARDS say)",
                 load.shard, parse_shard);
  declare_parsed(options, "--max-loss", "PERCENT",
                 "Fail when more is rejected or failed, and not when less is", load.max_loss,
                 parse_percent);
  options.duration("--max-p99", load.max_p99, "Fail when the 99th percentile of latency is higher");
}

std::uint64_t LoadRun::most_units() const {
  return std::min(plan.units, plan.records);
}

Result<LoadRun> resolve_load(const LoadOptions& options, Context& context) {
  if (auto checked = check_amount(options); !checked) {
    return fail(std::move(checked).error());
  }
  if (auto checked = check_limits(options); !checked) {
    return fail(std::move(checked).error());
  }
  auto plan = plan_of(options, context);
  if (!plan) {
    return fail(std::move(plan).error());
  }
  LoadRun run;
  run.plan = *plan;
  run.seed = options.seed.value_or(context.random().next() % k_seed_end);
  run.in_flight = static_cast<unsigned>(options.in_flight);
  run.workers = worker_count(options);
  run.thresholds = {options.max_loss, options.max_p99};
  run.is_dry_run = options.is_dry_run;
  run.has_default_batch = !options.batch;
  run.has_default_amount = !options.traces && !options.count && !options.duration;
  return run;
}

Result<Exit> run_load(const synth::Generator& generator, const LoadRun& run,
                      const settings::OtlpSettings& target, const OutputOptions& output,
                      Context& context) {
  synth::PlanOptions plan = run.plan;
  if (run.has_default_amount) {
    plan.units = generator.default_units();
  }
  if (run.has_default_batch) {
    plan.batch = synth::fitting_batch(generator, plan.batch);
  }
  if (run.is_dry_run) {
    return write_requests(generator, plan, output, context);
  }
  // Before hours of work of which nothing would be left.
  if (auto writable = Context::check_output(output); !writable) {
    return fail(std::move(writable).error());
  }
  const auto ledger = send(generator,
                           {.plan = plan,
                            .in_flight = run.in_flight,
                            .workers = run.workers,
                            .timeout = target.timeout,
                            .seed = run.seed},
                           target, context);
  if (!ledger) {
    return fail(ledger.error());
  }
  return report_ledger(*ledger, target, output, context, run.thresholds);
}

}  // namespace otelctl
