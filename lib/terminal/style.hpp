// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "terminal/terminal.hpp"

namespace otelctl::terminal {

// Puts colour around text, or nothing at all where colour is off. The text must already be escaped.
class Style {
 public:
  explicit Style(bool colour) : m_colour(colour) {}
  explicit Style(const Terminal& terminal)
      : m_colour(terminal.colour), m_has_256(terminal.has_256_colours) {}

  std::string bold(std::string_view text) const { return paint("1", text); }
  std::string dim(std::string_view text) const { return paint("2", text); }
  std::string red(std::string_view text) const { return paint("31", text); }
  std::string green(std::string_view text) const { return paint("32", text); }
  std::string yellow(std::string_view text) const { return paint("33", text); }
  std::string cyan(std::string_view text) const { return paint("36", text); }
  std::string bold_red(std::string_view text) const { return paint("1;31", text); }

  // The colour of a service: a hash of its name decides, so it is the same in every trace and on
  // every run. Never red, which says error. One of 8 where the terminal has no more than 16.
  std::string service(std::string_view name, std::string_view text) const;

  bool has_colour() const { return m_colour; }

 private:
  std::string paint(std::string_view code, std::string_view text) const;

  bool m_colour;
  bool m_has_256 = true;
};

}  // namespace otelctl::terminal
