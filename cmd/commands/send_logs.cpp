// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <utility>

#include "base/file.hpp"
#include "base/traceparent.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/sending.hpp"
#include "otlp/record.hpp"
#include "otlp/record_text.hpp"
#include "otlp/resource.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Sends one log record and says what became of it: accepted, rejected or failed.

With --traceparent the record belongs to that span. A --body of - is what standard input holds, up
to 1 MiB, without the line end at its end.
)";

constexpr std::string_view k_examples = R"(
A canary, to try the way of logs out
otelctl send-logs
A deployment, with an attribute to find it by
otelctl send-logs --body 'deployed 1.4' --attribute deployment.id=42
What a command has said, as an error
otelctl send-logs --severity error --body - < build.log
)";

// Collectors take 4 MiB by gRPC as a rule, and backends cut bodies far below.
constexpr std::uint64_t k_most_body_bytes = std::uint64_t{1} << 20;

class SendLogs final : public Command {
 public:
  void declare(Options& options) override {
    options.heading("What to send");
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
    declare_record(options, m_options, "log record");
  }

  Result<Exit> run(Context& context) override {
    const auto target = resolve_target(m_options.connection, Signal::logs, context);
    if (!target) {
      return fail(target.error());
    }
    const auto log = make_record(*target, context);
    if (!log) {
      return fail(log.error());
    }
    return send_record(otlp::encode_record(*log), *target, m_options, context);
  }

 private:
  Result<otlp::LogRecord> make_record(const settings::OtlpSettings& target,
                                      Context& context) const {
    auto resource = otlp::resource_of(target, "otelctl");
    if (!resource) {
      return fail(std::move(resource).error());
    }
    auto attributes = read_attributes(m_options.attributes);
    if (!attributes) {
      return fail(std::move(attributes).error());
    }
    const auto time = record_time(m_options, context);
    if (!time) {
      return fail(time.error());
    }
    otlp::LogRecord log;
    if (m_traceparent) {
      auto span = parse_traceparent(*m_traceparent);
      if (!span) {
        return fail(std::move(span).error().within("--traceparent"));
      }
      log.trace_id = span->trace_id;
      log.span_id = span->span_id;
      log.trace_flags = span->flags;
    }
    // Last, as it may wait for whoever writes it.
    auto body = read_body(context);
    if (!body) {
      return fail(std::move(body).error());
    }
    log.resource = std::move(*resource);
    log.time = *time;
    log.severity = m_severity;
    log.severity_text = otlp::severity_name(m_severity);
    log.body = std::move(*body);
    log.attributes = std::move(*attributes);
    return log;
  }

  Result<std::string> read_body(Context& context) const {
    std::string body = m_body;
    if (m_body == "-") {
      auto input = read_stream(context.in(), "standard input", k_most_body_bytes);
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
  std::string m_body = "otelctl canary";
  int m_severity = 9;
  std::optional<std::string> m_traceparent;
};

}  // namespace

CommandSpec send_logs_command() {
  return {"send-logs",   topic::k_send, "Send a log record and see what becomes of it",
          k_description, k_examples,    make_command<SendLogs>};
}

}  // namespace otelctl
