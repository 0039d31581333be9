// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/record_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl::otlp {
namespace {

const std::vector<std::string> k_severities{"trace", "debug", "info", "warn", "error", "fatal"};
// Each name stands for so many numbers, from 1 on.
constexpr int k_range = 4;
constexpr int k_most = 24;

// Whether a number is all that the text holds.
template <typename Number>
std::errc read_whole(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end != text.data() + text.size() ? std::errc::invalid_argument
                                                                  : error;
}

}  // namespace

Result<int> parse_severity(std::string_view text) {
  int number = 0;
  if (read_whole(text, number) == std::errc{} && number >= 1 && number <= k_most) {
    return number;
  }
  const auto found = std::find(k_severities.begin(), k_severities.end(), to_lower(text));
  if (found != k_severities.end()) {
    return static_cast<int>(found - k_severities.begin()) * k_range + 1;
  }
  std::string hint = did_you_mean(to_lower(text), k_severities);
  if (hint.empty()) {
    hint = fmt::format("use {}, or a number from 1 to {}", join(k_severities, ", "), k_most);
  }
  return fail(ErrorKind::usage, fmt::format("'{}' is not a severity", text), hint);
}

std::string severity_name(int severity) {
  const int index = std::clamp(severity, 1, k_most) - 1;
  std::string name = k_severities[static_cast<std::size_t>(index / k_range)];
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  const int step = index % k_range;
  return step == 0 ? name : name + std::to_string(step + 1);
}

Result<std::variant<std::int64_t, double>> parse_number(std::string_view text) {
  std::int64_t whole = 0;
  const std::errc error = read_whole(text, whole);
  if (error == std::errc{}) {
    return whole;
  }
  if (error == std::errc::result_out_of_range &&
      text.find_first_not_of("-0123456789") == std::string_view::npos) {
    return fail(ErrorKind::usage, fmt::format("{} does not fit into 64 bits", text),
                "with a decimal point it is sent as a double, which rounds it");
  }
  double real = 0.0;
  if (read_whole(text, real) == std::errc{} && std::isfinite(real)) {
    return real;
  }
  return fail(ErrorKind::usage, fmt::format("'{}' is not a number", text),
              "give an integer or a decimal number, as in 3, -1 or 0.5");
}

}  // namespace otelctl::otlp
