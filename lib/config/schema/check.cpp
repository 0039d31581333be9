// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/schema/check.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/places.hpp"
#include "config/schema/judge_value.hpp"
#include "config/schema/subject.hpp"
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
  void add(Kind kind, Place where, std::string message, std::string help) {
    m_checked.violations.push_back({kind, std::move(where), std::move(message), std::move(help)});
  }

  void check_one(std::size_t visit, std::vector<Visit>& below) {
    const Subject subject{m_document, m_schema, m_reading, m_checked, visit};
    switch (subject.node().kind) {
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
    if (subject.takes(type)) {
      return true;
    }
    add(Kind::wrong_kind, subject.place(),
        fmt::format("{}: expected {}, found {}", subject.name(),
                    wanted_words(m_schema, subject.rules()), found_words(type)),
        kind_help(subject));
    return false;
  }

  void check_map(const Subject& subject, std::vector<Visit>& below) {
    const Rules& rules = subject.rules();
    const std::vector<yaml::Document::Entry> entries = m_document.entries(subject.visited().node);
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
        add(Kind::missing_key, subject.name_place(),
            fmt::format("{} lacks the key '{}'", subject.name(), name),
            fmt::format("add {}: {}", name, subject.visit == 0 ? "at the top" : "under it"));
      }
    }
    check_key_count(subject, entries);
  }

  void check_key_count(const Subject& subject, const std::vector<yaml::Document::Entry>& entries) {
    const Rules& rules = subject.rules();
    const std::size_t count = entries.size();
    if (count < rules.least_properties.value_or(0)) {
      const std::vector<std::string> names = rules.property_names();
      add(Kind::wrong_count, subject.name_place(), fmt::format("{} is empty", subject.name()),
          names.empty() ? "give it a key" : fmt::format("give it one of {}", any_of_words(names)));
    } else if (count > rules.most_properties.value_or(count)) {
      // The first is as good as the second: point at the one that is too many.
      const yaml::NodeId second = entries[*rules.most_properties].key;
      const std::string_view second_name = m_document.node(second).text;
      add(Kind::wrong_count,
          place_of_key(m_document, second, joined_path(subject.path(), second_name)),
          fmt::format("{} takes one of these at a time, found '{}' beside '{}'", subject.name(),
                      key_words(second_name), key_words(m_document.node(entries.front().key).text)),
          "write each as an item of its own, or indent what belongs to the first under it");
    }
  }

  void report_unknown(const Subject& subject, yaml::NodeId key_id) {
    const yaml::Node& key = m_document.node(key_id);
    const std::string name(key.text);
    std::string help =
        m_reading.explain_key ? m_reading.explain_key(subject.rules(), name) : std::string();
    if (help.empty()) {
      const std::vector<std::string> known = subject.rules().property_names();
      help = did_you_mean(name, known);
      if (help.empty()) {
        help = known.empty() ? "nothing is set under it: remove the key"
                             : fmt::format("the keys here are {}", join(known, ", "));
      }
    }
    const bool is_top = !subject.has_key() && subject.visit == 0;
    add(Kind::unknown_key, place_of_key(m_document, key_id, joined_path(subject.path(), name)),
        fmt::format("unknown key {} {}", shown(name),
                    is_top ? "at the top" : "under " + subject.name()),
        std::move(help));
  }

  void check_list(const Subject& subject, std::vector<Visit>& below) {
    if (!subject.rules().one_of.empty()) {
      return check_alternatives(subject);
    }
    const std::size_t least = subject.rules().least_items.value_or(0);
    if (subject.node().child_count < least) {
      add(Kind::wrong_count, !subject.has_key() ? subject.place() : subject.name_place(),
          fmt::format("{} needs at least {}", subject.name(), counted(least, "item")),
          "give it an item, or remove the key");
    }
    std::uint32_t index = 0;
    for (const yaml::NodeId child : m_document.children(subject.visited().node)) {
      below.push_back({subject.rules().items, yaml::k_no_node, m_document.resolve(child),
                       static_cast<std::uint32_t>(subject.visit), index});
      ++index;
    }
  }

  // The items of a list are held to each alternative as single values: Schema::parse takes no
  // deeper ones.
  void check_alternatives(const Subject& subject) {
    std::vector<Value> values;
    for (const yaml::NodeId child : m_document.children(subject.visited().node)) {
      const yaml::NodeId item = m_document.resolve(child);
      const yaml::NodeKind kind = m_document.node(item).kind;
      if (kind == yaml::NodeKind::map || kind == yaml::NodeKind::sequence) {
        add(Kind::wrong_kind, place_of(m_document, yaml::k_no_node, item, subject.path()),
            fmt::format("{}: a list of single values cannot hold {}", subject.name(),
                        found_words(kind == yaml::NodeKind::map ? Type::map : Type::list)),
            "write single values of one type");
        return;
      }
      values.push_back(m_reading.read_value(item, bit(Type::text), [&] {
        return place_of(m_document, yaml::k_no_node, item, subject.path());
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
    const auto& alternatives = subject.rules().one_of;
    if (std::any_of(alternatives.begin(), alternatives.end(), holds)) {
      return;
    }
    if (values.empty()) {
      add(Kind::wrong_count, subject.place(),
          fmt::format("{} needs at least one item", subject.name()), "give it an item");
    } else {
      add(Kind::wrong_type, subject.place(),
          fmt::format("{}: the items are of several types", subject.name()),
          "write all of them as text, numbers or booleans");
    }
  }

  void check_scalar(const Subject& subject) {
    const Value value = m_reading.read_value(subject.visited().node, subject.rules().types,
                                             [&] { return subject.place(); });
    if (auto violation = judge_value(subject, value)) {
      m_checked.violations.push_back(std::move(*violation));
    }
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
    const std::string_view name =
        each.key == yaml::k_no_node ? std::string_view() : document.node(each.key).text;
    parts.push_back(each.key == yaml::k_no_node
                        ? fmt::format("[{}]", each.index)
                        : "." + std::string(name.substr(0, k_longest_path)));
  }
  std::string path;
  for (auto part = parts.rbegin(); part != parts.rend() && path.size() < k_longest_path; ++part) {
    path += *part;
  }
  path.erase(0, path.starts_with('.') ? 1 : 0);
  return cut_short(std::move(path), k_longest_path);
}

Checked check(const yaml::Document& document, yaml::NodeId root, const Schema& schema,
              const Reading& reading) {
  return Checker(document, schema, reading).run(root);
}

}  // namespace otelctl::config::schema
