// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/sender.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "synth/send_run.hpp"
#include "synth/send_worker.hpp"

namespace otelctl::synth {
namespace {

constexpr nanoseconds k_show_every = std::chrono::milliseconds(250);

std::jthread start_showing(const SendRun& run) {
  return std::jthread([&run](std::stop_token stop) {
    const auto wait = wait_until_stopped(std::move(stop));
    // Nothing is shown of a run that is over in no time.
    for (bool goes_on = wait(2 * k_show_every); goes_on; goes_on = wait(k_show_every)) {
      run.tools().show(run.progress());
    }
  });
}

void work_alone(SendRun& run, unsigned number, unsigned slots,
                std::unique_ptr<otlp::AsyncExporter> exporter,
                std::optional<Batch> first = std::nullopt) {
  SendWorker(run, std::move(exporter), slots, run.options().seed + number).work(std::move(first));
}

void work_together(SendRun& run, std::unique_ptr<otlp::AsyncExporter> exporter, Batch first) {
  const unsigned in_flight = std::max(run.options().in_flight, 1U);
  // A single request needs no more than one.
  const unsigned workers = run.is_over() ? 1 : std::clamp(run.options().workers, 1U, in_flight);
  const auto slots_of = [&](unsigned number) {
    return in_flight / workers + (number < in_flight % workers ? 1 : 0);
  };
  std::vector<std::jthread> threads;
  for (unsigned number = 1; number < workers; ++number) {
    auto another = run.tools().make_exporter();
    if (!another) {
      // The first could be made: a file has gone meanwhile. Those that run do the work.
      break;
    }
    try {
      threads.emplace_back(
          [&run, number, slots = slots_of(number), exporter = std::move(*another)]() mutable {
            work_alone(run, number, slots, std::move(exporter));
          });
    } catch (const std::system_error&) {
      // No more threads are to be had.
      break;
    }
  }
  work_alone(run, 0, slots_of(0), std::move(exporter), std::move(first));
}

}  // namespace

std::function<bool(nanoseconds)> wait_until_stopped(std::stop_token stop) {
  return [stop = std::move(stop)](nanoseconds time) {
    std::mutex mutex;
    std::condition_variable_any never_rung;
    std::unique_lock lock(mutex);
    never_rung.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
  };
}

Result<Ledger> send(const Generator& generator, const SendOptions& options,
                    const SendTools& tools) {
  auto exporter = tools.make_exporter();
  if (!exporter) {
    return fail(std::move(exporter).error());
  }
  SendRun run(generator, options, tools);
  std::jthread showing;
  if (tools.show) {
    showing = start_showing(run);
  }
  if (auto first = run.claim({})) {
    work_together(run, std::move(*exporter), std::move(*first));
  }
  const auto& duration = options.plan.duration;
  if (duration && run.is_paced() && run.elapsed() < *duration) {
    // What was due is sent, but the run was asked to last this long; its rate says how many records
    // that were in this time.
    tools.wait(*duration - run.elapsed());
  }
  showing = {};
  return run.finish();
}

}  // namespace otelctl::synth
