// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/schema/schema.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace otelctl::config::schema {
namespace {

namespace json = boost::json;

constexpr std::string_view k_definitions = "#/$defs/";

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

std::optional<Type> type_called(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Type>, 7> k_names{{
      {"null", Type::null},
      {"boolean", Type::boolean},
      {"integer", Type::integer},
      {"number", Type::number},
      {"string", Type::text},
      {"array", Type::list},
      {"object", Type::map},
  }};
  const auto* const found = std::find_if(k_names.begin(), k_names.end(),
                                         [&](const auto& entry) { return entry.first == name; });
  return found == k_names.end() ? std::nullopt : std::optional(found->second);
}

bool is_annotation(std::string_view keyword) {
  constexpr std::array<std::string_view, 9> k_annotations{"$schema", "$id",      "$comment",
                                                          "$defs",   "title",    "description",
                                                          "default", "examples", "deprecated"};
  return std::find(k_annotations.begin(), k_annotations.end(), keyword) != k_annotations.end();
}

}  // namespace

// Works through the schema with a list of what is still to be read, not by recursion.
class Compiler {
 public:
  Result<Schema> compile(const json::value& root) {
    m_schema.m_rules.emplace_back();
    if (root.is_object()) {
      if (const json::value* definitions = root.as_object().if_contains("$defs")) {
        enter_definitions(*definitions);
      }
    }
    m_schema.m_root = enter(root);
    while (!m_pending.empty() && !m_error) {
      const Pending next = m_pending.back();
      m_pending.pop_back();
      read(*next.json, next.id);
    }
    check_alternatives();
    if (m_error) {
      return fail(std::move(*m_error));
    }
    return std::move(m_schema);
  }

 private:
  struct Pending {
    const json::value* json;
    Id id;
  };

  void complain(std::string message) {
    if (!m_error) {
      m_error = Error{ErrorKind::internal, "schema: " + std::move(message)};
    }
  }

  Rules& rules(Id id) { return m_schema.m_rules[id]; }

  void enter_definitions(const json::value& definitions) {
    if (!definitions.is_object()) {
      return complain("$defs is not an object");
    }
    for (const auto& entry : definitions.as_object()) {
      const Id id = add(entry.value());
      rules(id).name = std::string(entry.key());
      m_definitions.emplace(rules(id).name, id);
    }
  }

  Id add(const json::value& schema) {
    const Id id = static_cast<Id>(m_schema.m_rules.size());
    m_schema.m_rules.emplace_back();
    m_pending.push_back({&schema, id});
    return id;
  }

  // The schema's index: of a reference what it names, else a new one.
  Id enter(const json::value& schema) {
    if (schema.is_bool() && schema.as_bool()) {
      return k_anything;
    }
    if (!schema.is_object()) {
      complain("a schema is not an object");
      return k_anything;
    }
    const json::value* reference = schema.as_object().if_contains("$ref");
    if (reference == nullptr) {
      return add(schema);
    }
    const std::string_view name = reference->is_string() ? view(reference->as_string()) : "";
    const auto found = name.starts_with(k_definitions)
                           ? m_definitions.find(name.substr(k_definitions.size()))
                           : m_definitions.end();
    if (found == m_definitions.end()) {
      complain(fmt::format("the reference '{}' leads nowhere", name));
      return k_anything;
    }
    return found->second;
  }

  void read(const json::value& schema, Id id) {
    if (!schema.is_object()) {
      return complain("a schema is not an object");
    }
    for (const auto& entry : schema.as_object()) {
      const std::string_view keyword(entry.key().data(), entry.key().size());
      if (!is_annotation(keyword) && !read_structure(keyword, entry.value(), id) &&
          !read_bound(keyword, entry.value(), id)) {
        complain(fmt::format("the keyword '{}' is not known or has an unusual value", keyword));
      }
    }
  }

  bool read_structure(std::string_view keyword, const json::value& value, Id id) {
    if (keyword == "type") {
      return read_types(value, id);
    }
    if (keyword == "properties" && value.is_object()) {
      for (const auto& entry : value.as_object()) {
        Property property{std::string(entry.key()), enter(entry.value())};
        rules(id).properties.push_back(std::move(property));
      }
      return true;
    }
    if (keyword == "additionalProperties") {
      const bool refuses = value.is_bool() && !value.as_bool();
      rules(id).refuses_others = refuses;
      const Id others = refuses ? k_anything : enter(value);
      rules(id).others = others;
      return true;
    }
    if (keyword == "items") {
      const Id items = enter(value);
      rules(id).items = items;
      return true;
    }
    if (keyword == "oneOf" && value.is_array()) {
      for (const json::value& alternative : value.as_array()) {
        const Id one = enter(alternative);
        rules(id).one_of.push_back(one);
      }
      return true;
    }
    if (keyword == "required") {
      return read_strings(value, rules(id).required);
    }
    return keyword == "enum" && read_strings(value, rules(id).choices);
  }

  bool read_types(const json::value& value, Id id) {
    std::vector<std::string> names;
    if (value.is_string()) {
      names.emplace_back(view(value.as_string()));
    } else if (!read_strings(value, names)) {
      return false;
    }
    for (const std::string& name : names) {
      const auto type = type_called(name);
      if (!type) {
        return false;
      }
      rules(id).types = static_cast<Types>(rules(id).types | bit(*type));
    }
    return true;
  }

  static bool read_strings(const json::value& value, std::vector<std::string>& strings) {
    if (!value.is_array()) {
      return false;
    }
    for (const json::value& item : value.as_array()) {
      // A null beside the names says what the type says already.
      if (item.is_null()) {
        continue;
      }
      if (!item.is_string()) {
        return false;
      }
      strings.emplace_back(view(item.as_string()));
    }
    return true;
  }

  bool read_bound(std::string_view keyword, const json::value& value, Id id) {
    if (!value.is_number()) {
      return false;
    }
    const double number = value.to_number<double>();
    Rules& target = rules(id);
    if (keyword == "minimum") {
      target.least = number;
    } else if (keyword == "exclusiveMinimum") {
      target.above = number;
    } else if (keyword == "maximum") {
      target.most = number;
    } else if (number < 0) {
      return false;
    } else if (keyword == "minItems") {
      target.least_items = static_cast<std::size_t>(number);
    } else if (keyword == "minProperties") {
      target.least_properties = static_cast<std::size_t>(number);
    } else if (keyword == "maxProperties") {
      target.most_properties = static_cast<std::size_t>(number);
    } else {
      return false;
    }
    return true;
  }

  // Alternatives are single values and lists of them, told apart by type: so much the check knows.
  void check_alternatives() {
    for (const Rules& each : m_schema.m_rules) {
      for (const Id one : each.one_of) {
        const Rules& alternative = rules(one);
        const Rules& items = rules(alternative.items);
        const bool is_simple = alternative.properties.empty() && alternative.one_of.empty() &&
                               alternative.types != 0 && alternative.choices.empty() &&
                               items.properties.empty() && items.one_of.empty() &&
                               items.items == k_anything;
        if (!is_simple) {
          complain("an alternative of oneOf is more than a type");
        }
      }
    }
  }

  Schema m_schema;
  std::map<std::string, Id, std::less<>> m_definitions;
  std::vector<Pending> m_pending;
  std::optional<Error> m_error;
};

std::optional<Id> Rules::find(std::string_view property) const {
  const auto found = std::find_if(properties.begin(), properties.end(),
                                  [&](const Property& each) { return each.name == property; });
  return found == properties.end() ? std::nullopt : std::optional(found->schema);
}

std::vector<std::string> Rules::property_names() const {
  std::vector<std::string> names;
  names.reserve(properties.size());
  std::transform(properties.begin(), properties.end(), std::back_inserter(names),
                 [](const Property& property) { return property.name; });
  return names;
}

Result<Schema> Schema::parse(std::string_view text) {
  json::error_code error;
  // The strings are copied out of it, so one block of memory may hold the whole of it meanwhile.
  json::monotonic_resource memory;
  const json::value root = json::parse({text.data(), text.size()}, error, &memory);
  if (error) {
    return fail(ErrorKind::internal, "schema: " + error.message());
  }
  return Compiler().compile(root);
}

}  // namespace otelctl::config::schema
