// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/environment.hpp"
#include "base/result.hpp"

namespace otelctl::terminal {

// More columns nobody reads; a line of so many is still small.
inline constexpr std::size_t k_widest = 10'000;

enum class ColorMode { automatic, always, never };

// auto, always or never. Error kind: usage.
Result<ColorMode> parse_color_mode(std::string_view text);

// What one output stream can show; decided once, before anything is written.
struct Terminal {
  bool is_terminal = false;
  bool colour = false;
  // Of them there are 256; else 16.
  bool has_256_colours = true;
  // Box drawing and block characters may be used; else ASCII stands in.
  bool unicode = true;
  // Columns.
  std::size_t width = 120;
  // Whether that is what --width says.
  bool is_width_asked = false;
  // Lines of the window, where it is known.
  std::optional<std::size_t> height = std::nullopt;
};

// Facts about the stream that only the system knows; the program's edge asks for them.
struct StreamFacts {
  bool is_terminal = false;
  std::optional<std::size_t> columns = std::nullopt;
  std::optional<std::size_t> rows = std::nullopt;
};
StreamFacts ask_stream(int descriptor);

// Colour: --color, then NO_COLOR (https://no-color.org: any value but empty), then CLICOLOR_FORCE,
// then whether the stream is a terminal that is not dumb. Width: --width, then the window, then
// COLUMNS (unless it is above k_widest), then 120. 256 colours unless TERM names a terminal of 16
// and COLORTERM is empty. Unicode unless the locale names another encoding or the terminal is dumb;
// the C locale's pipes get Unicode too, as JSON and files do.
Terminal describe(StreamFacts facts, const Environment& environment, ColorMode mode,
                  std::optional<std::size_t> width_wanted);

}  // namespace otelctl::terminal
