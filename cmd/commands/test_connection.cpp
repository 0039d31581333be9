// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/signal.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "probe/run_probe.hpp"
#include "report/probe.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Walks the way of telemetry to its receiver stage by stage - settings, TLS files, name, TCP, TLS, an
empty export - and names the stage that fails, the cause, and what to do about it.

No telemetry is made up: the export is empty, which OTLP receivers must take. Headers are sent, as
the receiver judges them.
)";

constexpr std::string_view k_examples = R"(
Can the collector be reached that the environment names?
otelctl test-connection
Wait up to a minute until a collector in CI is ready for all signals
otelctl test-connection --signal all --wait 1m
What an application's own file says
otelctl test-connection --config app.yaml --section telemetry -v
)";

// Between attempts of --wait: short against the start of a collector, long against a walk.
constexpr nanoseconds k_wait_step = std::chrono::milliseconds(500);

std::vector<Signal> signals_of(const std::string& name) {
  if (name == "all") {
    return {Signal::traces, Signal::metrics, Signal::logs};
  }
  return {name == "metrics" ? Signal::metrics : name == "logs" ? Signal::logs : Signal::traces};
}

class TestConnection final : public Command {
 public:
  void declare(Options& options) override {
    options.choice("--signal", m_signal, {"traces", "metrics", "logs", "all"},
                   "The signal to send (default: traces)");
    options.flag("--no-send", m_no_send, "Stop before the export");
    options.duration("--wait", m_wait, "Try again until it can be reached, for this long");
    declare_connection(options, m_flags);
    declare_output(options, m_output, {"text", "json"});
    declare_width(options, m_output);
  }

  Result<Exit> run(Context& context) override {
    std::vector<settings::OtlpSettings> targets;
    for (const Signal signal : signals_of(m_signal)) {
      auto target = settings::resolve_otlp(m_flags, context.environment(), signal);
      if (!target) {
        return fail(std::move(target).error());
      }
      targets.push_back(std::move(*target));
    }
    const auto report = probe_until(targets, context);
    if (!report) {
      return fail(report.error());
    }
    const Exit exit = report->error ? exit_of(report->error->kind) : Exit::ok;
    if (auto written = write(*report, exit, context); !written) {
      return fail(std::move(written).error());
    }
    return exit;
  }

 private:
  Result<probe::ProbeReport> probe_until(const std::vector<settings::OtlpSettings>& targets,
                                         Context& context) const {
    const std::stop_token stop = m_wait ? context.signals().watch() : std::stop_token();
    const nanoseconds end = context.clock().monotonic() + m_wait.value_or(nanoseconds::zero());
    for (;;) {
      auto report =
          probe::run_probe(targets, {!m_no_send, targets.front().timeout}, context.clock());
      const bool may_come = report.error && report.error->kind == ErrorKind::unreachable;
      if (stop.stop_requested()) {
        return fail(ErrorKind::interrupted, "interrupted while waiting");
      }
      if (!may_come || context.clock().monotonic() + k_wait_step >= end) {
        return report;
      }
      pause(stop);
    }
  }

  static void pause(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, k_wait_step, [] { return false; });
  }

  Result<void> write(const probe::ProbeReport& report, Exit exit, Context& context) const {
    return context.write_result(m_output, [&](std::ostream& out) {
      if (m_output.is_json()) {
        report::write_probe_json(out, report, static_cast<int>(exit));
        return;
      }
      using report::ProbeDetail;
      const ProbeDetail detail = context.global().is_verbose ? ProbeDetail::all
                                 : context.global().is_quiet ? ProbeDetail::verdict
                                                             : ProbeDetail::stages;
      report::write_probe_text(out, report, detail, context.out_terminal(m_output));
    });
  }

  settings::OtlpFlags m_flags;
  OutputOptions m_output;
  std::string m_signal = "traces";
  bool m_no_send = false;
  std::optional<nanoseconds> m_wait;
};

}  // namespace

CommandSpec test_connection_command() {
  return {
      "test-connection", topic::k_connect, "Find out whether telemetry arrives, and if not, why",
      k_description,     k_examples,       make_command<TestConnection>};
}

}  // namespace otelctl
