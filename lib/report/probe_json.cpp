// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <type_traits>

#include "base/json_writer.hpp"
#include "report/probe.hpp"

namespace otelctl::report {
namespace {

void write_strings(JsonWriter& json, const std::vector<std::string>& texts) {
  json.begin_array();
  for (const std::string& text : texts) {
    json.value(text);
  }
  json.end_array();
}

void write_fact(JsonWriter& json, const probe::Fact& fact) {
  json.key(fact.name);
  std::visit(
      [&](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
          write_strings(json, value);
        } else {
          json.value(value);
        }
      },
      fact.value);
}

void write_stage(JsonWriter& json, const probe::Stage& stage) {
  json.begin_object();
  json.member("name", stage.name).member("status", name_of(stage.status));
  json.member("duration_ns", std::int64_t{stage.duration.count()});
  json.member("message", stage.message).member("hint", stage.hint);
  json.key("facts").begin_object();
  for (const probe::Fact& fact : stage.facts) {
    write_fact(json, fact);
  }
  json.end_object().end_object();
}

}  // namespace

void write_probe_members(JsonWriter& json, const probe::ProbeReport& report) {
  json.key("target").begin_object();
  json.member("endpoint", report.endpoint).member("protocol", report.protocol);
  json.member("signal", report.signal).end_object();
  json.key("settings").begin_array();
  for (const settings::Setting& setting : report.settings) {
    json.begin_object().member("name", setting.name).member("value", setting.value);
    json.member("origin", setting.origin).key("shadowed");
    write_strings(json, setting.shadowed);
    json.end_object();
  }
  json.end_array().key("notes");
  write_strings(json, report.notes);
  json.key("stages").begin_array();
  for (const probe::Stage& stage : report.stages) {
    write_stage(json, stage);
  }
  json.end_array();
}

void write_probe_result(JsonWriter& json, const probe::ProbeReport& report, int exit_code) {
  json.key("result").begin_object();
  json.member("ok", report.ok()).member("exit_code", exit_code);
  json.member("kind", report.error ? name_of(report.error->kind) : std::string_view());
  json.member("message", probe_verdict(report));
  json.member("hint", report.error ? report.error->hint : std::string());
  json.member("attempts", report.attempts);
  json.member("waited_ns", std::int64_t{report.waited.count()});
  json.end_object();
}

void write_probe_json(std::ostream& out, const probe::ProbeReport& report, int exit_code) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.probe/1");
  write_probe_members(json, report);
  write_probe_result(json, report, exit_code);
  json.end_object();
}

}  // namespace otelctl::report
