// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal/width.hpp"

#include <algorithm>
#include <vector>

#include <utf8proc.h>

#include "base/text.hpp"

namespace otelctl::terminal {
namespace {

// The length of a Style sequence "ESC [ ... m" at the front, 0 if there is none.
std::size_t colour_sequence_length(std::string_view text) {
  if (!text.starts_with("\x1b[")) {
    return 0;
  }
  const auto end = text.find_first_not_of("0123456789;", 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

std::size_t width_of(char32_t code_point) {
  return static_cast<std::size_t>(
      std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point))));
}

// The longest front of `text` that takes at most `width` columns.
std::string_view front_within(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const CodePoint next = first_code_point(text.substr(end));
    used += width_of(next.value);
    if (used > width) {
      break;
    }
    end += next.length;
  }
  return text.substr(0, end);
}

// The longest back of `text` that takes at most `width` columns.
std::string_view back_within(std::string_view text, std::size_t width) {
  std::size_t surplus = display_width(text);
  while (surplus > width && !text.empty()) {
    const CodePoint next = first_code_point(text);
    surplus -= width_of(next.value);
    text.remove_prefix(next.length);
  }
  return text;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    if (const std::size_t colour = colour_sequence_length(text); colour > 0) {
      text.remove_prefix(colour);
      continue;
    }
    const CodePoint next = first_code_point(text);
    width += width_of(next.value);
    text.remove_prefix(next.length);
  }
  return width;
}

std::string pad_right(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(used < width ? width - used : 0, ' ') + std::string(text);
}

std::string shorten(std::string_view text, std::size_t width, bool unicode) {
  if (display_width(text) <= width) {
    return std::string(text);
  }
  const std::string_view ellipsis = unicode ? "…" : "...";
  const std::size_t taken = unicode ? 1 : 3;
  if (width <= taken) {
    return std::string(front_within(text, width));
  }
  const std::size_t front = (width - taken + 1) / 2;
  std::string result(front_within(text, front));
  result += ellipsis;
  result += back_within(text, width - taken - front);
  return result;
}

std::string fit(std::string_view text, std::size_t width, bool unicode) {
  return pad_right(shorten(text, width, unicode), width);
}

std::string wrap(std::string_view paragraph, std::size_t width, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string lines;
  std::size_t used = 0;
  for (const std::string_view word : split(paragraph, ' ')) {
    const std::size_t wide = display_width(word);
    if (used > 0 && indent + used + 1 + wide > width) {
      lines += '\n';
      used = 0;
    }
    lines += used == 0 ? margin : " ";
    used += (used == 0 ? 0 : 1) + wide;
    lines += word;
  }
  return lines;
}

}  // namespace otelctl::terminal
