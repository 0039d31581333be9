// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "cmd/options.hpp"
#include "synth/scenario.hpp"

// What --scenario of send-spans, send-metrics and send-logs names.
namespace otelctl {

class Context;

// Captured OTLP, for a replay: the bytes of a file as they are, JSON, JSON lines or protobuf.
struct CapturedFile {
  std::string name;  // of the file, for messages
  std::string bytes;
};

using ScenarioSource = std::variant<synth::Scenario, CapturedFile>;

// Adds --scenario NAME|FILE; completion offers the names of the built-in ones.
void declare_scenario(Options& options, std::string& target, std::string_view description);

// A built-in scenario by its name, or a file by its path ('-' is standard input), whose kind is
// told by its content. A text without '/' and '.' is a name, unless there is such a file and no
// such name. What is wrong with a scenario file is printed on stderr, with places, before an Error
// of kind settings is returned that says so; a file that cannot be read is of the same kind, a text
// that is neither a name nor a file of kind usage. A Scenario that is returned has passed
// check_scenario.
Result<ScenarioSource> read_scenario_source(const std::string& text, synth::Semconv semconv,
                                            Context& context);

}  // namespace otelctl
