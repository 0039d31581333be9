// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "report/settings.hpp"

namespace otelctl::report {
namespace {

// As compose and the shell both read it.
std::string quoted(std::string_view text) {
  constexpr std::string_view k_plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:,=%+@[]";
  if (text.find_first_not_of(k_plain) == std::string_view::npos) {
    return std::string(text);
  }
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '$' || c == '`') {
      safe += '\\';
    }
    safe += c;
  }
  return safe + '"';
}

}  // namespace

void write_settings_env(std::ostream& out, const config::EffectiveSettings& settings) {
  for (const config::EffectiveSetting& setting : settings.settings) {
    if (!setting.value.text.empty()) {
      out << "# " << escape_for_terminal(setting.origin) << '\n'
          << setting.path() << '=' << quoted(escape_for_terminal(setting.value.text)) << '\n';
    }
  }
}

}  // namespace otelctl::report
