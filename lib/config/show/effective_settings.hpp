// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "base/result.hpp"
#include "config/kind.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config {

// A value as it takes effect. `raw` is of numbers and booleans, which stand in JSON as they are;
// maps and lists are here only when they are empty, except for lists of texts.
struct EffectiveValue {
  enum class Type : std::uint8_t { null, raw, text, list, map };
  Type type = Type::null;
  std::string text = {};
  std::vector<std::string> items = {};
};

// A key on the way to a value, or the index of a list's item.
struct PathPart {
  std::string name = {};
  bool is_index = false;

  friend bool operator==(const PathPart&, const PathPart&) = default;
};

// One setting with where it comes from: "default", "app.yaml:12", "${NAME} from the environment
// (app.yaml:12)", "default of ${NAME} (app.yaml:12)", "environment". Secrets are redacted already.
struct EffectiveSetting {
  std::vector<PathPart> parts;
  EffectiveValue value;
  std::string origin;

  // "telemetry.tracing.sampler.ratio", "processors[0].batch"
  std::string path() const;
};

struct EffectiveSettings {
  std::string file;  // empty for the process environment
  Kind kind = Kind::telemetry;
  // In the order of the table or of the file.
  std::vector<EffectiveSetting> settings;
};

struct ShowOptions {
  // A key at the top, a path with dots, or "-" for the whole file.
  std::string section = "telemetry";
  // What ${NAME} means, and the OTEL_* variables.
  Environment environment = {};
  // "FILE:LINE" of the variables that do not come from the process.
  std::map<std::string, std::string, std::less<>> variable_places = {};
  yaml::Limits limits = {};
};

// More of a file is an error.
inline constexpr std::size_t k_most_settings = 100'000;

// What a file comes to once references are replaced: of a telemetry section every key there is,
// defaults among them; of an SDK file what it says; of files with OTEL_* variables what
// effective_variables() shows, for each service or container that has some. Error kind: settings,
// for a file that cannot be read, has no such section, or has a value that cannot take effect; the
// message names the place. Error kind: usage, for kinds of files that are not shown.
Result<EffectiveSettings> effective_settings(const std::string& name, std::string bytes,
                                             const ShowOptions& options);

// The OTEL_* variables of the specification: general ones all, signals' ones where they are set. An
// empty value is none, and one that SDKs cannot read is replaced by the default, as the
// specification has it.
EffectiveSettings effective_variables(const ShowOptions& options);

}  // namespace otelctl::config
