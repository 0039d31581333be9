// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/schema/check.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/places.hpp"
#include "config/schema/words.hpp"
#include "config/words.hpp"

namespace otelctl::config::schema {
namespace {

using Kind = ViolationKind;

class Checker {
 public:
  Checker(const yaml::Document& document, const Schema& schema, const Reading& reading)
      : m_document(document), m_schema(schema), m_reading(reading) {}

  Checked run(yaml::NodeId root) {
    std::vector<Visit> pending{{m_schema.root(), yaml::k_no_node, root, 0, 0}};
    std::vector<Visit> below;
    while (!pending.empty() && m_checked.violations.size() < k_most_violations) {
      m_checked.visits.push_back(pending.back());
      pending.pop_back();
      below.clear();
      check_one(m_checked.visits.size() - 1, below);
      // The last in is the first out, and the order of the file is wanted.
      pending.insert(pending.end(), below.rbegin(), below.rend());
    }
    return std::move(m_checked);
  }

 private:
  // The value being judged.
  struct Subject {
    std::size_t visit;
    const Rules& rules;
    yaml::NodeId key;
    yaml::NodeId id;
    const yaml::Node& node;
  };

  std::string path_of(std::size_t visit) const { return m_checked.path_of(m_document, visit); }

  Place place(const Subject& subject) const {
    Place found = place_of(m_document, subject.key, subject.id, path_of(subject.visit));
    if (found.begin == found.end && subject.key == yaml::k_no_node) {
      // A list's item of which nothing is written: the dash has no node.
      found.end = std::min(found.begin + 1, m_document.source().size());
    }
    return found;
  }

  // Where a map or a list is named: its key; of a list's item its first key.
  Place name_place(const Subject& subject) const {
    if (subject.key != yaml::k_no_node) {
      return place_of_key(m_document, subject.key, path_of(subject.visit));
    }
    const yaml::NodeId first = subject.node.first_child;
    if (subject.node.kind == yaml::NodeKind::map && first != yaml::k_no_node) {
      return place_of_key(m_document, m_document.node(first).key, path_of(subject.visit));
    }
    return place(subject);
  }

  // What messages call the value: its key, of a list's item "headers[2]".
  std::string name_of(const Subject& subject) const {
    if (subject.key != yaml::k_no_node) {
      return escape_for_terminal(m_document.node(subject.key).text);
    }
    const std::string path = path_of(subject.visit);
    return path.empty() ? "the file" : escape_for_terminal(path.substr(path.rfind('.') + 1));
  }

  void add(Kind kind, Place where, std::string message, std::string help) {
    m_checked.violations.push_back({kind, std::move(where), std::move(message), std::move(help)});
  }

  void check_one(std::size_t visit, std::vector<Visit>& below) {
    const Visit current = m_checked.visits[visit];
    const Subject subject{visit, m_schema.rules(current.schema), current.key, current.node,
                          m_document.node(current.node)};
    switch (subject.node.kind) {
      case yaml::NodeKind::map:
        if (has_kind(subject, Type::map)) {
          check_map(subject, below);
        }
        break;
      case yaml::NodeKind::sequence:
        if (has_kind(subject, Type::list)) {
          check_list(subject, below);
        }
        break;
      case yaml::NodeKind::null:
      case yaml::NodeKind::scalar:
      case yaml::NodeKind::alias:
        check_scalar(subject);
        break;
    }
  }

  bool has_kind(const Subject& subject, Type type) {
    const Rules& rules = subject.rules;
    const bool is_right = rules.one_of.empty()
                              ? allows(rules.types, type)
                              : std::any_of(rules.one_of.begin(), rules.one_of.end(), [&](Id one) {
                                  return allows(m_schema.rules(one).types, type);
                                });
    if (!is_right) {
      add(Kind::wrong_kind, place(subject),
          fmt::format("{}: expected {}, found {}", name_of(subject), wanted_words(m_schema, rules),
                      found_words(type)),
          kind_help(subject));
    }
    return is_right;
  }

  std::string kind_help(const Subject& subject) const {
    const bool wants_map = (subject.rules.types & bit(Type::map)) != 0;
    const bool wants_list = (subject.rules.types & bit(Type::list)) != 0;
    switch (subject.node.kind) {
      case yaml::NodeKind::map:
        if (wants_list && m_schema.rules(subject.rules.items).find("value")) {
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

  void check_map(const Subject& subject, std::vector<Visit>& below) {
    const Rules& rules = subject.rules;
    const std::vector<yaml::Document::Entry> entries = m_document.entries(subject.id);
    for (const yaml::Document::Entry& entry : entries) {
      const yaml::Node& key = m_document.node(entry.key);
      const auto found = rules.find(key.text);
      if (found || !rules.refuses_others) {
        below.push_back({found.value_or(rules.others), entry.key, entry.value,
                         static_cast<std::uint32_t>(subject.visit), 0});
      } else {
        report_unknown(subject, entry.key);
      }
    }
    for (const std::string& name : rules.required) {
      const bool is_there = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
        return m_document.node(entry.key).text == name;
      });
      if (!is_there) {
        add(Kind::missing_key, name_place(subject),
            fmt::format("{} lacks the key '{}'", name_of(subject), name),
            fmt::format("add {}: {}", name, subject.visit == 0 ? "at the top" : "under it"));
      }
    }
    check_key_count(subject, entries);
  }

  void check_key_count(const Subject& subject, const std::vector<yaml::Document::Entry>& entries) {
    const Rules& rules = subject.rules;
    const std::size_t count = entries.size();
    if (count < rules.least_properties.value_or(0)) {
      const std::vector<std::string> names = rules.property_names();
      add(Kind::wrong_count, name_place(subject), fmt::format("{} is empty", name_of(subject)),
          names.empty() ? "give it a key" : fmt::format("give it one of {}", any_of_words(names)));
    } else if (count > rules.most_properties.value_or(count)) {
      // The first is as good as the second: point at the one that is too many.
      const yaml::NodeId second = entries[*rules.most_properties].key;
      const std::string_view second_name = m_document.node(second).text;
      add(Kind::wrong_count,
          place_of_key(m_document, second, joined_path(path_of(subject.visit), second_name)),
          fmt::format("{} takes one of these at a time, found '{}' beside '{}'", name_of(subject),
                      escape_for_terminal(second_name),
                      escape_for_terminal(m_document.node(entries.front().key).text)),
          "write each as an item of its own, or indent what belongs to the first under it");
    }
  }

  void report_unknown(const Subject& subject, yaml::NodeId key_id) {
    const yaml::Node& key = m_document.node(key_id);
    const std::string name(key.text);
    std::string help =
        m_reading.explain_key ? m_reading.explain_key(subject.rules, name) : std::string();
    if (help.empty()) {
      const std::vector<std::string> known = subject.rules.property_names();
      help = did_you_mean(name, known);
      if (help.empty()) {
        help = known.empty() ? "nothing is set under it: remove the key"
                             : fmt::format("the keys here are {}", join(known, ", "));
      }
    }
    const bool is_top = subject.key == yaml::k_no_node && subject.visit == 0;
    add(Kind::unknown_key,
        place_of_key(m_document, key_id, joined_path(path_of(subject.visit), name)),
        fmt::format("unknown key {} {}", shown(name),
                    is_top ? "at the top" : "under " + name_of(subject)),
        std::move(help));
  }

  void check_list(const Subject& subject, std::vector<Visit>& below) {
    if (!subject.rules.one_of.empty()) {
      return check_alternatives(subject);
    }
    const std::size_t least = subject.rules.least_items.value_or(0);
    if (subject.node.child_count < least) {
      add(Kind::wrong_count, subject.key == yaml::k_no_node ? place(subject) : name_place(subject),
          fmt::format("{} needs at least {}", name_of(subject), counted(least, "item")),
          "give it an item, or remove the key");
    }
    std::uint32_t index = 0;
    for (const yaml::NodeId child : m_document.children(subject.id)) {
      below.push_back({subject.rules.items, yaml::k_no_node, m_document.resolve(child),
                       static_cast<std::uint32_t>(subject.visit), index});
      ++index;
    }
  }

  // The items of a list are held to each alternative as single values: Schema::parse takes no
  // deeper ones.
  void check_alternatives(const Subject& subject) {
    std::vector<Value> values;
    for (const yaml::NodeId child : m_document.children(subject.id)) {
      const yaml::NodeId item = m_document.resolve(child);
      const yaml::NodeKind kind = m_document.node(item).kind;
      if (kind == yaml::NodeKind::map || kind == yaml::NodeKind::sequence) {
        add(Kind::wrong_kind, place_of(m_document, yaml::k_no_node, item, path_of(subject.visit)),
            fmt::format("{}: a list of single values cannot hold {}", name_of(subject),
                        found_words(kind == yaml::NodeKind::map ? Type::map : Type::list)),
            "write single values of one type");
        return;
      }
      values.push_back(m_reading.read_value(item, bit(Type::text), [&] {
        return place_of(m_document, yaml::k_no_node, item, path_of(subject.visit));
      }));
    }
    const auto holds = [&](Id alternative) {
      const Rules& rules = m_schema.rules(alternative);
      const Rules& items = m_schema.rules(rules.items);
      return allows(rules.types, Type::list) && values.size() >= rules.least_items.value_or(0) &&
             std::all_of(values.begin(), values.end(), [&](const Value& value) {
               return !value.is_known || allows(items.types, value.type);
             });
    };
    const auto& alternatives = subject.rules.one_of;
    if (std::any_of(alternatives.begin(), alternatives.end(), holds)) {
      return;
    }
    if (values.empty()) {
      add(Kind::wrong_count, place(subject),
          fmt::format("{} needs at least one item", name_of(subject)), "give it an item");
    } else {
      add(Kind::wrong_type, place(subject),
          fmt::format("{}: the items are of several types", name_of(subject)),
          "write all of them as text, numbers or booleans");
    }
  }

  void check_scalar(const Subject& subject) {
    const Rules& rules = subject.rules;
    const Value value =
        m_reading.read_value(subject.id, rules.types, [&] { return place(subject); });
    if (!value.is_known) {
      return;
    }
    const bool is_right = rules.one_of.empty()
                              ? allows(rules.types, value.type)
                              : std::any_of(rules.one_of.begin(), rules.one_of.end(), [&](Id one) {
                                  return allows(m_schema.rules(one).types, value.type);
                                });
    if (!is_right) {
      report_wrong_type(subject, value);
    } else if (value.type == Type::text) {
      check_choice(subject, value);
    } else if (value.type == Type::integer || value.type == Type::number) {
      check_range(subject, value);
    }
  }

  std::string shown_value(const Subject& subject, const Value& value) const {
    const std::string_view key =
        subject.key == yaml::k_no_node ? std::string_view() : m_document.node(subject.key).text;
    const Visit& parent = m_checked.visits[m_checked.visits[subject.visit].parent];
    const bool is_hidden =
        m_reading.hides_value && m_reading.hides_value(m_schema.rules(parent.schema), key);
    return is_hidden ? std::string(k_redacted) : shown(value.text, key);
  }

  void report_wrong_type(const Subject& subject, const Value& value) {
    const Types types = subject.rules.types;
    const bool wants_collection = (types & (bit(Type::map) | bit(Type::list))) != 0;
    const std::string found =
        value.type == Type::null
            ? "null"
            : fmt::format("{} {}", found_words(value.type), shown_value(subject, value));
    Violation violation{wants_collection ? Kind::wrong_kind : Kind::wrong_type,
                        place(subject),
                        fmt::format("{}: expected {}, found {}{}", name_of(subject),
                                    wanted_words(m_schema, subject.rules), found, value.after),
                        {}};
    if (wants_collection && is_missing_colon(subject, value)) {
      const bool is_in_flow = m_document.node(subject.node.parent).style == yaml::Style::flow;
      violation.help = fmt::format("a colon is missing: write {}:", value.text);
      violation.replacement =
          is_in_flow ? fmt::format("{{{}: }}", value.text) : fmt::format("{}:", value.text);
    } else if (wants_collection || value.type == Type::null) {
      violation.help = kind_help(subject);
    } else if (allows(types, Type::text)) {
      violation.help = value.is_from_variable ? "put the reference in quotes" : "put it in quotes";
      violation.replacement = fmt::format("\"{}\"", subject.node.text);
    } else {
      violation.help = scalar_help(subject, value);
    }
    m_checked.violations.push_back(std::move(violation));
  }

  // "- tracecontext" where "- tracecontext:" is meant.
  bool is_missing_colon(const Subject& subject, const Value& value) const {
    return value.type == Type::text && !value.is_from_variable && subject.node.is_plain() &&
           subject.key == yaml::k_no_node && subject.node.parent != yaml::k_no_node &&
           subject.rules.find(value.text).has_value();
  }

  static std::string scalar_help(const Subject& subject, const Value& value) {
    const Types types = subject.rules.types;
    if (!subject.node.is_plain()) {
      return "remove the quotes: in quotes it is text";
    }
    if ((types & bit(Type::boolean)) != 0) {
      return "write true or false";
    }
    if (value.type == Type::number) {
      return "write a whole number";
    }
    return (types & bit(Type::integer)) != 0 ? "write digits only, without a unit"
                                             : "write it like 0.1";
  }

  // The choice that is meant: near by spelling, or the beginning of what is written ("warning").
  static std::string choice_help(const std::vector<std::string>& choices, const std::string& text) {
    std::string near = did_you_mean(text, choices);
    if (!near.empty()) {
      return near;
    }
    const std::string* longest = nullptr;
    for (const std::string& choice : choices) {
      if (text.starts_with(choice) && (longest == nullptr || choice.size() > longest->size())) {
        longest = &choice;
      }
    }
    return longest != nullptr ? fmt::format("did you mean '{}'?", *longest)
                              : fmt::format("write {}", any_of_words(choices));
  }

  void check_choice(const Subject& subject, const Value& value) {
    constexpr std::size_t k_most_listed = 8;
    const auto& choices = subject.rules.choices;
    if (choices.empty() || std::find(choices.begin(), choices.end(), value.text) != choices.end()) {
      return;
    }
    const std::string known = choices.size() <= k_most_listed
                                  ? any_of_words(choices)
                                  : fmt::format("the {} known names", choices.size());
    Violation violation{
        Kind::not_a_choice, place(subject),
        fmt::format("{} is not one of {}{}", shown_value(subject, value), known, value.after),
        choice_help(choices, value.text)};
    const auto other_case = std::find_if(
        choices.begin(), choices.end(),
        [&](const std::string& choice) { return equals_ignoring_case(choice, value.text); });
    if (other_case != choices.end()) {
      violation.help = fmt::format("names are lower case here: {}", *other_case);
      if (!value.is_from_variable) {
        violation.replacement = *other_case;
      }
    }
    m_checked.violations.push_back(std::move(violation));
  }

  void check_range(const Subject& subject, const Value& value) {
    const Rules& rules = subject.rules;
    const bool is_low = (rules.least && !(value.number >= *rules.least)) ||
                        (rules.above && !(value.number > *rules.above));
    const bool is_high = rules.most && !(value.number <= *rules.most);
    if (!is_low && !is_high) {
      return;
    }
    std::string range;
    std::string help;
    if (rules.least && rules.most) {
      range =
          fmt::format("between {} and {}", number_words(*rules.least), number_words(*rules.most));
      help = fmt::format("write a number {}", range);
    } else if (rules.above) {
      range = fmt::format("above {}", number_words(*rules.above));
      help = fmt::format("write a number {}", range);
    } else if (is_low) {
      range = fmt::format("at least {}", number_words(*rules.least));
      help = fmt::format("write {} or more", number_words(*rules.least));
    } else {
      range = fmt::format("at most {}", number_words(*rules.most));
      help = fmt::format("write {} or less", number_words(*rules.most));
    }
    add(Kind::out_of_range, place(subject),
        fmt::format("{} must be {}, not {}{}", name_of(subject), range, shown_value(subject, value),
                    value.after),
        std::move(help));
  }

  const yaml::Document& m_document;
  const Schema& m_schema;
  const Reading& m_reading;
  Checked m_checked;
};

}  // namespace

std::string Checked::path_of(const yaml::Document& document, std::size_t visit) const {
  std::vector<std::string> parts;
  for (std::size_t at = visit; at != 0; at = visits[at].parent) {
    const Visit& each = visits[at];
    parts.push_back(each.key == yaml::k_no_node ? fmt::format("[{}]", each.index)
                                                : "." + std::string(document.node(each.key).text));
  }
  std::string path;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    path += *part;
  }
  return path.starts_with('.') ? path.substr(1) : path;
}

Checked check(const yaml::Document& document, yaml::NodeId root, const Schema& schema,
              const Reading& reading) {
  return Checker(document, schema, reading).run(root);
}

}  // namespace otelctl::config::schema
