// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/env_file.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "base/text.hpp"

namespace otelctl::settings {
namespace {

constexpr std::uint64_t k_max_file_bytes = std::uint64_t{1024} * 1024;

class EnvFileReader {
 public:
  explicit EnvFileReader(std::string_view text) : m_rest(text) {
    constexpr std::string_view k_byte_order_mark = "\xef\xbb\xbf";
    if (m_rest.starts_with(k_byte_order_mark)) {
      m_rest.remove_prefix(k_byte_order_mark.size());
    }
  }

  Result<std::vector<EnvFileEntry>> read() {
    std::vector<EnvFileEntry> entries;
    while (!m_rest.empty()) {
      ++m_line;
      const std::size_t line = m_line;
      auto entry = read_entry();
      if (!entry) {
        return fail(std::move(entry.error()).within("line " + std::to_string(line)));
      }
      if (*entry) {
        (*entry)->line = line;
        entries.push_back(std::move(**entry));
      }
    }
    return entries;
  }

 private:
  std::string_view take_line() {
    const auto end = m_rest.find('\n');
    auto line = m_rest.substr(0, end);
    m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end + 1);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    return line;
  }

  Result<std::optional<EnvFileEntry>> read_entry() {
    std::string_view line = take_line();
    line = trim(line);
    if (line.empty() || line.starts_with('#')) {
      return std::optional<EnvFileEntry>();
    }
    if (line.starts_with("export ") || line.starts_with("export\t")) {
      line = trim(line.substr(7));
    }
    const auto equals = line.find('=');
    const auto name = trim(line.substr(0, equals));
    if (!is_name(name)) {
      return fail(ErrorKind::settings, "not NAME=VALUE", "names are letters, digits and _");
    }
    if (equals == std::string_view::npos) {
      return std::optional<EnvFileEntry>();
    }
    auto value = read_value(trim(line.substr(equals + 1)));
    if (!value) {
      return fail(value.error());
    }
    return std::optional(EnvFileEntry{std::string(name), std::move(*value)});
  }

  static bool is_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '.' || c == '-';
    });
  }

  Result<std::string> read_value(std::string_view text) {
    if (text.starts_with('\'') || text.starts_with('"')) {
      return read_quoted(text);
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '#' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t')) {
        return std::string(trim(text.substr(0, i)));
      }
    }
    return std::string(text);
  }

  Result<std::string> read_quoted(std::string_view text) {
    const char quote = text.front();
    text.remove_prefix(1);
    std::string value;
    for (;;) {
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == quote) {
          const auto after = trim(text.substr(i + 1));
          if (!after.empty() && !after.starts_with('#')) {
            return fail(ErrorKind::settings, "text follows the closing quote",
                        "only a comment may stand there");
          }
          return value;
        }
        if (quote == '"' && text[i] == '\\' && i + 1 < text.size()) {
          value += unescaped(text[++i]);
        } else {
          value += text[i];
        }
      }
      if (m_rest.empty()) {
        return fail(ErrorKind::settings, "the quote is not closed", "close it on the same line");
      }
      value += '\n';
      text = take_line();
      ++m_line;
    }
  }

  // An escape that compose does not know keeps its backslash.
  static std::string unescaped(char c) {
    switch (c) {
      case 'n':
        return "\n";
      case 'r':
        return "\r";
      case 't':
        return "\t";
      case '"':
      case '\\':
      case '$':
        return {c};
      default:
        return {'\\', c};
    }
  }

  std::string_view m_rest;
  std::size_t m_line = 0;
};

}  // namespace

Result<std::vector<EnvFileEntry>> parse_env_file(std::string_view text) {
  return EnvFileReader(text).read();
}

Result<FilledEnvironment> fill_environment(const Environment& environment,
                                           const std::optional<std::string>& env_file) {
  FilledEnvironment filled{environment, {}, {}};
  if (!env_file) {
    return filled;
  }
  const auto text = read_file(*env_file, k_max_file_bytes);
  if (!text) {
    return fail(text.error());
  }
  auto entries = parse_env_file(*text);
  if (!entries) {
    return fail(std::move(entries.error()).within(escape_for_terminal(*env_file)));
  }
  for (const EnvFileEntry& entry : *entries) {
    const std::string place = escape_for_terminal(*env_file) + ":" + std::to_string(entry.line);
    if (const auto set = environment.get(entry.name)) {
      if (*set != entry.value) {
        filled.notes.push_back(entry.name + " of the environment overrules " + place);
      }
      continue;
    }
    filled.variables.set(entry.name, entry.value);
    filled.places.insert_or_assign(entry.name, place);
  }
  return filled;
}

}  // namespace otelctl::settings
