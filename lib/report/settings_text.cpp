// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "base/text.hpp"
#include "report/settings.hpp"
#include "terminal/table.hpp"

namespace otelctl::report {
namespace {

using Type = config::EffectiveValue::Type;

std::string shown(const config::EffectiveValue& value) {
  switch (value.type) {
    case Type::null:
      return "null";
    case Type::raw:
    case Type::text:
      return value.text.empty() ? "\"\"" : escape_for_terminal(value.text);
    case Type::list:
      return "[" + escape_for_terminal(join(value.items, ", ")) + "]";
    case Type::map:
      break;
  }
  return "{}";
}

}  // namespace

void write_settings_text(std::ostream& out, const config::EffectiveSettings& settings) {
  // Nothing is cut, for grep's sake: the last column may be wider than the terminal.
  constexpr std::size_t k_any_width = 1'000'000;
  terminal::Table table({"SETTING", "VALUE", "ORIGIN"});
  for (const config::EffectiveSetting& setting : settings.settings) {
    table.add_row({escape_for_terminal(setting.path()), shown(setting.value),
                   escape_for_terminal(setting.origin)});
  }
  out << table.render(k_any_width);
}

}  // namespace otelctl::report
