// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/diff.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "config/line_changes.hpp"
#include "config/secrets.hpp"

namespace otelctl::config {
namespace {

constexpr std::size_t k_context = 3;

// One state of the file by lines.
class Side {
 public:
  explicit Side(const yaml::Document& document)
      : m_document(document), m_lines(split_lines(document.source())) {
    m_offsets.reserve(m_lines.size());
    std::size_t offset = 0;
    for (const std::string_view line : m_lines) {
      m_offsets.push_back(offset);
      offset += line.size();
    }
  }

  const std::vector<std::string_view>& lines() const { return m_lines; }

  // The line with its secrets replaced, its line end kept; `is_redacted` becomes true then.
  std::string shown(std::size_t index, bool& is_redacted) const {
    const std::string_view line = m_lines[index];
    const std::size_t begin = m_offsets[index];
    std::string text;
    std::size_t taken = 0;
    for (const Span& secret : secrets_in(m_document, line_around(m_document.source(), begin))) {
      const std::size_t from = std::max(secret.begin, begin) - begin;
      const std::size_t to = std::min(secret.end - begin, line.size());
      if (from >= to || from < taken) {
        continue;
      }
      text += line.substr(taken, from - taken);
      text += k_redacted;
      taken = to;
      is_redacted = true;
    }
    text += line.substr(taken);
    return text;
  }

 private:
  const yaml::Document& m_document;
  std::vector<std::string_view> m_lines;
  std::vector<std::size_t> m_offsets;
};

// Names with blanks end in a tab, as GNU diff writes and GNU patch reads them.
std::string header_name(std::string_view side, std::string_view name) {
  while (name.starts_with("./")) {
    name.remove_prefix(2);
  }
  while (name.starts_with('/')) {
    name.remove_prefix(1);
  }
  const bool has_blank = name.find(' ') != std::string_view::npos;
  return fmt::format("{}/{}{}\n", side, escape_for_terminal(name), has_blank ? "\t" : "");
}

// "12,3" of the lines from `begin` (counted from 0); an empty range names the line before it.
std::string range(std::size_t begin, std::size_t end) {
  const std::size_t count = end - begin;
  if (count == 1) {
    return std::to_string(begin + 1);
  }
  return fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

class DiffWriter {
 public:
  DiffWriter(const Side& before, const Side& after, UnifiedDiff& diff)
      : m_before(before), m_after(after), m_diff(diff) {}

  // Changes so near to each other that their contexts touch.
  void write_hunk(const LineChange* first, const LineChange* last) {
    const std::size_t context = std::min(k_context, first->before_begin);
    const std::size_t before_begin = first->before_begin - context;
    const std::size_t after_begin = first->after_begin - context;
    const std::size_t before_end = std::min(last->before_end + k_context, m_before.lines().size());
    const std::size_t after_end = last->after_end + (before_end - last->before_end);
    m_diff.text += fmt::format("@@ -{} +{} @@\n", range(before_begin, before_end),
                               range(after_begin, after_end));
    std::size_t line = before_begin;
    for (const LineChange* change = first; change <= last; ++change) {
      write_lines(' ', m_before, line, change->before_begin);
      write_lines('-', m_before, change->before_begin, change->before_end);
      write_lines('+', m_after, change->after_begin, change->after_end);
      line = change->before_end;
    }
    write_lines(' ', m_before, line, before_end);
  }

 private:
  void write_lines(char mark, const Side& side, std::size_t begin, std::size_t end) {
    for (std::size_t line = begin; line < end; ++line) {
      const std::string text = side.shown(line, m_diff.is_redacted);
      m_diff.text += mark;
      m_diff.text += text;
      if (!text.ends_with('\n')) {
        m_diff.text += "\n\\ No newline at end of file\n";
      }
    }
  }

  const Side& m_before;
  const Side& m_after;
  UnifiedDiff& m_diff;
};

}  // namespace

UnifiedDiff unified_diff(const std::string& name, const yaml::Document& before,
                         const yaml::Document& after) {
  UnifiedDiff diff;
  const Side old_side(before);
  const Side new_side(after);
  const auto changes = line_changes(old_side.lines(), new_side.lines());
  if (changes.empty()) {
    return diff;
  }
  diff.text = "--- " + header_name("a", name) + "+++ " + header_name("b", name);
  DiffWriter writer(old_side, new_side, diff);
  for (std::size_t first = 0; first < changes.size();) {
    std::size_t last = first;
    while (last + 1 < changes.size() &&
           changes[last + 1].before_begin - changes[last].before_end <= 2 * k_context) {
      ++last;
    }
    writer.write_hunk(&changes[first], &changes[last]);
    first = last + 1;
  }
  return diff;
}

}  // namespace otelctl::config
