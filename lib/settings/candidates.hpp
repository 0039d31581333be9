// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "settings/env_file.hpp"
#include "settings/section.hpp"
#include "settings/setting.hpp"

namespace otelctl::settings {

// One value that somebody gave for an option.
struct Candidate {
  std::string value;
  std::string origin;
  Source source = Source::standard;
};

// All of them for one option, strongest first.
using Candidates = std::vector<Candidate>;

// Adds what is there, in the order of the calls.
void add_flag(Candidates& candidates, std::string_view flag,
              const std::optional<std::string>& value);
void add_section(Candidates& candidates, const std::optional<SectionValue>& value);
// The signal's form, then the general one; empty values are unset.
void add_variables(Candidates& candidates, const FilledEnvironment& environment,
                   std::string_view general_name, Signal signal);
void add_variable(Candidates& candidates, const FilledEnvironment& environment,
                  std::string_view name, Source source = Source::general_variable);

// The winner as a Setting: `shown` is its value for a person.
Setting make_setting(std::string_view name, const Candidates& candidates, std::string shown);

// "--endpoint overrules OTEL_EXPORTER_OTLP_ENDPOINT" for each variable with another value that a
// flag or a file overrules; a signal's variable before the general one is no news.
void note_overruled(const Candidates& candidates, std::vector<std::string>& notes);

// "ORIGIN: message". Kind: usage for a flag, settings for anything else.
Error at_origin(const Candidate& candidate, std::string message, std::string hint);

}  // namespace otelctl::settings
