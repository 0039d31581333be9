// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/env_file.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/file.hpp"
#include "base/text.hpp"
#include "settings/env_script.hpp"
#include "settings/file_variables.hpp"

namespace otelctl::settings {
namespace {

constexpr std::uint64_t k_max_file_bytes = std::uint64_t{1024} * 1024;

// As compose has it: blanks within a line, the no-break space among them.
std::string_view trim_line(std::string_view text) {
  constexpr std::string_view k_blanks = " \t\v\f\r";
  constexpr std::string_view k_no_break_space = "\xc2\xa0";
  for (;;) {
    const std::size_t begin = std::min(text.find_first_not_of(k_blanks), text.size());
    const std::size_t end = text.find_last_not_of(k_blanks) + 1;
    text = text.substr(begin, std::max(begin, end) - begin);
    if (text.starts_with(k_no_break_space)) {
      text.remove_prefix(k_no_break_space.size());
    } else if (text.ends_with(k_no_break_space)) {
      text.remove_suffix(k_no_break_space.size());
    } else {
      return text;
    }
  }
}

bool is_name(std::string_view name) {
  static constexpr std::string_view k_marks = "_.-[]";
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           k_marks.find(c) != std::string_view::npos;
  });
}

// An escape that compose does not know keeps its backslash. A dollar sign stays marked for
// interpolation.
std::string unescaped(char c, bool interpolates) {
  constexpr std::string_view k_letters = "nrtabfv";
  constexpr std::string_view k_meanings = "\n\r\t\a\b\f\v";
  if (const auto found = k_letters.find(c); found != std::string_view::npos) {
    return {k_meanings[found]};
  }
  if (c == '$') {
    return interpolates ? "$$" : "$";
  }
  return c == '"' || c == '\\' ? std::string{c} : std::string{'\\', c};
}

class EnvFileReader {
 public:
  EnvFileReader(std::string_view text, const Environment* environment, std::size_t most_entries)
      : m_text(text),
        m_variables(environment, FileVariables::Precedence::process),
        m_most_entries(most_entries) {
    constexpr std::string_view k_byte_order_mark = "\xef\xbb\xbf";
    m_offset = text.starts_with(k_byte_order_mark) ? k_byte_order_mark.size() : 0;
  }

  EnvFileContent read() {
    while (m_offset < m_text.size() && m_content.entries.size() < m_most_entries) {
      read_entry(take_line());
    }
    m_content.is_cut = m_offset < m_text.size();
    return std::move(m_content);
  }

 private:
  std::string_view take_line() {
    const auto end = m_text.find('\n', m_offset);
    const auto line = m_text.substr(m_offset, end - m_offset);
    m_offset = end == std::string_view::npos ? m_text.size() : end + 1;
    ++m_line;
    return line;
  }

  // `part` must be a piece of the file.
  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - m_text.data());
  }

  void add_problem(std::string_view part, std::string message, std::string hint) {
    const std::size_t begin = offset_of(part);
    m_content.problems.push_back(
        {m_line, begin, begin + part.size(), std::move(message), std::move(hint)});
  }

  void read_entry(std::string_view line) {
    line = trim_line(line);
    if (line.empty() || line.starts_with('#')) {
      return;
    }
    if (line.starts_with("export ") || line.starts_with("export\t")) {
      line = trim_line(line.substr(7));
    }
    const auto separator = line.find_first_of("=:");
    const auto name = trim_line(line.substr(0, separator));
    if (!is_name(name)) {
      add_problem(line, "not NAME=VALUE", "names are letters, digits and _");
      return;
    }
    if (separator == std::string_view::npos) {
      return;
    }
    EnvFileEntry entry;
    entry.name = std::string(name);
    entry.line = m_line;
    entry.name_begin = offset_of(name);
    entry.name_end = entry.name_begin + name.size();
    std::string_view value = trim_line(line.substr(separator + 1));
    if (value.empty()) {
      value = line.substr(separator + 1, 0);
    }
    const bool is_quoted = value.starts_with('\'') || value.starts_with('"');
    if (is_quoted ? read_quoted(value, entry) : read_plain(value, entry)) {
      m_variables.add(entry);
      m_content.entries.push_back(std::move(entry));
    }
  }

  bool read_plain(std::string_view text, EnvFileEntry& entry) {
    text = text.substr(0, text.find(" #"));
    text = text.substr(0, trim_line(text).size());
    entry.begin = offset_of(text);
    entry.end = entry.begin + text.size();
    m_variables.expand(entry, text);
    return true;
  }

  bool read_quoted(std::string_view text, EnvFileEntry& entry) {
    const char quote = text.front();
    const std::string_view first_line = text;
    const std::size_t line_number = m_line;
    const std::size_t behind_line = m_offset;
    entry.quote = quote;
    entry.begin = offset_of(text);
    std::string value;
    std::size_t offset = entry.begin + 1;
    for (; offset < m_text.size() && m_text[offset] != quote; ++offset) {
      if (m_text[offset] != '\\' || offset + 1 == m_text.size()) {
        value += m_text[offset];
        continue;
      }
      const char next = m_text[++offset];
      if (quote == '"') {
        value += unescaped(next, m_variables.expands());
      } else {
        value += next == quote ? std::string{next} : std::string{'\\', next};
      }
    }
    if (offset >= m_text.size()) {
      add_problem(first_line, "the quote is not closed", "close it on the same line");
      return false;
    }
    entry.end = offset + 1;
    m_line = line_number + static_cast<std::size_t>(std::count(
                               m_text.begin() + static_cast<std::ptrdiff_t>(entry.begin),
                               m_text.begin() + static_cast<std::ptrdiff_t>(entry.end), '\n'));
    const auto line_end = std::min(m_text.find('\n', entry.end), m_text.size());
    m_offset = std::max(behind_line, std::min(line_end + 1, m_text.size()));
    const auto after = trim_line(m_text.substr(entry.end, line_end - entry.end));
    if (!after.empty() && !after.starts_with('#')) {
      add_problem(after, "text follows the closing quote", "only a comment may stand there");
      return false;
    }
    std::erase(value, '\r');
    if (quote == '"') {
      m_variables.expand(entry, value);
    } else {
      entry.value = std::move(value);
    }
    return true;
  }

  std::string_view m_text;
  FileVariables m_variables;
  std::size_t m_most_entries;
  std::size_t m_offset = 0;
  std::size_t m_line = 0;
  EnvFileContent m_content;
};

}  // namespace

EnvFileContent read_env_file(std::string_view text, const Environment* environment,
                             std::size_t most_entries) {
  return is_script(text) ? read_script(text, environment, most_entries)
                         : EnvFileReader(text, environment, most_entries).read();
}

Result<std::vector<EnvFileEntry>> parse_env_file(std::string_view text) {
  EnvFileContent content = read_env_file(text, nullptr);
  if (!content.problems.empty()) {
    const EnvFileProblem& first = content.problems.front();
    return fail(Error{ErrorKind::settings, first.message, first.hint}.within(
        "line " + std::to_string(first.line)));
  }
  return std::move(content.entries);
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
