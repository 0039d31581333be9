// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal/style.hpp"

#include <array>

#include <fmt/format.h>

#include "base/stable_hash.hpp"

namespace otelctl::terminal {
namespace {

// From the 256-colour cube: told apart on dark and light ground, none of them near red.
constexpr std::array<int, 12> k_palette{33, 37, 70, 99, 136, 141, 30, 64, 67, 97, 103, 172};

// Of the 16 colours that every terminal has, without red, black, white and grey.
constexpr std::array<int, 8> k_small_palette{32, 34, 35, 36, 92, 94, 95, 96};

}  // namespace

std::string Style::service(std::string_view name, std::string_view text) const {
  const std::uint32_t hash = stable_hash(name);
  return m_has_256 ? paint(fmt::format("38;5;{}", k_palette[hash % k_palette.size()]), text)
                   : paint(fmt::format("{}", k_small_palette[hash % k_small_palette.size()]), text);
}

std::string Style::paint(std::string_view code, std::string_view text) const {
  if (!m_colour || text.empty()) {
    return std::string(text);
  }
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

}  // namespace otelctl::terminal
