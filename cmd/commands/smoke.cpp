// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/smoke.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/file.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/pause.hpp"
#include "cmd/probe_detail.hpp"
#include "cmd/shared_options.hpp"
#include "config/validate.hpp"
#include "otlp/resource.hpp"
#include "query/backend.hpp"
#include "report/probe.hpp"
#include "settings/env_file.hpp"
#include "settings/otlp_settings.hpp"
#include "settings/query_settings.hpp"
#include "smoke/run_smoke.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Goes the whole road of telemetry once and gives one verdict: checks the configuration, connects to the
receiver, asks the backend for a trace that was not sent yet (which must not be there), sends it, looks
for it until it is whole, and compares every field with what was sent.

The trace is a canary of six spans over two services, called "otelctl canary" and marked by the
attribute otelctl.canary: all kinds of spans, a failed one, attributes of every type, events, a link,
times to the nanosecond. The first service is the one that is configured, else otelctl-canary; the
second has "-callee" behind that name. Attributes that are added on the way are noted; what is changed
or missing is a difference. What this kind of backend cannot keep is none: Jaeger's old API and Zipkin
have microseconds, Zipkin has text only.

The exit status is 0 when it came back as it was sent, 1 when it differs, was rejected, or the
configuration has errors, 3 when something cannot be reached, 4 when it refuses, 5 when it does not
understand or is not understood, and 6 when the canary was accepted but did not become visible.
)";

constexpr std::string_view k_examples = R"(
A collector and a Jaeger on this machine
otelctl smoke
What an application's own file says, up to Jaeger
otelctl smoke --config app.yaml --backend http://jaeger:16686
In CI, with a backend that takes its time
otelctl smoke --within 2m --format junit -o smoke.xml
)";

// Enough for a finding that the file is too large.
std::uint64_t most_bytes(const config::ValidateOptions& options) {
  return options.limits.bytes + 1;
}

class Smoke final : public Command {
 public:
  void declare(Options& options) override {
    options.duration("--within", m_within,
                     "How long the canary may take to be there (default: 30s)");
    declare_connection(options, m_flags);
    declare_query(options, m_query);
    const std::vector<std::string> formats{"text", "json", "junit", "github"};
    declare_output(options, m_output, formats);
    declare_reports(options, m_output, formats);
    declare_width(options, m_output);
  }

  Result<Exit> run(Context& context) override {
    if (auto writable = Context::check_output(m_output); !writable) {
      return fail(std::move(writable).error());
    }
    m_query.env_file = m_flags.env_file;
    auto check = check_configuration(context);
    if (!check) {
      return fail(std::move(check).error());
    }
    auto settings = settings::resolve_otlp(m_flags, context.environment(), Signal::traces);
    if (check->error) {
      return write(smoke::end_at_configuration(std::move(*check), settings ? &*settings : nullptr),
                   context);
    }
    if (!settings) {
      return fail(std::move(settings).error());
    }
    if (const auto resource = otlp::given_resource(*settings); !resource) {
      return fail(resource.error());
    }
    auto backend = open_backend(context);
    if (!backend) {
      return fail(std::move(backend).error());
    }
    const std::stop_token stop = context.signals().watch_briefly();
    auto report = smoke::run_smoke(
        *settings, **backend, std::move(*check), m_within,
        {context.clock(), context.random(), [&](nanoseconds time) { return pause(time, stop); }});
    if (!report || stop.stop_requested()) {
      return report ? fail(ErrorKind::interrupted, "interrupted") : fail(report.error());
    }
    return write(*report, context);
  }

 private:
  // What the settings are read from: the file, and the environment with --env-file.
  Result<smoke::ConfigurationCheck> check_configuration(Context& context) const {
    config::ValidateOptions options;
    options.section = m_flags.section;
    options.can_read_file = [](const std::string& path) {
      return read_file_start(path, 1).has_value();
    };
    auto filled = settings::fill_environment(context.environment(), m_flags.env_file);
    if (!filled) {
      return fail(std::move(filled).error());
    }
    options.environment = std::move(filled->variables);
    std::vector<config::FileReport> reports;
    if (m_flags.config_file) {
      auto bytes = read_file_start(*m_flags.config_file, most_bytes(options));
      if (!bytes) {
        return fail(std::move(bytes).error());
      }
      reports.push_back(config::validate(*m_flags.config_file, std::move(*bytes), options));
    }
    if (auto environment = config::validate_environment(options)) {
      reports.push_back(std::move(*environment));
    }
    return smoke::check_configuration(reports);
  }

  // No question takes longer than the canary may.
  Result<std::unique_ptr<query::Backend>> open_backend(Context& context) const {
    auto settings = settings::resolve_query(m_query, context.environment());
    if (!settings) {
      return fail(std::move(settings).error());
    }
    for (const std::string& note : settings->notes) {
      context.note(note);
    }
    if (!settings->url) {
      return fail(ErrorKind::usage, "--backend names a file, which is read only once",
                  "smoke looks for what has just been sent: give the URL of a query API");
    }
    constexpr nanoseconds k_least = std::chrono::seconds(1);
    settings->timeout = std::min(settings->timeout, std::max(m_within, k_least));
    return query::open_backend(*settings,
                               settings->file == "-" ? context.piped_input() : context.in());
  }

  Result<Exit> write(const smoke::SmokeReport& report, Context& context) const {
    const Exit exit = report.probe.error ? exit_of(report.probe.error->kind) : Exit::ok;
    auto written =
        context.write_reports(m_output, [&](std::ostream& out, const OutputOptions& form) {
          if (form.is_json()) {
            report::write_smoke_json(out, report, static_cast<int>(exit));
          } else if (form.format == "junit") {
            report::write_probe_junit(out, report.probe, false);
          } else if (form.format == "github") {
            report::write_probe_github(out, report.probe);
          } else {
            report::write_probe_text(out, report.probe, probe_detail(context.global()),
                                     context.out_terminal(form));
          }
        });
    if (!written) {
      return fail(std::move(written).error());
    }
    return exit;
  }

  settings::OtlpFlags m_flags;
  settings::QueryFlags m_query;
  OutputOptions m_output;
  nanoseconds m_within = std::chrono::seconds(30);
};

}  // namespace

CommandSpec smoke_command() {
  return {"smoke",       topic::k_connect, "Send a canary, find it again, compare every field",
          k_description, k_examples,       make_command<Smoke>};
}

}  // namespace otelctl
