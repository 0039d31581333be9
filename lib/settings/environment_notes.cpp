// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/environment_notes.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

#include "base/text.hpp"
#include "settings/candidates.hpp"
#include "settings/foreign_names.hpp"

namespace otelctl::settings {
namespace {

using Notes = std::vector<std::string>;

void note_disabled(const FilledEnvironment& environment, Notes& notes) {
  Candidates found;
  add_variable(found, environment, "OTEL_SDK_DISABLED");
  if (found.empty() || equals_ignoring_case(found.front().value, "false")) {
    return;
  }
  notes.push_back(found.front().origin +
                  (equals_ignoring_case(found.front().value, "true")
                       ? " is true: SDKs send nothing, whatever comes out here"
                       : " is neither true nor false and counts as false"));
}

// OTEL_TRACES_EXPORTER and the like: a list of exporters, "otlp" when it is not set.
void note_other_exporter(const FilledEnvironment& environment, Signal signal, Notes& notes) {
  const std::string_view name = signal == Signal::traces    ? "OTEL_TRACES_EXPORTER"
                                : signal == Signal::metrics ? "OTEL_METRICS_EXPORTER"
                                                            : "OTEL_LOGS_EXPORTER";
  Candidates found;
  add_variable(found, environment, name);
  if (found.empty()) {
    return;
  }
  const auto exporters = split(found.front().value, ',');
  const bool has_otlp = std::any_of(
      exporters.begin(), exporters.end(),
      [](std::string_view exporter) { return equals_ignoring_case(trim(exporter), "otlp"); });
  if (!has_otlp) {
    notes.push_back(found.front().origin + " does not name otlp: SDKs send no " +
                    std::string(name_of(signal)) + " by OTLP");
  }
}

// A part of the traces, as OTEL_TRACES_SAMPLER_ARG of a ratio sampler has it; nothing for all, and
// for what SDKs cannot read.
std::optional<double> ratio_below_one(std::string_view text) {
  double ratio = 1.0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, ratio);
  const bool is_below = error == std::errc() && rest == end && ratio >= 0.0 && ratio < 1.0;
  return is_below ? std::optional(ratio) : std::nullopt;
}

// Traces that a sampler leaves out are missed as those are that got lost on the way.
void note_sampler(const FilledEnvironment& environment, Notes& notes) {
  Candidates sampler;
  add_variable(sampler, environment, "OTEL_TRACES_SAMPLER");
  Candidates argument;
  add_variable(argument, environment, "OTEL_TRACES_SAMPLER_ARG");
  if (sampler.empty()) {
    return;
  }
  const std::string name = to_lower(trim(sampler.front().value));
  if (name.ends_with("always_off")) {
    notes.push_back(sampler.front().origin + " is " + name +
                    ": SDKs begin no trace, whatever comes out here");
  } else if (name.ends_with("traceidratio") && !argument.empty() &&
             ratio_below_one(trim(argument.front().value))) {
    notes.push_back(argument.front().origin + " is " + std::string(trim(argument.front().value)) +
                    ": SDKs send that part of their traces, whatever comes out here");
  }
}

void note_config_file(const FilledEnvironment& environment, Notes& notes) {
  Candidates found;
  add_variable(found, environment, "OTEL_CONFIG_FILE");
  if (!found.empty()) {
    notes.push_back(found.front().origin +
                    " is set: an SDK reads that file and ignores the other OTEL_* variables");
  }
}

void note_foreign_names(const FilledEnvironment& environment, Notes& notes) {
  for (const auto& [name, value] : environment.variables.all()) {
    const ForeignName* foreign = find_foreign_name(name);
    // The table also has names that are switches of servers.
    if (foreign == nullptr || value.empty() || !name.starts_with("OT")) {
      continue;
    }
    Candidates found;
    add_variable(found, environment, name);
    notes.push_back(found.front().origin + " " + std::string(foreign->what) + "; " +
                    std::string(foreign->help));
  }
}

}  // namespace

std::vector<std::string> notes_of_environment(const FilledEnvironment& environment, Signal signal) {
  Notes notes;
  note_disabled(environment, notes);
  note_other_exporter(environment, signal, notes);
  if (signal == Signal::traces) {
    note_sampler(environment, notes);
  }
  note_config_file(environment, notes);
  note_foreign_names(environment, notes);
  return notes;
}

}  // namespace otelctl::settings
