// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/value_check.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

using settings::Variable;
using settings::VariableType;

constexpr int k_most = 2147483647;
constexpr int k_most_port = 65535;

std::vector<std::string> words_of(std::string_view allowed) {
  std::vector<std::string> words;
  for (const std::string_view word : split(allowed, ' ')) {
    words.emplace_back(word);
  }
  return words;
}

std::string ignored(const Variable& variable) {
  return variable.default_value.empty()
             ? "SDKs ignore it"
             : fmt::format("SDKs ignore it and use {}", variable.default_value);
}

bool is_time(const Variable& variable) {
  return variable.type == VariableType::milliseconds || variable.type == VariableType::timeout;
}

// "10s" for a number of milliseconds.
std::string as_milliseconds(std::string_view value) {
  const auto duration = parse_duration(value);
  if (!duration) {
    return {};
  }
  const auto count = std::chrono::duration_cast<std::chrono::milliseconds>(*duration).count();
  return count > 0 && count <= k_most ? std::to_string(count) : std::string();
}

std::optional<ValueProblem> check_number(const Variable& variable, std::string_view name,
                                         std::string_view value) {
  const int most = variable.type == VariableType::port ? k_most_port : k_most;
  const auto number = whole_number(value);
  if (number && *number >= variable.least && *number <= most) {
    return std::nullopt;
  }
  const std::string range = fmt::format("write a whole number from {} to {}", variable.least, most);
  if (is_time(variable)) {
    const std::string milliseconds = as_milliseconds(value);
    return ValueProblem{fmt::format("{} {} is no whole number of milliseconds: {}", name,
                                    shown(value), ignored(variable)),
                        milliseconds.empty() ? range : fmt::format("write {}", milliseconds),
                        milliseconds};
  }
  return ValueProblem{fmt::format("{} {} is {}: {}", name, shown(value),
                                  number ? "out of range" : "no whole number", ignored(variable)),
                      range};
}

}  // namespace

std::optional<ValueProblem> check_value(const Variable& variable, std::string_view name,
                                        std::string_view value) {
  switch (variable.type) {
    case VariableType::boolean:
      if (equals_ignoring_case(value, "true") || equals_ignoring_case(value, "false")) {
        return std::nullopt;
      }
      return ValueProblem{fmt::format("{} {} is neither true nor false: SDKs take it for false",
                                      name, shown(value)),
                          "write true or false"};
    case VariableType::integer:
    case VariableType::port:
    case VariableType::milliseconds:
    case VariableType::timeout:
      return check_number(variable, name, value);
    case VariableType::enumeration: {
      if (is_allowed(variable.allowed, value)) {
        return std::nullopt;
      }
      const std::string near = nearest_of(variable.allowed, value);
      const std::string hint = did_you_mean(value, words_of(variable.allowed));
      return ValueProblem{
          fmt::format("{} {} is not known: {}", name, shown(value), ignored(variable)),
          hint.empty() ? fmt::format("write {}", choice_words(variable.allowed)) : hint, near};
    }
    case VariableType::text:
    case VariableType::list:
    case VariableType::key_values:
    case VariableType::headers:
    case VariableType::url:
    case VariableType::path:
      break;
  }
  return std::nullopt;
}

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole && number >= 0 ? std::optional(number) : std::nullopt;
}

std::string_view without_quotes(std::string_view value) {
  value = trim(value);
  const bool is_wrapped = value.size() >= 2 && value.front() == value.back() &&
                          (value.front() == '"' || value.front() == '\'');
  return is_wrapped ? value.substr(1, value.size() - 2) : value;
}

bool is_allowed(std::string_view allowed, std::string_view word) {
  const auto words = split(allowed, ' ');
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view each) { return equals_ignoring_case(each, word); });
}

std::string nearest_of(std::string_view allowed, std::string_view word) {
  constexpr std::size_t k_longest = 100;
  if (word.size() > k_longest) {
    return {};
  }
  const std::vector<std::string> near = nearest(word, words_of(allowed));
  return near.size() == 1 ? near.front() : std::string();
}

}  // namespace otelctl::config
