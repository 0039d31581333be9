// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminal.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.hpp"

namespace otelctl::terminal {
namespace {

std::optional<std::size_t> columns_from(const Environment& environment) {
  const auto text = environment.get_nonempty("COLUMNS");
  std::size_t columns = 0;
  if (!text) {
    return std::nullopt;
  }
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), columns);
  const bool is_number = error == std::errc{} && end == text->data() + text->size();
  return is_number && columns > 0 && columns <= k_widest ? std::optional(columns) : std::nullopt;
}

// Who says nothing of the terminal's kind may have one that writes escape sequences out, as serial
// consoles and editors do.
bool is_dumb(const Environment& environment) {
  return environment.get_nonempty("TERM").value_or("dumb") == "dumb";
}

bool wants_colour(StreamFacts facts, const Environment& environment, ColorMode mode) {
  if (mode != ColorMode::automatic) {
    return mode == ColorMode::always;
  }
  if (environment.get_nonempty("NO_COLOR")) {
    return false;
  }
  const auto force = environment.get_nonempty("CLICOLOR_FORCE");
  if (force && *force != "0") {
    return true;
  }
  return facts.is_terminal && !is_dumb(environment);
}

// Elsewhere, as in the log of a CI job, there is no TERM, and 256 colours are understood.
bool has_256_colours(const Environment& environment) {
  const std::string_view term = environment.get("TERM").value_or("");
  constexpr std::array<std::string_view, 10> k_small = {"ansi",   "cygwin",     "linux", "rxvt",
                                                        "screen", "tmux",       "vt100", "vt220",
                                                        "xterm",  "xterm-color"};
  return environment.get_nonempty("COLORTERM") ||
         std::find(k_small.begin(), k_small.end(), term) == k_small.end();
}

bool shows_unicode(StreamFacts facts, const Environment& environment) {
  for (const std::string_view name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (const auto locale = environment.get_nonempty(name)) {
      const std::string lower = to_lower(*locale);
      const bool is_utf8 =
          lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
      // LANG is what a machine has, LC_ALL what somebody wants: that counts in a pipe too.
      return is_utf8 || (!facts.is_terminal && name != "LC_ALL");
    }
  }
  return !facts.is_terminal || !is_dumb(environment);
}

}  // namespace

Result<ColorMode> parse_color_mode(std::string_view text) {
  if (text == "auto") {
    return ColorMode::automatic;
  }
  if (text == "always") {
    return ColorMode::always;
  }
  if (text == "never") {
    return ColorMode::never;
  }
  return fail(ErrorKind::usage, fmt::format("'{}' is not a colour mode", text),
              "use auto, always or never");
}

StreamFacts ask_stream(int descriptor) {
  StreamFacts facts;
  facts.is_terminal = ::isatty(descriptor) == 1;
  winsize window{};
  if (facts.is_terminal && ::ioctl(descriptor, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) {
    facts.columns = window.ws_col;
    if (window.ws_row > 0) {
      facts.rows = window.ws_row;
    }
  }
  return facts;
}

Terminal describe(StreamFacts facts, const Environment& environment, ColorMode mode,
                  std::optional<std::size_t> width_wanted) {
  Terminal terminal;
  terminal.is_terminal = facts.is_terminal;
  terminal.colour = wants_colour(facts, environment, mode);
  terminal.has_256_colours = has_256_colours(environment);
  terminal.height = facts.rows;
  terminal.is_width_asked = width_wanted.has_value();
  terminal.unicode = shows_unicode(facts, environment);
  if (width_wanted) {
    terminal.width = *width_wanted;
  } else if (facts.columns) {
    terminal.width = *facts.columns;
  } else if (const auto columns = columns_from(environment)) {
    terminal.width = *columns;
  }
  return terminal;
}

}  // namespace otelctl::terminal
