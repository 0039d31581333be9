// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/options.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl {
namespace {

// The name by which messages call an option: its long one.
std::string shown_name(std::string_view names) {
  const auto parts = split(names, ',');
  return std::string(parts.back());
}

Result<std::uint64_t> parse_count(std::string_view text, std::uint64_t least) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range) {
    return fail(ErrorKind::usage, fmt::format("'{}' is too large", text));
  }
  if (error != std::errc{} || end != text.data() + text.size()) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a whole number", text),
                fmt::format("give a number from {} on", least));
  }
  if (number < least) {
    return fail(ErrorKind::usage, fmt::format("{} is too small", text),
                fmt::format("the least is {}", least));
  }
  return number;
}

// Turns a function that reads a value into one that stores it.
template <typename Target, typename Read>
std::function<Result<void>(const std::string&)> storing(Target& target, Read read) {
  return [&target, read](const std::string& text) -> Result<void> {
    auto value = read(text);
    if (!value) {
      return fail(std::move(value).error());
    }
    target = *std::move(value);
    return {};
  };
}

}  // namespace

Result<void> check_choice(std::string_view text, const std::vector<std::string>& choices) {
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) {
    return {};
  }
  std::string hint = did_you_mean(text, choices);
  if (hint.empty()) {
    hint = "use one of: " + join(choices, ", ");
  }
  return fail(ErrorKind::usage, fmt::format("'{}' is not known", text), hint);
}

Options& Options::heading(std::string_view text) {
  m_heading = text;
  return *this;
}

void Options::require(Result<void> result, const std::string& name) {
  if (!result) {
    m_error = std::move(result).error().within(name);
    throw CLI::ValidationError(name, m_error->message);
  }
}

CLI::Option* Options::add(std::string_view names, std::string_view placeholder,
                          std::string_view description,
                          std::function<Result<void>(const std::string&)> read) {
  const auto accept = [this, name = shown_name(names), read = std::move(read)](
                          const std::string& text) { require(read(text), name); };
  return m_app
      .add_option_function<std::string>(std::string(names), accept, std::string(description))
      ->type_name(std::string(placeholder))
      ->group(m_heading)
      ->take_last();
}

void Options::flag(std::string_view names, bool& target, std::string_view description) {
  m_app.add_flag(std::string(names), target, std::string(description))->group(m_heading);
}

void Options::value(std::string_view names, std::string& target, std::string_view placeholder,
                    std::string_view description) {
  add(names, placeholder, description,
      storing(target, [](const std::string& text) { return Result<std::string>(text); }));
}

void Options::value(std::string_view names, std::optional<std::string>& target,
                    std::string_view placeholder, std::string_view description) {
  add(names, placeholder, description,
      storing(target, [](const std::string& text) { return Result<std::string>(text); }));
}

void Options::values(std::string_view names, std::vector<std::string>& target,
                     std::string_view placeholder, std::string_view description) {
  m_app.add_option(std::string(names), target, std::string(description))
      ->type_name(std::string(placeholder))
      ->group(m_heading)
      ->allow_extra_args(false);
}

void Options::choice(std::string_view names, std::string& target,
                     const std::vector<std::string>& choices, std::string_view description) {
  add(names, join(choices, "|"), description,
      [&target, choices](const std::string& text) -> Result<void> {
        auto checked = check_choice(text, choices);
        if (checked) {
          target = text;
        }
        return checked;
      });
}

void Options::count(std::string_view names, std::uint64_t& target, std::string_view placeholder,
                    std::string_view description, std::uint64_t least) {
  add(names, placeholder, description,
      storing(target, [least](const std::string& text) { return parse_count(text, least); }));
}

void Options::count(std::string_view names, std::optional<std::uint64_t>& target,
                    std::string_view placeholder, std::string_view description,
                    std::uint64_t least) {
  add(names, placeholder, description,
      storing(target, [least](const std::string& text) { return parse_count(text, least); }));
}

void Options::duration(std::string_view names, std::chrono::nanoseconds& target,
                       std::string_view description) {
  add(names, "DURATION", description,
      storing(target, [](const std::string& text) { return parse_duration(text); }));
}

void Options::duration(std::string_view names, std::optional<std::chrono::nanoseconds>& target,
                       std::string_view description) {
  add(names, "DURATION", description,
      storing(target, [](const std::string& text) { return parse_duration(text); }));
}

void Options::size(std::string_view names, std::uint64_t& target, std::string_view description) {
  add(names, "SIZE", description,
      storing(target, [](const std::string& text) { return parse_size(text); }));
}

void Options::parsed(std::string_view names, std::string_view placeholder,
                     std::string_view description,
                     std::function<Result<void>(std::string_view)> read) {
  add(names, placeholder, description,
      [read = std::move(read)](const std::string& text) { return read(text); });
}

void Options::parsed_values(std::string_view names, std::string_view placeholder,
                            std::string_view description,
                            std::function<Result<void>(std::string_view)> read) {
  const auto accept = [this, name = shown_name(names),
                       read = std::move(read)](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      require(read(text), name);
    }
  };
  m_app
      .add_option_function<std::vector<std::string>>(std::string(names), accept,
                                                     std::string(description))
      ->type_name(std::string(placeholder))
      ->group(m_heading)
      ->allow_extra_args(false);
}

void Options::positional(std::string_view name, std::string& target, std::string_view description,
                         Required required, const std::vector<std::string>& choices) {
  const auto read = [&target, choices](const std::string& text) -> Result<void> {
    if (!choices.empty()) {
      if (auto checked = check_choice(text, choices); !checked) {
        return checked;
      }
    }
    target = text;
    return {};
  };
  add(name, choices.empty() ? name : join(choices, "|"), description, read)
      ->group("Arguments")
      ->required(required == Required::yes);
}

void Options::positionals(std::string_view name, std::vector<std::string>& target,
                          std::string_view description) {
  m_app.add_option(std::string(name), target, std::string(description))
      ->type_name(std::string(name) + "...")
      ->group("Arguments");
}

void Options::completes(std::string_view name, ValueSource source) {
  m_sources[m_app.get_option(std::string(name))] = source;
}

ValueSource Options::source_of(const CLI::Option& option) const {
  const auto found = m_sources.find(&option);
  return found == m_sources.end() ? nullptr : found->second;
}

void Options::program(std::vector<std::string>& target, std::string_view description) {
  m_program = &target;
  m_program_option = m_app.add_option("COMMAND", target, std::string(description))
                         ->type_name("[--] COMMAND [ARG]...")
                         ->group("Arguments")
                         ->required();
}

void Options::take_program(std::vector<std::string> words) {
  if (m_program != nullptr && !words.empty()) {
    *m_program = std::move(words);
    m_program_option->required(false);
  }
}

}  // namespace otelctl
