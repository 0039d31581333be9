// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/pair_list.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_argument = "OTEL_TRACES_SAMPLER_ARG";

bool is_ratio(std::string_view text) {
  const auto number = yaml::read_number(text);
  return number && *number >= 0 && *number <= 1;
}

// What somebody meant by "10%", "10" or "0,1"; empty when it cannot be told.
std::string ratio_of_words(std::string_view text) {
  const std::string trimmed(text.substr(0, text.find('%')));
  const std::string with_point =
      trimmed.substr(0, trimmed.find(',')) + (trimmed.find(',') == std::string::npos
                                                  ? std::string()
                                                  : "." + trimmed.substr(trimmed.find(',') + 1));
  const auto number = yaml::read_number(with_point);
  if (!number || *number < 0 || *number > 100) {
    return {};
  }
  return number_words(*number > 1 || text.ends_with('%') ? *number / 100 : *number);
}

void check_remote(const Assignment& argument, Reporter& report) {
  for (const Pair& pair : split_pairs(argument.value())) {
    const bool is_known = pair.key == "endpoint" || pair.key == "pollingIntervalMs" ||
                          pair.key == "initialSamplingRate";
    const bool is_readable =
        pair.has_equals && (pair.key == "initialSamplingRate" ? is_ratio(pair.value)
                            : pair.key == "pollingIntervalMs" ? whole_number(pair.value).has_value()
                                                              : is_known);
    if (!is_readable) {
      report.add(
          place_in_value(argument, pair.begin, pair.end),
          fmt::format("{}: {} is not an argument of jaeger_remote", k_argument,
                      shown(argument.value().substr(pair.begin, pair.end - pair.begin))),
          "write endpoint=http://HOST:14250,pollingIntervalMs=5000,initialSamplingRate=0.25");
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  const Assignment* sampler = subject.variables->find_set("OTEL_TRACES_SAMPLER");
  const Assignment* argument = subject.variables->find_set(k_argument);
  if (sampler == nullptr || argument == nullptr) {
    return;
  }
  const std::string name = to_lower(without_quotes(sampler->value()));
  const std::string_view value = without_quotes(argument->value());
  if (name.ends_with("jaeger_remote")) {
    check_remote(*argument, report);
  } else if (name.ends_with("always_on") || name.ends_with("always_off")) {
    report.add(argument->item.place,
               fmt::format("{} has no effect: {} takes none", k_argument, name),
               "remove it, or write OTEL_TRACES_SAMPLER=parentbased_traceidratio");
  } else if (name.ends_with("traceidratio") && !is_ratio(value)) {
    const std::string meant = ratio_of_words(value);
    report.add(
        argument->item.place,
        fmt::format("{} {} is no number from 0 to 1: SDKs ignore it and sample everything",
                    k_argument, shown(value)),
        meant.empty() ? std::string("write 0.1 for 10 %") : fmt::format("did you mean {}?", meant));
  }
}

}  // namespace

Rule otc404_sampler_argument() {
  return {
      .code = "OTC404",
      .name = "sampler-argument",
      .severity = Severity::error,
      .summary = "The argument does not fit the sampler",
      .rationale =
          "A ratio is a number from 0 to 1; always_on and always_off take none; jaeger_remote "
          "takes a list of endpoint, pollingIntervalMs and initialSamplingRate. SDKs ignore an "
          "argument that they cannot read and sample everything.",
      .bad = R"(OTEL_TRACES_SAMPLER=parentbased_traceidratio
OTEL_TRACES_SAMPLER_ARG=10
)",
      .good = R"(OTEL_TRACES_SAMPLER=parentbased_traceidratio
OTEL_TRACES_SAMPLER_ARG=0.1
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
