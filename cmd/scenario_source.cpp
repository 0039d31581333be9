// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/scenario_source.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/input_files.hpp"
#include "scenario/read.hpp"
#include "synth/capture.hpp"
#include "synth/scenarios.hpp"

namespace otelctl {
namespace {

// A name, rather than one with a size that is wrong.
bool is_built_in(std::string_view name) {
  const std::vector<std::string> names = synth::scenario_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

Result<std::string> read_bytes(const std::string& text, Context& context) {
  return text == "-"
             ? read_stream(context.piped_input(), "standard input", synth::k_max_capture_bytes)
             : read_file(text, synth::k_max_capture_bytes);
}

// What is wrong is printed; the Error says that it was.
Result<ScenarioSource> read_scenario_file(std::string name, std::string bytes, Context& context) {
  auto file = scenario::read_scenario(name, std::move(bytes));
  std::vector<config::FileReport> reports;
  reports.push_back(std::move(file.report));
  print_input_findings(reports, file.scenario.has_value(), context);
  if (!file.scenario) {
    return fail(ErrorKind::settings, fmt::format("{}: not a valid scenario", name),
                "'otelctl scenarios NAME' prints one to start from");
  }
  return std::move(*file.scenario);
}

Error unknown_source(const std::string& text) {
  const std::vector<std::string> names = synth::scenario_names();
  std::string hint = did_you_mean(text, names);
  if (hint.empty()) {
    hint = fmt::format("there are {}; a file is given by its path, as in ./{}.yaml",
                       join(names, ", "), text.empty() ? "shop" : text);
  }
  return {ErrorKind::usage, fmt::format("there is no scenario and no file '{}'", text),
          std::move(hint)};
}

}  // namespace

void declare_scenario(Options& options, std::string& target, std::string_view description) {
  options.value("--scenario", target, "NAME|FILE", description);
  options.completes("--scenario", values::scenarios_and_files);
}

Result<ScenarioSource> read_scenario_source(const std::string& text, synth::Semconv semconv,
                                            Context& context) {
  auto built_in = synth::find_scenario(text, semconv);
  if (built_in) {
    return std::move(*built_in);
  }
  if (is_built_in(text.substr(0, text.find(':')))) {
    return fail(std::move(built_in).error().within("--scenario"));
  }
  const bool is_path = text.find_first_of("/.") != std::string::npos;
  if (text != "-" && !is_path && !path_exists(text)) {
    return fail(unknown_source(text).within("--scenario"));
  }
  auto bytes = read_bytes(text, context);
  if (!bytes) {
    return fail(std::move(bytes).error().within("--scenario"));
  }
  if (semconv == synth::Semconv::current) {
    return fail(ErrorKind::usage, "--semconv chooses the names of built-in scenarios",
                "a file's attributes are named as it says; leave the option out");
  }
  std::string name = text == "-" ? "(standard input)" : text;
  if (bytes->starts_with("\x1f\x8b")) {
    return fail(ErrorKind::settings, fmt::format("--scenario: {} is compressed with gzip", name),
                "unpack it first: gunzip -c FILE | otelctl ... --scenario -");
  }
  if (synth::looks_like_capture(*bytes)) {
    return CapturedFile{std::move(name), std::move(*bytes)};
  }
  return read_scenario_file(std::move(name), std::move(*bytes), context);
}

}  // namespace otelctl
