// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/blocks.hpp"

#include <algorithm>
#include <optional>

namespace otelctl::yaml {
namespace {

constexpr std::size_t k_tab_width = 8;

Lines line_at(std::string_view source, std::size_t offset) {
  offset = std::min(offset, source.size());
  const std::size_t before = offset == 0 ? std::string_view::npos : source.rfind('\n', offset - 1);
  const std::size_t line_end = source.find('\n', offset);
  return {before == std::string_view::npos ? 0 : before + 1,
          line_end == std::string_view::npos ? source.size() : line_end + 1};
}

std::optional<Lines> line_above(std::string_view source, const Lines& line) {
  return line.begin == 0 ? std::nullopt : std::optional(line_at(source, line.begin - 1));
}

std::optional<Lines> line_below(std::string_view source, const Lines& line) {
  return line.end >= source.size() ? std::nullopt : std::optional(line_at(source, line.end));
}

std::string_view content_of(std::string_view source, const Lines& line) {
  std::string_view text = source.substr(line.begin, line.end - line.begin);
  if (line.begin == 0 && text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

bool has_content(std::string_view source, const Lines& line) {
  const std::string_view content = content_of(source, line);
  return !content.empty() && content.front() != '#';
}

std::size_t indentation(std::string_view source, const Lines& line) {
  std::size_t columns = 0;
  for (std::size_t at = line.begin; at < line.end; ++at) {
    if (source[at] == '\t') {
      columns += k_tab_width - columns % k_tab_width;
    } else if (source[at] == ' ') {
      ++columns;
    } else {
      break;
    }
  }
  return columns;
}

// The nearest line above or below that has content.
std::optional<Lines> content_above(std::string_view source, Lines line) {
  auto above = line_above(source, line);
  while (above && !has_content(source, *above)) {
    above = line_above(source, *above);
  }
  return above;
}

std::optional<Lines> content_below(std::string_view source, Lines line) {
  auto below = line_below(source, line);
  while (below && !has_content(source, *below)) {
    below = line_below(source, *below);
  }
  return below;
}

// A key or a dash with nothing behind it: what it stands for is on the lines below.
bool opens_block(std::string_view source, const Lines& line) {
  std::string_view content = content_of(source, line);
  const std::size_t comment = content.find(" #");
  content = content.substr(0, comment);
  const std::size_t last = content.find_last_not_of(" \t\r\n");
  return last != std::string_view::npos && (content[last] == ':' || content[last] == '-');
}

// Where keys on this line begin: behind the dashes of list items.
std::size_t key_column(std::string_view source, const Lines& line) {
  std::string_view content = content_of(source, line);
  std::size_t column = indentation(source, line);
  while (content.starts_with("- ")) {
    const std::size_t skipped = std::min(content.find_first_not_of(' ', 1), content.size());
    column += skipped;
    content.remove_prefix(skipped);
  }
  return column;
}

}  // namespace

Lines block_at(std::string_view source, std::size_t offset) {
  Lines block = line_at(source, offset);
  if (!has_content(source, block)) {
    return block;
  }
  const std::size_t indent = indentation(source, block);
  for (auto below = content_below(source, block); below && indentation(source, *below) > indent;
       below = content_below(source, *below)) {
    block.end = below->end;
  }
  return block;
}

Lines block_to_cut(std::string_view source, std::size_t offset) {
  Lines block = block_at(source, offset);
  for (;;) {
    const auto above = content_above(source, block);
    const auto below = content_below(source, block);
    const bool is_only_child =
        above && opens_block(source, *above) &&
        indentation(source, *above) < indentation(source, block) &&
        (!below || indentation(source, *below) <= key_column(source, *above));
    if (!is_only_child || !has_content(source, block)) {
      return block;
    }
    block = block_at(source, above->begin);
  }
}

Lines block_around(std::string_view source, Lines lines) {
  const std::size_t indent = indentation(source, lines);
  auto above = content_above(source, lines);
  while (above && indent > 0 && indentation(source, *above) >= indent) {
    above = content_above(source, *above);
  }
  if (!above) {
    return {0, lines.end};
  }
  return {above->begin, std::max(lines.end, block_at(source, above->begin).end)};
}

bool has_content_between(std::string_view source, std::size_t begin, std::size_t end) {
  for (Lines line = line_at(source, begin); line.end <= end && line.begin < source.size();
       line = line_at(source, line.end)) {
    if (has_content(source, line)) {
      return true;
    }
    if (line.end >= source.size()) {
      break;
    }
  }
  return false;
}

}  // namespace otelctl::yaml
