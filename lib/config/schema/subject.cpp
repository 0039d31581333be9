// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/schema/subject.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "config/places.hpp"
#include "config/words.hpp"

namespace otelctl::config::schema {

Place Subject::place() const {
  Place found = place_of(document, visited().key, visited().node, path());
  if (found.begin == found.end && !has_key()) {
    // A list's item of which nothing is written: the dash has no node.
    found.end = std::min(found.begin + 1, document.source().size());
  }
  return found;
}

Place Subject::name_place() const {
  if (has_key()) {
    return place_of_key(document, visited().key, path());
  }
  const yaml::NodeId first = node().first_child;
  if (node().kind == yaml::NodeKind::map && first != yaml::k_no_node) {
    return place_of_key(document, document.node(first).key, path());
  }
  return place();
}

std::string Subject::name() const {
  if (has_key()) {
    return key_words(document.node(visited().key).text);
  }
  const std::string whole = path();
  return whole.empty() ? "the file" : key_words(whole.substr(whole.rfind('.') + 1));
}

bool Subject::takes(Type type) const {
  const std::vector<Id>& alternatives = rules().one_of;
  return alternatives.empty()
             ? allows(rules().types, type)
             : std::any_of(alternatives.begin(), alternatives.end(), [&](Id alternative) {
                 return allows(schema.rules(alternative).types, type);
               });
}

std::string kind_help(const Subject& subject) {
  const bool wants_map = (subject.rules().types & bit(Type::map)) != 0;
  const bool wants_list = (subject.rules().types & bit(Type::list)) != 0;
  switch (subject.node().kind) {
    case yaml::NodeKind::map:
      if (wants_list && subject.schema.rules(subject.rules().items).find("value")) {
        return "write each as '- name: NAME' with 'value: VALUE' under it";
      }
      return wants_list ? "write a list: a dash in front of each item"
                        : "write a single value here";
    case yaml::NodeKind::sequence:
      return wants_map ? "remove the dashes in front of its keys" : "write a single value here";
    case yaml::NodeKind::null:
      return wants_map || wants_list ? "indent what belongs to it under it, or remove the key"
                                     : "give it a value, or remove the key";
    case yaml::NodeKind::scalar:
    case yaml::NodeKind::alias:
      break;
  }
  return wants_list ? "write one item a line, each behind '- '" : "indent its keys under it";
}

std::string key_words(std::string_view key) {
  constexpr std::size_t k_longest = 200;
  return escape_for_terminal(cut_short(std::string(key.substr(0, k_longest + 1)), k_longest));
}

}  // namespace otelctl::config::schema
