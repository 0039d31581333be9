// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/go_duration.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace otelctl::config::collector {
namespace {

struct Unit {
  std::string_view name;
  double seconds;
};

// Longer names first: "ms" is not "m" and an "s".
constexpr std::array<Unit, 8> k_units{{{"ns", 1e-9},
                                       {"us", 1e-6},
                                       {"\xC2\xB5s", 1e-6},
                                       {"\xCE\xBCs", 1e-6},
                                       {"ms", 1e-3},
                                       {"s", 1},
                                       {"m", 60},
                                       {"h", 3600}}};

}  // namespace

std::optional<double> read_go_duration(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  if (text == "0") {
    return 0;
  }
  if (text.empty()) {
    return std::nullopt;
  }
  double total = 0;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find_first_not_of("0123456789."), text.size());
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + length, number, std::chars_format::fixed);
    if (length == 0 || error != std::errc() || end != text.data() + length) {
      return std::nullopt;
    }
    text.remove_prefix(length);
    const auto* const unit = std::find_if(k_units.begin(), k_units.end(), [&](const Unit& known) {
      return text.starts_with(known.name);
    });
    if (unit == k_units.end()) {
      return std::nullopt;
    }
    text.remove_prefix(unit->name.size());
    total += number * unit->seconds;
  }
  return is_negative ? -total : total;
}

}  // namespace otelctl::config::collector
