// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/words.hpp"
#include "report/settings.hpp"

namespace otelctl::report {
namespace {

using config::EffectiveSetting;
using config::PathPart;
using Type = config::EffectiveValue::Type;

// A dollar sign is doubled, as a reader of the file would take what follows for a reference.
std::string quoted(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    escaped += c;
    if (c == '$') {
      escaped += c;
    }
  }
  return config::yaml_quoted(escaped);
}

// A word that no reader of YAML takes for anything but text, and others in quotes.
std::string key_text(std::string_view name) {
  constexpr std::string_view k_plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./";
  static const std::vector<std::string_view> k_other{"y",   "n",    "yes",   "no",  "on",
                                                     "off", "true", "false", "null"};
  const bool is_word = !name.empty() && name.find_first_not_of(k_plain) == std::string_view::npos &&
                       name.find_first_of("0123456789-./") != 0 &&
                       std::none_of(k_other.begin(), k_other.end(), [&](std::string_view other) {
                         return equals_ignoring_case(name, other);
                       });
  return is_word ? std::string(name) : quoted(name);
}

std::string shown(const config::EffectiveValue& value) {
  switch (value.type) {
    case Type::null:
      return "null";
    case Type::raw:
      return value.text;
    case Type::text:
      return quoted(value.text);
    case Type::list: {
      std::vector<std::string> items;
      std::transform(value.items.begin(), value.items.end(), std::back_inserter(items), quoted);
      return "[" + join(items, ", ") + "]";
    }
    case Type::map:
      break;
  }
  return "{}";
}

// How many parts two paths have in common at their fronts.
std::size_t common(const std::vector<PathPart>& left, const std::vector<PathPart>& right) {
  const auto end = std::mismatch(left.begin(), left.end(), right.begin(), right.end()).first;
  return static_cast<std::size_t>(end - left.begin());
}

}  // namespace

void write_settings_yaml(std::ostream& out, const config::EffectiveSettings& settings) {
  std::vector<PathPart> open;
  for (const EffectiveSetting& setting : settings.settings) {
    const std::vector<PathPart>& parts = setting.parts;
    for (std::size_t depth = common(open, parts); depth < parts.size(); ++depth) {
      const PathPart& part = parts[depth];
      out << std::string(depth * 2, ' ') << (part.is_index ? "-" : key_text(part.name) + ":");
      if (depth + 1 < parts.size()) {
        out << '\n';
      }
    }
    out << (parts.empty() ? "" : " ") << shown(setting.value) << "  # "
        << escape_for_terminal(setting.origin) << '\n';
    open = parts;
  }
}

}  // namespace otelctl::report
