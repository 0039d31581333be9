// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"
#include "report/settings.hpp"

namespace otelctl::report {
namespace {

using Type = config::EffectiveValue::Type;

void write_value(JsonWriter& json, const config::EffectiveValue& value) {
  switch (value.type) {
    case Type::null:
    case Type::text:
      json.value(value.text);
      break;
    case Type::raw:
      json.raw(value.text);
      break;
    case Type::list:
      json.begin_array();
      for (const std::string& item : value.items) {
        json.value(item);
      }
      json.end_array();
      break;
    case Type::map:
      json.begin_object().end_object();
      break;
  }
}

}  // namespace

void write_settings_json(std::ostream& out, const config::EffectiveSettings& settings) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.settings/1");
  json.member("file", settings.file).member("kind", config::name_of(settings.kind));
  json.key("settings").begin_array();
  for (const config::EffectiveSetting& setting : settings.settings) {
    json.begin_object().member("path", setting.path()).key("value");
    write_value(json, setting.value);
    json.member("origin", setting.origin).end_object();
  }
  json.end_array().end_object();
}

}  // namespace otelctl::report
