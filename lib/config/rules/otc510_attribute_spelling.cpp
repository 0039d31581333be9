// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cctype>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

bool is_lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// Lower case parts of letters, digits and '_', each beginning with a letter, dots between them.
bool is_well_spelt(std::string_view name) {
  char before = '.';
  for (const char c : name) {
    const bool begins_badly = before == '.' && (c < 'a' || c > 'z');
    if (begins_badly || !(is_lower_or_digit(c) || c == '_' || c == '.')) {
      return false;
    }
    before = c;
  }
  return before != '.';
}

// "agentmap.runId" -> "agentmap.run_id"; empty when no such name comes out.
std::string respelt(std::string_view name) {
  std::string result;
  char before = '.';
  for (const char c : name) {
    const char last = result.empty() ? '.' : result.back();
    if (is_upper(c)) {
      if (is_lower_or_digit(before)) {
        result += '_';
      }
      result += static_cast<char>(c - 'A' + 'a');
    } else if (c == '-' || c == ' ' || c == '/' || c == ':') {
      result += last == '.' || last == '_' ? "" : "_";
    } else {
      result += c;
    }
    before = c;
  }
  return is_well_spelt(result) ? result : std::string();
}

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& use : subject.attributes) {
    const std::string& name = use.item.name;
    // Names without a dot are OTC505's, and some of the conventions end in a part of the user's.
    if (!use.is_written || is_well_spelt(name) || name.find('.') == std::string::npos ||
        look_up_attribute(name).status != AttributeStatus::unknown) {
      continue;
    }
    const std::string better = respelt(name);
    report.add(name_place(use),
               fmt::format("attribute {} is not spelt as the conventions do", shown(name)),
               better.empty() ? "write lower case words with dots between them"
                              : fmt::format("write {}", better));
  }
}

}  // namespace

Rule otc510_attribute_spelling() {
  return {
      .code = "OTC510",
      .name = "attribute-spelling",
      .severity = Severity::info,
      .summary = "An attribute is not in lower case with dots",
      .rationale =
          "The conventions spell names in lower case, words joined by '_' and namespaces by dots; "
          "backends compare them exactly.",
      .bad = R"(resource_attributes:
  agentmap.runId: a1
)",
      .good = R"(resource_attributes:
  agentmap.run_id: a1
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
