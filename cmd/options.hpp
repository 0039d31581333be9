// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace otelctl {

class ValueRequest;
// Where completion takes the values of an option or argument from: adds them to the request
// (cmd/completion/sources.hpp has those that several commands need).
using ValueSource = void (*)(ValueRequest& request);

// Usage error with the nearest choice, or all of them, where `text` is none of them.
Result<void> check_choice(std::string_view text, const std::vector<std::string>& choices);

// Where a command declares its options: a thin front of CLI11 that keeps its weight (3 s a file)
// and its messages out of the commands. Names are CLI11's ("-o,--output"); the placeholder is shown
// in help, and one of the form "a|b|c" is also what completion offers. Given twice, the last value
// counts. A value that cannot be read ends parsing with an Error of kind usage that names the
// option.
class Options {
 public:
  explicit Options(CLI::App& app) : m_app(app) {}

  // The heading under which help lists the options that follow; "Options" until then.
  Options& heading(std::string_view text);

  void flag(std::string_view names, bool& target, std::string_view description);
  void value(std::string_view names, std::string& target, std::string_view placeholder,
             std::string_view description);
  void value(std::string_view names, std::optional<std::string>& target,
             std::string_view placeholder, std::string_view description);
  // Repeatable; each occurrence takes one value.
  void values(std::string_view names, std::vector<std::string>& target,
              std::string_view placeholder, std::string_view description);
  // One of `choices`; a misspelt one is answered with the nearest.
  void choice(std::string_view names, std::string& target, const std::vector<std::string>& choices,
              std::string_view description);
  // A whole number of at least `least`.
  void count(std::string_view names, std::uint64_t& target, std::string_view placeholder,
             std::string_view description, std::uint64_t least = 0);
  void count(std::string_view names, std::optional<std::uint64_t>& target,
             std::string_view placeholder, std::string_view description, std::uint64_t least = 0);
  void duration(std::string_view names, std::chrono::nanoseconds& target,
                std::string_view description);
  void duration(std::string_view names, std::optional<std::chrono::nanoseconds>& target,
                std::string_view description);
  void size(std::string_view names, std::uint64_t& target, std::string_view description);
  // Anything else: `read` turns the text into the command's own member or says what is wrong.
  void parsed(std::string_view names, std::string_view placeholder, std::string_view description,
              std::function<Result<void>(std::string_view)> read);
  // Repeatable: `read` gets one value after the other.
  void parsed_values(std::string_view names, std::string_view placeholder,
                     std::string_view description,
                     std::function<Result<void>(std::string_view)> read);

  enum class Required { no, yes };
  // Arguments without a dash, in the order of declaration; where `choices` are given, one of these.
  void positional(std::string_view name, std::string& target, std::string_view description,
                  Required required, const std::vector<std::string>& choices = {});
  void positionals(std::string_view name, std::vector<std::string>& target,
                   std::string_view description);

  // What completion offers for an option or argument that was declared before, in place of what its
  // placeholder says ("a|b" are choices, FILE is any file). Other values are values too.
  void completes(std::string_view name, ValueSource source);

  // The command line of another program, for commands with CommandSpec::runs_program.
  void program(std::vector<std::string>& target, std::string_view description);
  // Binds what was found of it; CLI11 would read words that begin with '-' or '[' in its own way.
  void take_program(std::vector<std::string> words);

  // What went wrong while values were read; the parser asks for it when CLI11 gives up.
  const std::optional<Error>& error() const { return m_error; }
  // Of `completes`; nullptr where nothing was said.
  ValueSource source_of(const CLI::Option& option) const;

 private:
  CLI::Option* add(std::string_view names, std::string_view placeholder,
                   std::string_view description,
                   std::function<Result<void>(const std::string&)> read);
  // Ends parsing where `result` is an error.
  void require(Result<void> result, const std::string& name);

  CLI::App& m_app;
  std::string m_heading = "Options";
  std::optional<Error> m_error;
  std::map<const CLI::Option*, ValueSource> m_sources;
  CLI::Option* m_program_option = nullptr;
  std::vector<std::string>* m_program = nullptr;
};

}  // namespace otelctl
