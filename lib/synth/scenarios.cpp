// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios.hpp"

#include <charconv>
#include <limits>
#include <optional>
#include <variant>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "synth/scenarios/built_in.hpp"
#include "synth/semconv.hpp"

namespace otelctl::synth {
namespace {

const std::vector<BuiltInScenario>& built_in_scenarios() {
  static const std::vector<BuiltInScenario> k_scenarios{
#define OTELCTL_SCENARIO(name) name##_scenario(),
#include "synth/scenarios.def"
#undef OTELCTL_SCENARIO
  };
  return k_scenarios;
}

std::string format(const ScenarioSizes& sizes, std::uint64_t size) {
  return sizes.is_bytes ? format_size(size) : fmt::format("{}", size);
}

Result<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range) {
    return std::numeric_limits<std::uint64_t>::max();
  }
  if (error != std::errc{} || end != text.data() + text.size()) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not a whole number", text));
  }
  return number;
}

Result<std::uint64_t> read_size(const BuiltInScenario& built_in, std::string_view text) {
  const ScenarioSizes& sizes = built_in.sizes;
  const std::string possible =
      fmt::format("{} to {}, as in {}:{}", format(sizes, sizes.least), format(sizes, sizes.most),
                  built_in.name, format(sizes, sizes.usual));
  auto size = sizes.is_bytes ? parse_size(text) : parse_number(text);
  if (!size) {
    Error error = std::move(size).error().within(std::string(built_in.name));
    error.hint = error.hint.empty() ? possible : error.hint;
    return fail(std::move(error));
  }
  if (*size < sizes.least || *size > sizes.most) {
    return fail(ErrorKind::usage,
                fmt::format("{}: {} lies outside what is possible", built_in.name, text), possible);
  }
  return *size;
}

std::string hint_for_sizeless(const BuiltInScenario& built_in) {
  std::vector<std::string> sized;
  for (const BuiltInScenario& other : built_in_scenarios()) {
    if (std::holds_alternative<BuiltInScenario::MakeOfSize>(other.make)) {
      sized.emplace_back(other.name);
    }
  }
  return fmt::format("write {}; sizes are for {}", built_in.name, join(sized, ", "));
}

// `size` is what stands behind the colon, if there is one.
Result<Scenario> make(const BuiltInScenario& built_in, std::optional<std::string_view> size) {
  if (const auto* plain = std::get_if<BuiltInScenario::Make>(&built_in.make)) {
    if (size) {
      return fail(ErrorKind::usage, fmt::format("the scenario {} takes no size", built_in.name),
                  hint_for_sizeless(built_in));
    }
    return (*plain)();
  }
  const auto read = size ? read_size(built_in, *size) : Result<std::uint64_t>(built_in.sizes.usual);
  if (!read) {
    return fail(read.error());
  }
  return std::get<BuiltInScenario::MakeOfSize>(built_in.make)(*read);
}

}  // namespace

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  names.reserve(built_in_scenarios().size());
  for (const BuiltInScenario& built_in : built_in_scenarios()) {
    names.emplace_back(built_in.name);
  }
  return names;
}

Result<Scenario> find_scenario(std::string_view name, Semconv semconv) {
  const auto colon = name.find(':');
  const std::string_view base = name.substr(0, colon);
  for (const BuiltInScenario& built_in : built_in_scenarios()) {
    if (built_in.name == base) {
      auto scenario =
          make(built_in, colon == std::string_view::npos ? std::nullopt
                                                         : std::optional(name.substr(colon + 1)));
      if (scenario && semconv == Semconv::current) {
        use_current_names(*scenario);
      }
      return scenario;
    }
  }
  const std::vector<std::string> names = scenario_names();
  std::string hint = did_you_mean(base, names);
  if (hint.empty()) {
    hint = fmt::format("there are {}", join(names, ", "));
  }
  return fail(ErrorKind::usage, fmt::format("there is no scenario '{}'", name), std::move(hint));
}

}  // namespace otelctl::synth
