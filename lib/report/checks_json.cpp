// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"
#include "report/checks.hpp"

namespace otelctl::report {
namespace {

using check::Check;
using check::JudgedTrace;
using check::Outcome;

std::string first_trace_id(const check::CheckReport& report) {
  for (const Outcome& outcome : report.outcomes) {
    if (!outcome.traces.empty()) {
      return to_hex(outcome.traces.front().trace.id);
    }
  }
  return {};
}

void write_result(JsonWriter& json, const std::optional<Error>& error, const std::string& message) {
  json.member("ok", !error.has_value());
  json.member("kind", error ? name_of(error->kind) : std::string_view());
  json.member("message", message).member("hint", error ? error->hint : std::string());
}

void write_check(JsonWriter& json, const Check& check, const Outcome& outcome,
                 const JudgedTrace& judged) {
  json.begin_object();
  json.member("name", check.name).member("ok", check.ok).member("expected", check.expected);
  json.member("got", check.got).member("span_id", check.span_id ? to_hex(*check.span_id) : "");
  json.member("nearest", check.nearest).member("expectation", expectation_title(outcome));
  json.member("trace_id", to_hex(judged.trace.id)).member("file", outcome.file);
  json.member("line", std::int64_t{check.line}).end_object();
}

void write_expectation(JsonWriter& json, const Outcome& outcome, const ChecksView& view) {
  json.begin_object().member("name", expectation_title(outcome)).key("traces").begin_array();
  for (const JudgedTrace& judged : outcome.traces) {
    json.begin_object().member("trace_id", to_hex(judged.trace.id));
    json.member("span_count", std::uint64_t{judged.trace.spans.size()});
    json.member("page", view.page_of(judged.trace.id)).end_object();
  }
  json.end_array().member("attempts", outcome.attempts);
  json.member("waited_ns", std::int64_t{outcome.waited.count()});
  write_result(json, outcome.error, outcome.error ? outcome.error->message : "");
  json.end_object();
}

}  // namespace

void write_checks_json(std::ostream& out, const ChecksView& view, int exit_code) {
  const check::CheckReport& report = view.report;
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.checks/1");
  json.key("backend").begin_object().member("kind", report.backend.kind);
  json.member("dialect", report.backend.dialect).member("url", report.backend.url).end_object();
  json.member("trace_id", first_trace_id(report)).member("attempts", report.attempts);
  json.member("waited_ns", std::int64_t{report.waited.count()}).key("checks").begin_array();
  for (const Outcome& outcome : report.outcomes) {
    for (const JudgedTrace& judged : outcome.traces) {
      for (const Check& check : judged.checks) {
        write_check(json, check, outcome, judged);
      }
    }
  }
  json.end_array().key("expectations").begin_array();
  for (const Outcome& outcome : report.outcomes) {
    write_expectation(json, outcome, view);
  }
  json.end_array().key("notes").begin_array();
  for (const std::string& note : report.notes) {
    json.value(note);
  }
  json.end_array().key("result").begin_object();
  write_result(json, report.error(), checks_verdict(report));
  json.member("exit_code", exit_code).end_object().end_object();
}

}  // namespace otelctl::report
