// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/completion/complete.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"

namespace otelctl {
namespace {

constexpr std::size_t k_most_suggestions = 1000;

bool can_be_typed(const std::string& value) {
  return !value.empty() && is_valid_utf8(value) && escape_for_terminal(value) == value;
}

void complete_options(const CommandLine& line, ValueRequest& request) {
  for (const OptionFacts& option : line.options) {
    if (option.is_positional || (line.has(option) && !option.is_repeatable)) {
      continue;
    }
    for (const std::string& name : option.names) {
      // Where "--" is typed, and where nothing is, short names are of no use.
      if (name.starts_with("--") || request.typed() == "-") {
        request.add(name, option.description);
      }
    }
  }
  if (line.command == nullptr && line.group.empty()) {
    request.add("--version", "Print the version");
  }
}

void complete_value(const OptionFacts& taker, ValueRequest& request) {
  if (taker.source != nullptr) {
    taker.source(request);
    return;
  }
  for (const std::string& choice : taker.choices()) {
    request.add(choice);
  }
  if (taker.placeholder.find("FILE") != std::string::npos) {
    request.add_files();
  }
}

void ask(const CommandLine& line, ValueRequest& request) {
  using At = CommandLine::At;
  switch (line.at) {
    case At::nothing:
    case At::program:
      return;
    case At::command:
      for (Suggestion& name : command_words(line.group)) {
        request.add(std::move(name.value), std::move(name.description));
      }
      return;
    case At::option:
      complete_options(line, request);
      return;
    case At::value:
      complete_value(*line.taker, request);
      return;
    case At::argument:
      if (line.taker != nullptr) {
        complete_value(*line.taker, request);
      } else if (line.typed.empty()) {
        complete_options(line, request);
      }
      return;
  }
}

void take_suggestions(const CommandLine& line, const ValueRequest& request, Answer& answer) {
  for (const Suggestion& each : request.suggestions()) {
    const bool is_there =
        std::find(line.listed.begin(), line.listed.end(), each.value) != line.listed.end() ||
        std::any_of(answer.suggestions.begin(), answer.suggestions.end(),
                    [&](const Suggestion& other) { return other.value == each.value; });
    if (!is_there && can_be_typed(each.value)) {
      answer.suggestions.push_back({each.value, escape_for_terminal(each.description)});
    }
    if (answer.suggestions.size() == k_most_suggestions) {
      return;
    }
  }
}

}  // namespace

std::vector<std::string> ValueRequest::values_of(std::string_view option) const {
  std::vector<std::string> values;
  for (const GivenOption& each : m_line.given) {
    if (each.name == option && !each.value.empty()) {
      values.push_back(each.value);
    }
  }
  return values;
}

std::vector<std::string> ValueRequest::given_values() const {
  std::vector<std::string> values;
  for (const GivenOption& each : m_line.given) {
    if (!each.value.empty()) {
      values.push_back(fmt::format("{}={}", each.name, each.value));
    }
  }
  return values;
}

Answer complete(const std::vector<std::string>& words, Context& context, nanoseconds bound) {
  const CommandLine line = read_command_line(words);
  Answer answer{.fixed = line.fixed, .typed = line.typed};
  if (line.at == CommandLine::At::program) {
    answer.program = line.program;
    return answer;
  }
  ValueRequest request(line, context, bound);
  ask(line, request);
  take_suggestions(line, request, answer);
  const bool has_fitting = std::any_of(answer.suggestions.begin(), answer.suggestions.end(),
                                       [&](const Suggestion& each) { return answer.fits(each); });
  if (!(request.are_files_second() && has_fitting)) {
    answer.files = request.files();
  }
  return answer;
}

}  // namespace otelctl
