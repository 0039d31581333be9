// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/file.hpp"
#include "base/traceparent.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/load.hpp"
#include "cmd/options.hpp"
#include "cmd/record_run.hpp"
#include "cmd/sending.hpp"
#include "otlp/record_text.hpp"
#include "synth/log_template.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Sends log records and accounts for every one: accepted, rejected or failed.

Without --scenario it is one record, --count times. With --traceparent it belongs to that span. A
--body of - is what standard input holds, up to 1 MiB, without the line end at its end.

With --scenario each pass sends every record once. Records belong to the spans of the traces that
send-spans makes with the same scenario and --seed. A file of captured OTLP is sent again
as by send-spans.
)";

constexpr std::string_view k_examples = R"(
A canary, to try the way of logs out
otelctl send-logs
A deployment, with an attribute to find it by
otelctl send-logs --body 'deployed 1.4' --attribute deployment.id=42
What a command has said, as an error
otelctl send-logs --severity error --body - < build.log
A hundred records a second for a minute
otelctl send-logs --body hello --rate 100 --duration 1m
)";

// Collectors take 4 MiB by gRPC as a rule, and backends cut bodies far below.
constexpr std::uint64_t k_most_body_bytes = std::uint64_t{1} << 20;

class SendLogs final : public Command {
 public:
  void declare(Options& options) override {
    declare_records(options, m_options, Signal::logs);
    options.heading("The log record, without --scenario");
    options.value("--body", m_body, "TEXT",
                  "Body, or - for standard input (default: otelctl canary)");
    options.parsed("--severity", "trace|debug|info|warn|error|fatal",
                   "Severity, or its number from 1 to 24 (default: info)",
                   [this](std::string_view text) -> Result<void> {
                     const auto severity = otlp::parse_severity(text);
                     if (!severity) {
                       return fail(severity.error());
                     }
                     m_severity = *severity;
                     return {};
                   });
    options.value("--traceparent", m_traceparent, "VALUE",
                  "Span in which it was written (W3C traceparent)");
    declare_record_load(options, m_options, Signal::logs);
  }

  Result<Exit> run(Context& context) override {
    if (auto checked = check_usage(); !checked) {
      return fail(std::move(checked).error());
    }
    const auto run = resolve_records(m_options, Signal::logs, context);
    if (!run) {
      return fail(run.error());
    }
    synth::LogOptions options{.seed = run->load.seed};
    if (m_traceparent) {
      auto span = parse_traceparent(*m_traceparent);
      if (!span) {
        return fail(std::move(span).error().within("--traceparent"));
      }
      options.span = *span;
    }
    return send_records(
        m_options, Signal::logs, *run,
        {.one_record = [&] { return one_record(context); },
         .compile = [&](const synth::Scenario& scenario) { return compile(scenario, options); }},
        context);
  }

 private:
  Result<void> check_usage() const {
    return check_record_options(m_options, Signal::logs,
                                {{"--body", m_body.has_value()},
                                 {"--severity", m_severity.has_value()},
                                 {"--traceparent", m_traceparent.has_value()}});
  }

  static Result<std::unique_ptr<synth::Generator>> compile(const synth::Scenario& scenario,
                                                           const synth::LogOptions& options) {
    auto logs = synth::LogTemplate::compile(scenario, options);
    if (!logs) {
      return fail(std::move(logs).error());
    }
    return std::make_unique<synth::LogTemplate>(std::move(*logs));
  }

  // Where it stands on standard input it may have to be waited for.
  Result<synth::Scenario> one_record(Context& context) const {
    auto body = read_body(context);
    if (!body) {
      return fail(std::move(body).error());
    }
    synth::LogSpec log{.severity = m_severity.value_or(9),
                       .body = synth::Value(synth::literal(*body))};
    return synth::Scenario{
        .name = "otelctl", .summary = {}, .services = {record_service()}, .logs = {std::move(log)}};
  }

  Result<std::string> read_body(Context& context) const {
    std::string body = m_body.value_or("otelctl canary");
    if (body == "-") {
      auto input = read_stream(context.piped_input(), "standard input", k_most_body_bytes);
      if (!input) {
        return fail(std::move(input).error().within("--body"));
      }
      body = std::move(*input);
      for (const char end : {'\n', '\r'}) {
        if (!body.empty() && body.back() == end) {
          body.pop_back();
        }
      }
    }
    if (auto checked = check_utf8("--body", body); !checked) {
      return fail(std::move(checked).error());
    }
    return body;
  }

  RecordOptions m_options;
  std::optional<std::string> m_body;
  std::optional<int> m_severity;
  std::optional<std::string> m_traceparent;
};

}  // namespace

CommandSpec send_logs_command() {
  return {"send-logs",   topic::k_send, "Send log records and see what becomes of them",
          k_description, k_examples,    make_command<SendLogs>};
}

}  // namespace otelctl
