// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/schema/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "config/words.hpp"

namespace otelctl::config::schema {
namespace {

void add_once(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(std::move(name));
  }
}

void add_types(std::vector<std::string>& names, Types types) {
  constexpr std::array<std::pair<Type, std::string_view>, 6> k_words{{
      {Type::boolean, "true or false"},
      {Type::integer, "a whole number"},
      {Type::number, "a number"},
      {Type::text, "text"},
      {Type::list, "a list"},
      {Type::map, "a map"},
  }};
  for (const auto& [type, words] : k_words) {
    if ((types & bit(type)) != 0) {
      add_once(names, std::string(words));
    }
  }
}

}  // namespace

std::string wanted_words(const Schema& schema, const Rules& rules) {
  std::vector<std::string> names;
  add_types(names, rules.types);
  for (const Id alternative : rules.one_of) {
    add_types(names, schema.rules(alternative).types);
  }
  if (names.empty()) {
    names.emplace_back(rules.types == bit(Type::null) ? "nothing" : "another value");
  }
  return any_of_words(names);
}

std::string_view found_words(Type type) {
  switch (type) {
    case Type::null:
      return "null";
    case Type::boolean:
      return "the boolean";
    case Type::integer:
    case Type::number:
      return "the number";
    case Type::list:
      return "a list";
    case Type::map:
      return "a map";
    case Type::text:
      break;
  }
  return "text";
}

}  // namespace otelctl::config::schema
