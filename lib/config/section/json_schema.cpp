// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/json_schema.hpp"

#include <cmath>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "config/section/key_descriptions.hpp"
#include "config/section/section_schema.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_draft = "https://json-schema.org/draft/2020-12/schema";
// By the grammar of the specification (configuration/data-model.md).
constexpr std::string_view k_reference = R"(\$\{(env:)?[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\})";
constexpr std::string_view k_http_url = "^[hH][tT][tT][pP][sS]?://[^/]";

class SchemaWriter {
 public:
  explicit SchemaWriter(std::ostream& out) : m_json(out) {}

  void write(const std::string& name) {
    m_json.begin_object().member("$schema", k_draft);
    m_json.member("title", "Settings of OpenTelemetry in an application's file");
    if (name == "-") {
      m_json.member("$ref", "#/$defs/section");
    } else {
      write_host(name);
    }
    m_json.key("$defs").begin_object().key("reference").begin_object();
    m_json.member("description", "Text with a variable in it: ${NAME} or ${NAME:-default}");
    m_json.member("type", "string").member("pattern", k_reference).end_object();
    m_json.key("section");
    write_map(Key::section);
    m_json.end_object().end_object();
  }

 private:
  // The maps around the section, each with one key that matters.
  void write_host(const std::string& name) {
    const std::vector<std::string_view> parts = split(name, '.');
    for (const std::string_view part : parts) {
      m_json.member("type", "object").key("required").begin_array().value(part).end_array();
      m_json.key("properties").begin_object().key(part).begin_object();
    }
    m_json.member("$ref", "#/$defs/section");
    for (std::size_t index = 0; index < parts.size(); ++index) {
      m_json.end_object().end_object();
    }
  }

  // The table is as deep as it is: four maps.
  void write_map(Key map) {  // NOLINT(misc-no-recursion)
    m_json.begin_object();
    write_head(spec_of(map));
    m_json.member("type", "object").member("additionalProperties", false);
    m_json.key("properties").begin_object();
    for (const KeySpec& spec : section_keys().subspan(1)) {
      if (spec.parent != map) {
        continue;
      }
      m_json.key(spec.name);
      if (spec.type == ValueType::map) {
        write_map(spec.key);
      } else {
        write_value(spec);
      }
    }
    m_json.end_object().end_object();
  }

  void write_head(const KeySpec& spec) {
    m_json.member("description", description_of(spec.key));
    if (is_deprecated(spec.key)) {
      m_json.member("deprecated", true);
    }
  }

  void write_value(const KeySpec& spec) {
    m_json.begin_object();
    write_head(spec);
    switch (spec.type) {
      case ValueType::map:
        break;
      case ValueType::boolean:
        m_json.member("default", spec.default_value == "true");
        write_either([&] { m_json.member("type", "boolean"); });
        break;
      case ValueType::integer:
      case ValueType::number:
        m_json.key("default").raw(spec.default_value);
        write_either([&] { write_number(spec); });
        break;
      case ValueType::text:
        m_json.member("default", spec.default_value);
        write_text(spec);
        break;
      case ValueType::text_list:
        write_list(spec);
        break;
      case ValueType::text_map:
        m_json.key("default").begin_object().end_object();
        m_json.member("type", "object").key("additionalProperties").begin_object();
        m_json.member("type", "string").end_object();
        break;
    }
    m_json.end_object();
  }

  // The value itself, or text from a variable.
  template <typename Write>
  void write_either(const Write& write) {
    m_json.key("anyOf").begin_array().begin_object();
    write();
    m_json.end_object().begin_object().member("$ref", "#/$defs/reference");
    m_json.end_object().end_array();
  }

  void write_bound(std::string_view name, double bound) {
    if (bound == std::floor(bound)) {
      m_json.member(name, static_cast<std::int64_t>(bound));
    } else {
      m_json.member(name, bound);
    }
  }

  void write_number(const KeySpec& spec) {
    m_json.member("type", spec.type == ValueType::integer ? "integer" : "number");
    write_bound("minimum", spec.least);
    write_bound("maximum", spec.most);
  }

  void write_choices(std::string_view choices) {
    m_json.key("enum").begin_array();
    for (const std::string_view choice : split(choices, ' ')) {
      m_json.value(choice);
    }
    m_json.end_array();
  }

  void write_text(const KeySpec& spec) {
    if (!spec.choices.empty()) {
      write_either([&] { write_choices(spec.choices); });
    } else if (spec.key == Key::endpoint) {
      write_either([&] { m_json.member("type", "string").member("pattern", k_http_url); });
    } else {
      m_json.member("type", "string");
      if (spec.least > 0) {
        write_bound("minLength", spec.least);
      }
      write_bound("maxLength", spec.most);
    }
  }

  void write_list(const KeySpec& spec) {
    m_json.key("default").begin_array();
    for (const std::string_view item : split(spec.default_value, ' ')) {
      m_json.value(item);
    }
    m_json.end_array().member("type", "array").member("uniqueItems", true);
    m_json.key("items").begin_object();
    write_either([&] { write_choices(spec.choices); });
    m_json.end_object();
  }

  JsonWriter m_json;
};

}  // namespace

void write_section_schema(std::ostream& out, const std::string& name) {
  SchemaWriter(out).write(name);
}

}  // namespace otelctl::config
