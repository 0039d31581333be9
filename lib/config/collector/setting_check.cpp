// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/setting_check.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/collector/go_duration.hpp"
#include "config/words.hpp"

namespace otelctl::config::collector {
namespace {

constexpr double k_most_count = 4294967295.0;

std::string_view wanted_words(FieldType type) {
  switch (type) {
    case FieldType::boolean:
      return "true or false";
    case FieldType::integer:
    case FieldType::count:
      return "a whole number";
    case FieldType::number:
      return "a number";
    case FieldType::duration:
      return "a duration";
    case FieldType::component_id:
      return "the name of a component";
    case FieldType::text_list:
    case FieldType::map_list:
      return "a list";
    case FieldType::headers:
    case FieldType::map:
    case FieldType::switched_map:
      return "a map";
    case FieldType::any:
    case FieldType::text:
      break;
  }
  return "text";
}

std::string last_name(std::string_view path) {
  return std::string(path.substr(path.rfind('.') + 1));
}

std::vector<Edit> quoted(const yaml::Document& document, yaml::NodeId id) {
  const yaml::Node& node = document.node(id);
  if (node.text.find_first_of("$\"\\\n") != std::string_view::npos) {
    return {};
  }
  return {{node.begin, node.begin, "\""}, {node.end, node.end, "\""}};
}

std::string shown_value(const SettingCase& judged) {
  const std::string path = last_name(judged.place.path);
  return judged.field.name == "header" ? std::string(k_redacted) : shown(judged.value.text, path);
}

class SettingCheck {
 public:
  SettingCheck(const yaml::Document& document, Issues& issues)
      : m_document(document), m_issues(issues) {}

  // Whether the value can be used as one of the field's type.
  bool check(const SettingCase& judged) {
    const ValueType type = judged.value.type;
    switch (judged.field.type) {
      case FieldType::any:
        return true;
      case FieldType::boolean:
        return type == ValueType::boolean ||
               wrong_type(judged, wanted_words(judged.field.type), "write true or false");
      case FieldType::integer:
      case FieldType::count:
      case FieldType::number:
        return check_number(judged);
      case FieldType::duration:
        return check_duration(judged);
      case FieldType::text:
      case FieldType::component_id:
        return check_text(judged);
      case FieldType::text_list:
      case FieldType::headers:
      case FieldType::map:
      case FieldType::switched_map:
      case FieldType::map_list:
        break;
    }
    return check_collection(judged);
  }

 private:
  bool check_collection(const SettingCase& judged) {
    const ValueType type = judged.value.type;
    const bool takes_map =
        is_map_type(judged.field.type) || judged.field.type == FieldType::headers;
    const bool takes_list = !is_map_type(judged.field.type);
    if ((type == ValueType::map && takes_map) || (type == ValueType::list && takes_list) ||
        (type == ValueType::text && judged.field.type == FieldType::text_list)) {
      return true;
    }
    m_issues.add(IssueKind::wrong_kind, judged.place,
                 fmt::format("{}: expected {}, found {}", judged.field.name,
                             wanted_words(judged.field.type), words_of(type)),
                 type == ValueType::list ? "remove the dashes in front of its keys"
                 : takes_map             ? "indent its keys under it"
                                         : "write one item a line, each behind '- '");
    return false;
  }

  bool check_number(const SettingCase& judged) {
    const Value& value = judged.value;
    if (value.type != ValueType::integer && value.type != ValueType::number) {
      return wrong_type(judged, wanted_words(judged.field.type), "write the number without quotes");
    }
    if (judged.field.type == FieldType::number) {
      return true;
    }
    if (judged.field.type == FieldType::count && value.number < 0) {
      m_issues.add(IssueKind::out_of_range, judged.place,
                   fmt::format("{} must not be negative{}", judged.field.name, value.after),
                   "give 0 or more");
      return false;
    }
    if (value.number != std::floor(value.number)) {
      m_issues.add(
          IssueKind::cut_number, judged.place,
          fmt::format("{} is a whole number: the Collector cuts {} down to {}{}", judged.field.name,
                      shown_value(judged), number_words(std::trunc(value.number)), value.after),
          "write a whole number");
    } else if (judged.field.type == FieldType::count && value.number > k_most_count) {
      m_issues.add(
          IssueKind::cut_number, judged.place,
          fmt::format("{} has 32 bits: of {} the Collector keeps {}{}", judged.field.name,
                      shown_value(judged), number_words(std::fmod(value.number, k_most_count + 1)),
                      value.after),
          "write at most 4294967295");
    }
    return true;
  }

  bool check_text(const SettingCase& judged) {
    const Value& value = judged.value;
    const bool is_collection = value.type == ValueType::list || value.type == ValueType::map;
    if (value.type != ValueType::text && (is_collection || !value.is_whole_reference)) {
      return wrong_type(judged, wanted_words(judged.field.type), "quote the value");
    }
    if (judged.field.choices.empty()) {
      return true;
    }
    const auto choices = split(judged.field.choices, ' ');
    const bool is_known = std::any_of(choices.begin(), choices.end(), [&](std::string_view choice) {
      return judged.field.is_exact ? choice == value.text
                                   : equals_ignoring_case(choice, value.text);
    });
    if (is_known || value.text.empty()) {
      return true;
    }
    const std::vector<std::string> known(choices.begin(), choices.end());
    const auto near = nearest(value.text, known);
    m_issues.add(IssueKind::not_a_choice, judged.place,
                 fmt::format("{} {} is not one of {}{}", judged.field.name, shown_value(judged),
                             choice_words(judged.field.choices), value.after),
                 near.empty() ? fmt::format("write {}", choice_words(judged.field.choices))
                              : did_you_mean(value.text, known),
                 near.size() == 1 ? replacement(m_document, judged.node, near.front())
                                  : std::vector<Edit>());
    return false;
  }

  bool check_duration(const SettingCase& judged) {
    const Value& value = judged.value;
    if (value.type == ValueType::integer || value.type == ValueType::number) {
      if (value.number != 0) {
        m_issues.add(IssueKind::bare_duration, judged.place,
                     fmt::format("{} has no unit: the Collector takes {} nanoseconds{}",
                                 judged.field.name, shown_value(judged), value.after),
                     fmt::format("write {0}s or {0}ms", value.text));
      }
      return true;
    }
    if (value.type != ValueType::text) {
      return wrong_type(judged, "a duration", "write it like 200ms, 5s or 1m30s");
    }
    if (read_go_duration(value.text)) {
      return true;
    }
    std::string compact = value.text;
    compact.erase(std::remove(compact.begin(), compact.end(), ' '), compact.end());
    std::vector<Edit> edits;
    if (read_go_duration(compact)) {
      edits = replacement(m_document, judged.node, compact);
    }
    m_issues.add(
        IssueKind::wrong_type, judged.place,
        fmt::format("{}: {} is no duration{}", judged.field.name, shown_value(judged), value.after),
        "write it like 200ms, 5s or 1m30s: the units are ns, us, ms, s, m and h, without spaces",
        std::move(edits));
    return false;
  }

  // Always false: the value cannot be used.
  bool wrong_type(const SettingCase& judged, std::string_view wanted, std::string help) {
    const Value& value = judged.value;
    const yaml::NodeId id = m_document.resolve(judged.node);
    const yaml::Node& node = m_document.node(id);
    const bool is_scalar = node.kind == yaml::NodeKind::scalar;
    std::vector<Edit> edits;
    if (is_scalar && judged.field.type == FieldType::boolean) {
      const std::string lower = to_lower(value.text);
      if (lower == "yes" || lower == "on" || lower == "true") {
        edits = replacement(m_document, id, "true");
      } else if (lower == "no" || lower == "off" || lower == "false") {
        edits = replacement(m_document, id, "false");
      }
      help = "write true or false: quoted text, yes and no are text to the Collector";
    } else if (is_scalar &&
               (judged.field.type == FieldType::integer || judged.field.type == FieldType::count ||
                judged.field.type == FieldType::number)) {
      const ValueType inner = typed(value.text).type;
      if (!node.is_plain() && (inner == ValueType::integer || inner == ValueType::number)) {
        edits = replacement(m_document, id, value.text);
      }
    } else if (is_scalar && node.is_plain() && judged.field.type == FieldType::text) {
      edits = quoted(m_document, id);
    }
    const bool is_shown = is_scalar && !value.text.empty();
    m_issues.add(
        is_scalar || value.type == ValueType::null ? IssueKind::wrong_type : IssueKind::wrong_kind,
        judged.place,
        fmt::format("{}: expected {}, found {}{}{}", judged.field.name, wanted,
                    words_of(value.type), is_shown ? " " + shown_value(judged) : "", value.after),
        std::move(help), std::move(edits));
    return false;
  }

  const yaml::Document& m_document;
  Issues& m_issues;
};

}  // namespace

bool check_setting(const yaml::Document& document, const SettingCase& judged, Issues& issues) {
  return SettingCheck(document, issues).check(judged);
}

std::vector<Edit> replacement(const yaml::Document& document, yaml::NodeId id, std::string text) {
  const yaml::Node& node = document.node(id);
  if (node.kind != yaml::NodeKind::scalar || node.text.find('$') != std::string_view::npos) {
    return {};
  }
  return {{node.begin, node.end, std::move(text)}};
}

}  // namespace otelctl::config::collector
