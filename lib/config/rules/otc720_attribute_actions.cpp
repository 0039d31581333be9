// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

using collector::Component;
using collector::Settings;

class Check {
 public:
  Check(const Component& processor, std::string item, Reporter& report)
      : m_processor(processor), m_item(std::move(item)), m_report(report) {}

  void run() {
    const std::string action = to_lower(text("action"));
    if (is_unknown()) {
      return;
    }
    const bool may_lack_key = (action == "delete" || action == "hash") && has("pattern");
    if (!has("key") && !may_lack_key) {
      add("key", "the action has no key", "write key: NAME");
    } else if (action == "insert" || action == "update" || action == "upsert") {
      check_write(action);
    } else if (action == "delete" || action == "hash") {
      none_of(action, {"value", "from_attribute", "converted_type"});
    } else if (action == "extract") {
      none_of(action, {"value", "from_attribute", "from_context", "converted_type"});
      needs(action, "pattern");
    } else if (action == "convert") {
      none_of(action, {"value", "from_attribute", "from_context", "pattern"});
      check_conversion();
    } else {
      static const std::vector<std::string> k_actions{"insert", "update",  "upsert", "delete",
                                                      "hash",   "extract", "convert"};
      const std::string near = did_you_mean(action, k_actions);
      add("action",
          action.empty() ? "the action is not named"
                         : fmt::format("{} is no action", shown(text("action"))),
          near.empty() ? "the actions are " + join(k_actions, ", ") : near);
    }
  }

 private:
  void check_write(const std::string& action) {
    const int sources = static_cast<int>(m_processor.settings.is_given(at("value"))) +
                        static_cast<int>(has("from_attribute")) +
                        static_cast<int>(has("from_context"));
    if (sources == 0 && !m_processor.settings.is_given(at("default_value"))) {
      add("key", fmt::format("the action {} has no value", action),
          "write value, from_attribute or from_context");
    } else if (sources > 1) {
      add("key", fmt::format("the action {} has several sources of its value", action),
          "keep one of value, from_attribute and from_context");
    }
    none_of(action, {"pattern", "converted_type"});
  }

  void check_conversion() {
    const std::string type = text("converted_type");
    if (type.empty()) {
      needs("convert", "converted_type");
    } else if (type != "string" && type != "int" && type != "double") {
      add("converted_type", fmt::format("{} is no type to convert to", shown(type)),
          "write string, int or double");
    }
  }

  void needs(std::string_view action, std::string_view key) {
    if (!has(key)) {
      add(key, fmt::format("the action {} has no {}", action, key), fmt::format("add {}", key));
    }
  }

  void none_of(std::string_view action, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
      if (has(key)) {
        add(key, fmt::format("the action {} takes no {}", action, key), "remove it");
      }
    }
  }

  std::string at(std::string_view key) const { return m_item + "." + std::string(key); }
  // An empty text counts as missing.
  bool has(std::string_view key) const {
    return m_processor.settings.is_given(at(key)) &&
           (key == "value" || !text(key).empty() || m_processor.settings.is_unknown(at(key)));
  }
  std::string text(std::string_view key) const {
    return m_processor.settings.text(at(key)).value_or("");
  }
  bool is_unknown() const {
    return m_processor.settings.is_unknown(m_item) ||
           m_processor.settings.is_unknown(at("action")) ||
           m_processor.settings.is_unknown(at("key"));
  }
  void add(std::string_view key, std::string message, std::string help) {
    const Place& item = m_processor.settings.place(m_item, m_processor.place);
    m_report.add(m_processor.settings.place(at(key), m_processor.settings.place(at("key"), item)),
                 std::move(message), std::move(help));
  }

  const Component& m_processor;
  std::string m_item;
  Reporter& m_report;
};

void check_all(const Component& processor, const std::string& list, Reporter& report) {
  const Settings& settings = processor.settings;
  if (processor.is_unknown || settings.is_unknown(list)) {
    return;
  }
  if (settings.find(list + "[0]") == nullptr) {
    report.add(settings.place(list, processor.place),
               fmt::format("the processor {} has no {}", shown(processor.id), list),
               fmt::format("write {}: with - key, action and value", list));
    return;
  }
  for (std::size_t index = 0; processor.is_used(); ++index) {
    const std::string item = fmt::format("{}[{}]", list, index);
    if (settings.find(item) == nullptr) {
      return;
    }
    Check(processor, item, report).run();
  }
}

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const Component* const each :
       model.of_types(collector::Section::processors, {"attributes"})) {
    check_all(*each, "actions", report);
  }
  for (const Component* const each : model.of_types(collector::Section::processors, {"resource"})) {
    check_all(*each, "attributes", report);
  }
}

}  // namespace

Rule otc720_attribute_actions() {
  return {
      .code = "OTC720",
      .name = "attribute-actions",
      .severity = Severity::error,
      .summary = "An action of an attributes or resource processor is not whole",
      .rationale =
          "insert, update and upsert have one source of the value, extract has a pattern, convert "
          "has a converted_type; the Collector refuses anything else where the processor is in a "
          "pipeline.",
      .bad = R"(attributes:
  - {key: host.name, action: upsert}
)",
      .good = R"(attributes:
  - {key: host.name, action: upsert, value: a}
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
