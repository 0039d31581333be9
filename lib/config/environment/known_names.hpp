// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl::config {

// A name that people set and that no specification knows.
struct ForeignName {
  std::string_view name;
  // What it is: a clause that follows "NAME".
  std::string_view what;
  std::string_view help;
  // It is an attribute of the resource: "service.version".
  std::string_view attribute = {};
};

// nullptr when the name is not among them.
const ForeignName* find_foreign_name(std::string_view name);

// A name that the specification or an exporter had once.
struct FormerName {
  std::string_view name;
  // The whole name, or only its beginning.
  bool is_prefix;
  std::string_view what;
  std::string_view help;
  // What has the same meaning and values now; empty for none.
  std::string_view successor = {};
};

const FormerName* find_former_name(std::string_view name);

// A name of a language's SDK, of an instrumentation, an operator or the semantic conventions: those
// are nobody's mistake (OTEL_{LANGUAGE}_{FEATURE} is the specification's own pattern).
bool is_language_name(std::string_view name);

// OTEL_* and the other names that this tool has something to say about.
bool is_telemetry_name(std::string_view name);

// A name like those of OpenTelemetry that none of the lists above has.
bool is_unspecified(std::string_view name);

// Names of the specification that are near to a misspelt one: by letters, or by the same words in
// another order or with one more or less. Rules search for so many names of one set at most, which
// keeps hostile files cheap.
inline constexpr std::size_t k_most_near_searches = 1000;
std::vector<std::string> near_names(std::string_view name);

}  // namespace otelctl::config
