// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/rule.hpp"
#include "config/section/section.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

struct Pair {
  Key key;
  std::string_view variable;
};

// What both can say. Of headers and attributes the two are merged or not by each application.
constexpr std::array<Pair, 6> k_pairs{{
    {Key::service_name, "OTEL_SERVICE_NAME"},
    {Key::endpoint, "OTEL_EXPORTER_OTLP_ENDPOINT"},
    {Key::endpoint, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"},
    {Key::compression, "OTEL_EXPORTER_OTLP_COMPRESSION"},
    {Key::sampler_type, "OTEL_TRACES_SAMPLER"},
    {Key::sampler_ratio, "OTEL_TRACES_SAMPLER_ARG"},
}};

bool agrees(const Section& section, Key key, std::string_view variable) {
  if (spec_of(key).type == ValueType::number) {
    const auto number = section.number(key);
    const auto other = yaml::read_number(variable);
    return !number || !other || *number == *other;
  }
  const auto text = section.text(key);
  return !text || equals_ignoring_case(*text, variable);
}

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  if (section.flag(Key::enabled) != true) {
    return;
  }
  for (const Pair& pair : k_pairs) {
    const auto variable = subject.options.environment.get_nonempty(pair.variable);
    if (variable && section.is_set(pair.key) && !agrees(section, pair.key, *variable)) {
      report.add(
          section.place(pair.key),
          fmt::format("{} is set to {}; the section wins, as the application hands it to the "
                      "constructor",
                      pair.variable, shown(*variable, pair.variable)),
          fmt::format("remove one of both, or write ${{{}}} here", pair.variable));
    }
  }
}

}  // namespace

Rule otc338_environment_disagrees() {
  return {
      .code = "OTC338",
      .name = "environment-disagrees",
      .severity = Severity::warning,
      .summary = "The environment says something else than the section",
      .rationale =
          "Whoever sets the variable expects it to count, but code beats variables in every SDK.",
      .bad = R"(# OTEL_SERVICE_NAME=search
service_name: checkout
)",
      .good = R"(# OTEL_SERVICE_NAME=checkout
service_name: checkout
)",
      .check = check,
  };
}

}  // namespace otelctl::config
