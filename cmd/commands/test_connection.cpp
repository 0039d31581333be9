// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/duration.hpp"
#include "base/signal.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/pause.hpp"
#include "cmd/probe_detail.hpp"
#include "cmd/shared_options.hpp"
#include "otlp/resource.hpp"
#include "probe/run_probe.hpp"
#include "report/probe.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Walks the way of telemetry to its receiver stage by stage - settings, TLS files, name, TCP, TLS,
export - and names the stage that fails, the cause, and what to do about it.

The export is an empty request, which OTLP receivers should take, and then a canary: one record that
is called "otelctl canary" and marked by the attribute otelctl.canary, of the service otelctl-canary
unless another is named. With --no-send nothing is sent at all.

--wait tries again only what may pass by itself: a name that does not resolve yet, a port where
nothing listens yet, a server that hangs up or answers that it cannot take data now (408, 429, 5xx,
UNAVAILABLE). A refused login, a bad certificate or a wrong protocol ends the wait at once.
)";

constexpr std::string_view k_examples = R"(
Can the collector be reached that the environment names?
otelctl test-connection
Wait up to a minute until a collector in CI is ready for all signals
otelctl test-connection --signal all --wait 1m
What an application's own file says
otelctl test-connection --config app.yaml --section telemetry -v
What listens on a port, without sending anything
otelctl test-connection --endpoint http://web:4318 --identify --no-send
)";

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
    options.duration("--wait", m_wait, "Try again what may pass by itself, for this long");
    options.flag("--no-send", m_no_send, "Stop before the export");
    options.flag("--identify", m_identify, "Say what listens on the port");
    options.choice("--fail-on", m_fail_on, {"error", "warning"},
                   "What makes the exit status 1 beside errors (default: error)");
    declare_connection(options, m_flags);
    const std::vector<std::string> formats{"text", "json", "junit", "github"};
    declare_output(options, m_output, formats);
    declare_reports(options, m_output, formats);
    declare_width(options, m_output);
  }

  Result<Exit> run(Context& context) override {
    if (auto writable = Context::check_output(m_output); !writable) {
      return fail(std::move(writable).error());
    }
    std::vector<settings::OtlpSettings> targets;
    for (const Signal signal : signals_of(m_signal)) {
      auto target = settings::resolve_otlp(m_flags, context.environment(), signal);
      if (!target) {
        return fail(std::move(target).error());
      }
      // The canary is of this resource.
      if (const auto resource = otlp::given_resource(*target); !resource) {
        return fail(resource.error());
      }
      targets.push_back(std::move(*target));
    }
    const auto report = probe(targets, context);
    if (!report) {
      return fail(report.error());
    }
    const Exit exit = exit_for(*report);
    if (auto written = write(*report, exit, context); !written) {
      return fail(std::move(written).error());
    }
    return exit;
  }

 private:
  bool warnings_fail() const { return m_fail_on == "warning"; }

  Exit exit_for(const probe::ProbeReport& report) const {
    if (report.error) {
      return exit_of(report.error->kind);
    }
    return warnings_fail() && report.has_warnings() ? Exit::failed : Exit::ok;
  }

  Result<probe::ProbeReport> probe(const std::vector<settings::OtlpSettings>& targets,
                                   Context& context) const {
    const std::stop_token stop = m_wait ? context.signals().watch_briefly() : std::stop_token();
    probe::Patience patience;
    patience.time = m_wait.value_or(nanoseconds::zero());
    patience.pause = [&](nanoseconds time) { return otelctl::pause(time, stop); };
    patience.tell = [&](const Error& cause) {
      context.note("waiting for up to " + format_duration_exact(*m_wait) + ": " + cause.message);
    };
    auto report =
        probe::wait_until_ready(targets, {!m_no_send, m_identify, targets.front().timeout},
                                patience, {context.clock(), context.random()});
    if (stop.stop_requested()) {
      return fail(ErrorKind::interrupted, "interrupted while waiting");
    }
    return report;
  }

  Result<void> write(const probe::ProbeReport& report, Exit exit, Context& context) const {
    return context.write_reports(m_output, [&](std::ostream& out, const OutputOptions& form) {
      if (form.is_json()) {
        report::write_probe_json(out, report, static_cast<int>(exit));
      } else if (form.format == "junit") {
        report::write_probe_junit(out, report, warnings_fail());
      } else if (form.format == "github") {
        report::write_probe_github(out, report);
      } else {
        report::write_probe_text(out, report, probe_detail(context.global()),
                                 context.out_terminal(form));
      }
    });
  }

  settings::OtlpFlags m_flags;
  OutputOptions m_output;
  std::string m_signal = "traces";
  std::string m_fail_on = "error";
  bool m_no_send = false;
  bool m_identify = false;
  std::optional<nanoseconds> m_wait;
};

}  // namespace

CommandSpec test_connection_command() {
  return {
      "test-connection", topic::k_connect, "Find out whether telemetry arrives, and if not, why",
      k_description,     k_examples,       make_command<TestConnection>};
}

}  // namespace otelctl
