// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"
#include "report/rules.hpp"

namespace otelctl::report {
namespace {

void write_members(JsonWriter& json, const config::Rule& rule) {
  json.member("code", rule.code)
      .member("name", rule.name)
      .member("severity", config::name_of(rule.severity))
      .member("summary", rule.summary)
      .key("kinds")
      .begin_array();
  for (const config::Kind kind : config::k_kinds) {
    if (rule.kinds.contains(kind)) {
      json.value(config::name_of(kind));
    }
  }
  json.end_array().member("fixable", rule.is_fixable);
}

}  // namespace

void write_rules_json(std::ostream& out) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.rules/1").key("rules").begin_array();
  for (const config::Rule& rule : config::all_rules()) {
    json.begin_object();
    write_members(json, rule);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_rule_json(std::ostream& out, const config::Rule& rule) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.rule/1");
  write_members(json, rule);
  json.member("rationale", rule.rationale).member("bad", rule.bad).member("good", rule.good);
  json.end_object();
}

}  // namespace otelctl::report
