// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"
#include "report/trace_diff.hpp"

namespace otelctl::report {
namespace {

void write_spans(JsonWriter& json, std::string_view name,
                 const std::vector<trace::DiffSpan>& spans) {
  json.key(name).begin_array();
  for (const trace::DiffSpan& span : spans) {
    json.begin_object().member("path", span.path).member("service", span.service);
    json.member("name", span.name).member("kind", name_of(span.kind));
    json.member("count", std::uint64_t{span.traces});
    json.member("span_count", std::uint64_t{span.spans});
    json.member("duration_ns", span.duration.count());
    json.member("errors", std::uint64_t{span.errors}).end_object();
  }
  json.end_array();
}

void write_changes(JsonWriter& json, const std::vector<trace::DiffChange>& changes) {
  json.key("changed").begin_array();
  for (const trace::DiffChange& change : changes) {
    json.begin_object().member("path", change.path).member("service", change.service);
    json.member("name", change.name);
    json.member("count_a", std::uint64_t{change.count_a});
    json.member("count_b", std::uint64_t{change.count_b});
    json.member("duration_a_ns", change.duration_a.count());
    json.member("duration_b_ns", change.duration_b.count());
    json.member("change_percent", change.change_percent);
    json.member("errors_a", std::uint64_t{change.errors_a});
    json.member("errors_b", std::uint64_t{change.errors_b});
    json.member("new_errors", change.has_new_errors);
    json.member("sure", change.is_time_sure).end_object();
  }
  json.end_array();
}

void write_side(JsonWriter& json, std::string_view name, const DiffOrigin& origin,
                const trace::DiffSide& side) {
  json.key(name).begin_object().member("reference", origin.reference);
  json.key("backend").begin_object().member("kind", origin.backend.kind);
  json.member("dialect", origin.backend.dialect).member("url", origin.backend.url).end_object();
  json.key("trace_ids").begin_array();
  for (const std::string& id : origin.trace_ids) {
    json.value(id);
  }
  json.end_array().member("duration_ns", side.duration.count());
  json.member("span_count", std::uint64_t{side.spans});
  json.member("error_count", std::uint64_t{side.errors}).end_object();
}

void write_result(JsonWriter& json, const TraceDiffReport& report, int exit_code) {
  json.key("result").begin_object().member("ok", exit_code == 0);
  json.member("exit_code", exit_code).member("fail_on", report.limits);
  json.key("failed").begin_array();
  for (const trace::DiffBreach& breach : report.breaches) {
    json.begin_object().member("limit", breach.limit).member("message", breach.message);
    json.member("count", std::uint64_t{breach.count}).end_object();
  }
  json.end_array().member("message", diff_verdict(report)).member("hint", "").end_object();
}

}  // namespace

void write_trace_diff_json(std::ostream& out, const TraceDiffReport& report, int exit_code) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.diff/1");
  write_side(json, "a", report.a, report.diff.a);
  write_side(json, "b", report.b, report.diff.b);
  json.member("samples_a", std::uint64_t{report.diff.a.samples});
  json.member("samples_b", std::uint64_t{report.diff.b.samples});
  json.key("notes").begin_array();
  for (const std::string& note : report.notes) {
    json.value(note);
  }
  json.end_array();
  write_spans(json, "added", report.diff.added);
  write_spans(json, "removed", report.diff.removed);
  write_changes(json, report.diff.changed);
  json.member("unchanged", std::uint64_t{report.diff.unchanged});
  json.member("rare", std::uint64_t{report.diff.rare});
  write_result(json, report, exit_code);
  json.end_object();
}

}  // namespace otelctl::report
