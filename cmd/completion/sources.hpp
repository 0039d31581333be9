// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cmd/completion/value_request.hpp"

namespace otelctl {

// The names of commands and groups, or of the commands of one group ("config"), with what they do.
std::vector<Suggestion> command_words(const std::string& group);

// Where values come from: what Options::completes takes. A command that alone needs a source has it
// in its own file.
namespace values {

// Names of files, which are not looked into.
void files(ValueRequest& request);
void yaml_files(ValueRequest& request);
void env_files(ValueRequest& request);
void config_files(ValueRequest& request);  // both

void scenarios(ValueRequest& request);  // built-in, with what they are of
void scenarios_and_files(ValueRequest& request);
void rule_codes(ValueRequest& request);          // with the rules' names
void collector_versions(ValueRequest& request);  // those in which something changed
void attribute_names(ValueRequest& request);     // "KEY=", of the semantic conventions
// Keys that hold a map, in the YAML files that are named on the command line; behind "app." those
// below.
void sections(ValueRequest& request);
void commands(ValueRequest& request);  // of `otelctl help`

void endpoints(ValueRequest& request);  // usual ones on this host
void backends(ValueRequest& request);   // the same, and files

// What the backend has that the command line, the environment or the default names: asked for a
// second at most, and nothing where it is not there. Files are read up to 64 MiB, standard input is
// not.
void services(ValueRequest& request);
void operations(ValueRequest& request);  // of the services given, else of some
void traces(ValueRequest& request);      // last, last~1 and ids, with their roots
void traces_or_files(ValueRequest& request);
// Keys of attributes of a trace: the one that is named as an argument, else the newest.
void attribute_keys(ValueRequest& request);
void tags(ValueRequest& request);  // the same as "KEY="

}  // namespace values
}  // namespace otelctl
