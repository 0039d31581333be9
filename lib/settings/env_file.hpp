// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "base/result.hpp"

namespace otelctl::settings {

// One assignment. Offsets are bytes of the file, ends are exclusive.
struct EnvFileEntry {
  std::string name;
  std::string value;
  std::size_t line = 0;  // from 1
  std::size_t name_begin = 0;
  std::size_t name_end = 0;
  // The value with its quotes; of an empty one both are behind the '='.
  std::size_t begin = 0;
  std::size_t end = 0;
  // The quote around the whole value, or 0.
  char quote = '\0';
  // False when references in it could not be resolved: `value` is not what a process would get.
  bool is_known = true;
  // The names of variables that it refers to and that have neither value nor default.
  std::vector<std::string> unset = {};
};

// What keeps a line from being read. Never holds a value.
struct EnvFileProblem {
  std::size_t line = 0;  // from 1
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message;
  std::string hint;
};

struct EnvFileContent {
  // In the order of the file; of a name that appears twice the last counts.
  std::vector<EnvFileEntry> entries;
  std::vector<EnvFileProblem> problems;
  // The file is a shell script.
  bool is_script = false;
  // There was more of it than the entries that may be read.
  bool is_cut = false;
};

// Reads a .env file as docker compose does (compose-go 2.16): NAME=VALUE or NAME: VALUE a line,
// `export ` before it, full-line comments and inline ones (a space and #), 'literal' and "escaped"
// values that may go over several lines, CRLF. A name alone sets nothing. Stricter in two things
// that compose takes and nobody means: a name that is empty, and text behind a closing quote.
//
// A file that begins with "#!", or that has lines with `export NAME=` beside lines that begin with
// a word of the shell (if, set, source, ...), is a script: assignments are read as the shell reads
// them and all else is passed over.
//
// With an environment references are resolved from it and from earlier lines; without, values stay
// as they are. Reads at most `most_entries`.
EnvFileContent read_env_file(std::string_view text, const Environment* environment,
                             std::size_t most_entries = SIZE_MAX);

// The same, uninterpolated, for a file that must be right. Error kind: settings, with the line's
// number and never the value.
Result<std::vector<EnvFileEntry>> parse_env_file(std::string_view text);

// The process environment and what --env-file adds to it.
struct FilledEnvironment {
  Environment variables;
  // "FILE:LINE" of each variable that came from the file.
  std::map<std::string, std::string, std::less<>> places;
  std::vector<std::string> notes;
};

// Fills in from the file (when one is given) what `environment` does not set, an empty value being
// set. Error kind: settings.
Result<FilledEnvironment> fill_environment(const Environment& environment,
                                           const std::optional<std::string>& env_file);

}  // namespace otelctl::settings
