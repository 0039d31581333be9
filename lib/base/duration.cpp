// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/duration.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

namespace otelctl {
namespace {

using std::chrono::nanoseconds;

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr std::int64_t k_second = 1'000'000'000;

// Longer names first, so that "ms" is not read as "m" and "s".
constexpr std::array<Unit, 8> k_time_units{{{"ns", 1},
                                            {"us", 1'000},
                                            {"µs", 1'000},
                                            {"ms", 1'000'000},
                                            {"s", k_second},
                                            {"m", 60 * k_second},
                                            {"h", 3600 * k_second},
                                            {"d", 86400 * k_second}}};

constexpr std::array<Unit, 7> k_size_units{{{"KiB", 1LL << 10U},
                                            {"MiB", 1LL << 20U},
                                            {"GiB", 1LL << 30U},
                                            {"kB", 1'000},
                                            {"MB", 1'000'000},
                                            {"GB", 1'000'000'000},
                                            {"B", 1}}};

// Takes a decimal number without sign off the front of `rest`.
std::optional<double> take_number(std::string_view& rest) {
  if (rest.empty() || (rest.front() != '.' && (rest.front() < '0' || rest.front() > '9'))) {
    return std::nullopt;
  }
  double value = 0;
  const auto [end, error] =
      std::from_chars(rest.data(), rest.data() + rest.size(), value, std::chars_format::fixed);
  if (error != std::errc{}) {
    return std::nullopt;
  }
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return value;
}

template <std::size_t Count>
const Unit* take_unit(std::string_view& rest, const std::array<Unit, Count>& units) {
  const auto found = std::find_if(units.begin(), units.end(),
                                  [&](const Unit& unit) { return rest.starts_with(unit.name); });
  if (found == units.end()) {
    return nullptr;
  }
  rest.remove_prefix(found->name.size());
  return &*found;
}

bool is_bare_number(std::string_view text) {
  return take_number(text).has_value() && text.empty();
}

}  // namespace

Result<nanoseconds> parse_duration(std::string_view text) {
  if (text == "0") {
    return nanoseconds{0};
  }
  if (is_bare_number(text)) {
    return fail(ErrorKind::usage, fmt::format("'{}' has no unit", text),
                fmt::format("write {0}s for seconds or {0}ms for milliseconds", text));
  }
  const auto malformed = [&] {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a duration", text),
                "durations carry a unit: 250ms, 10s, 1m30s, 1h, 2d");
  };
  std::string_view rest = text;
  double total = 0;
  do {
    const auto number = take_number(rest);
    const Unit* unit = number ? take_unit(rest, k_time_units) : nullptr;
    if (unit == nullptr) {
      return malformed();
    }
    total += *number * static_cast<double>(unit->factor);
  } while (!rest.empty());
  if (!(total < 9.2e18)) {
    return fail(ErrorKind::usage, fmt::format("'{}' is too long", text),
                "durations reach to 292 years");
  }
  return nanoseconds{std::llround(total)};
}

std::string format_duration(nanoseconds duration) {
  const std::int64_t count = duration.count();
  if (count < 0) {
    return "-" + format_duration(count == std::numeric_limits<std::int64_t>::min()
                                     ? nanoseconds::max()
                                     : -duration);
  }
  struct Step {
    std::string_view unit;
    std::int64_t factor;
    std::int64_t below;
  };
  static constexpr std::array<Step, 4> k_steps{{{"ns", 1, 1'000},
                                                {"us", 1'000, 1'000'000},
                                                {"ms", 1'000'000, k_second},
                                                {"s", k_second, 60 * k_second}}};
  for (const Step& step : k_steps) {
    const double value = static_cast<double>(count) / static_cast<double>(step.factor);
    // 999.6us would print as "1000us": it belongs to the next unit. Seconds stay below 59.95.
    if (count >= step.below || (step.unit != "ns" && value >= (step.unit == "s" ? 59.95 : 999.5))) {
      continue;
    }
    const int decimals = step.unit == "ns" || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return fmt::format("{:.{}f}{}", value, decimals, step.unit);
  }
  const std::int64_t seconds = count / k_second + (count % k_second >= k_second / 2 ? 1 : 0);
  if (seconds < 3600) {
    return fmt::format("{}m {}s", seconds / 60, seconds % 60);
  }
  if (seconds < 86400) {
    return fmt::format("{}h {}m", seconds / 3600, seconds % 3600 / 60);
  }
  return fmt::format("{}d {}h", seconds / 86400, seconds % 86400 / 3600);
}

std::string format_duration_exact(nanoseconds duration) {
  std::int64_t rest = duration.count();
  if (rest == 0) {
    return "0s";
  }
  std::string text;
  for (auto unit = k_time_units.rbegin(); unit != k_time_units.rend(); ++unit) {
    if (unit->name == "µs" || rest < unit->factor) {
      continue;
    }
    text += fmt::format("{}{}", rest / unit->factor, unit->name);
    rest %= unit->factor;
  }
  return text;
}

Result<std::uint64_t> parse_size(std::string_view text) {
  if (text == "0") {
    return 0U;
  }
  if (is_bare_number(text)) {
    return fail(ErrorKind::usage, fmt::format("'{}' has no unit", text),
                fmt::format("write {0}MiB for mebibytes or {0}B for bytes", text));
  }
  std::string_view rest = text;
  const auto number = take_number(rest);
  const Unit* unit = number ? take_unit(rest, k_size_units) : nullptr;
  if (unit == nullptr || !rest.empty()) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a size", text),
                "sizes carry a unit: 64KiB, 1MiB, 10MB");
  }
  const double bytes = *number * static_cast<double>(unit->factor);
  if (!(bytes < 9.2e18)) {
    return fail(ErrorKind::usage, fmt::format("'{}' is too large", text));
  }
  return static_cast<std::uint64_t>(std::llround(bytes));
}

std::string format_size(std::uint64_t bytes) {
  static constexpr std::array<std::pair<std::string_view, std::uint64_t>, 3> k_steps{
      {{"GiB", 1ULL << 30U}, {"MiB", 1ULL << 20U}, {"KiB", 1ULL << 10U}}};
  for (const auto& [unit, factor] : k_steps) {
    if (bytes >= factor) {
      const double value = static_cast<double>(bytes) / static_cast<double>(factor);
      return bytes % factor == 0 ? fmt::format("{}{}", bytes / factor, unit)
                                 : fmt::format("{:.1f}{}", value, unit);
    }
  }
  return fmt::format("{}B", bytes);
}

}  // namespace otelctl
