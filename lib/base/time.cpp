// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/duration.hpp"

namespace otelctl {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// Takes `count` digits off the front of `rest`; nothing when they are not all digits.
std::optional<int> take_number(std::string_view& rest, std::size_t count) {
  int value = 0;
  if (rest.size() < count) {
    return std::nullopt;
  }
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + count, value);
  if (error != std::errc{} || end != rest.data() + count || rest.front() == '-') {
    return std::nullopt;
  }
  rest.remove_prefix(count);
  return value;
}

bool take_any(std::string_view& rest, std::string_view characters) {
  if (rest.empty() || characters.find(rest.front()) == std::string_view::npos) {
    return false;
  }
  rest.remove_prefix(1);
  return true;
}

std::optional<nanoseconds> take_fraction(std::string_view& rest) {
  if (!take_any(rest, ".")) {
    return nanoseconds{0};
  }
  const auto end = std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (end == 0 || end > 9) {
    return std::nullopt;
  }
  std::string digits(rest.substr(0, end));
  digits.resize(9, '0');
  rest.remove_prefix(end);
  std::string_view padded = digits;
  return nanoseconds{*take_number(padded, 9)};
}

std::optional<seconds> take_offset(std::string_view& rest) {
  if (take_any(rest, "Zz")) {
    return seconds{0};
  }
  const bool is_west = !rest.empty() && rest.front() == '-';
  if (!take_any(rest, "+-")) {
    return std::nullopt;
  }
  const auto hours = take_number(rest, 2);
  if (!hours || !take_any(rest, ":")) {
    return std::nullopt;
  }
  const auto minutes = take_number(rest, 2);
  if (!minutes || *hours > 23 || *minutes > 59) {
    return std::nullopt;
  }
  const seconds offset{(*hours * 60 + *minutes) * 60};
  return is_west ? -offset : offset;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& rest) {
  const auto year = take_number(rest, 4);
  if (!year || !take_any(rest, "-")) {
    return std::nullopt;
  }
  const auto month = take_number(rest, 2);
  if (!month || !take_any(rest, "-")) {
    return std::nullopt;
  }
  const auto day = take_number(rest, 2);
  if (!day) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *year < 1678 || *year > 2261) {
    return std::nullopt;
  }
  return std::chrono::sys_days{date};
}

std::optional<seconds> take_time_of_day(std::string_view& rest) {
  std::array<int, 3> parts{};
  for (std::size_t index = 0; index < parts.size(); ++index) {
    if (index > 0 && !take_any(rest, ":")) {
      return std::nullopt;
    }
    const auto part = take_number(rest, 2);
    if (!part || *part > (index == 0 ? 23 : index == 1 ? 59 : 60)) {
      return std::nullopt;
    }
    parts[index] = *part;
  }
  return seconds{(parts[0] * 60 + parts[1]) * 60 + parts[2]};
}

}  // namespace

Time SystemClock::now() const {
  return std::chrono::time_point_cast<nanoseconds>(std::chrono::system_clock::now());
}

nanoseconds SystemClock::monotonic() const {
  return std::chrono::steady_clock::now().time_since_epoch();
}

std::string format_rfc3339(Time time, int digits) {
  // By hand: the day on which the range of 64-bit nanoseconds begins has begun before it.
  constexpr std::int64_t k_in_a_second = 1'000'000'000;
  const std::int64_t count = time.time_since_epoch().count();
  std::int64_t whole = count / k_in_a_second;
  std::int64_t rest = count % k_in_a_second;
  if (rest < 0) {
    --whole;
    rest += k_in_a_second;
  }
  const std::chrono::sys_seconds second{seconds{whole}};
  const auto day = std::chrono::floor<days>(second);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{second - day};
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (digits > 0) {
    const std::string fraction = fmt::format("{:09}", rest);
    text += '.';
    text += std::string_view(fraction).substr(0, static_cast<std::size_t>(std::min(digits, 9)));
  }
  return text + 'Z';
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !take_any(text, "Tt ")) {
    return std::nullopt;
  }
  const auto time_of_day = take_time_of_day(text);
  if (!time_of_day) {
    return std::nullopt;
  }
  const auto fraction = take_fraction(text);
  if (!fraction) {
    return std::nullopt;
  }
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) {
    return std::nullopt;
  }
  return Time{*date} + *time_of_day + *fraction - *offset;
}

Result<Time> parse_time(std::string_view text, Time now) {
  if (const auto time = parse_rfc3339(text)) {
    return *time;
  }
  const auto ago = parse_duration(text);
  if (!ago) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a time", text),
                "give RFC 3339 (2026-08-20T10:00:00Z) or a duration ago (15m, 2h, 1d)");
  }
  return now - *ago;
}

}  // namespace otelctl
