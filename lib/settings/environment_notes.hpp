// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/signal.hpp"
#include "settings/env_file.hpp"

namespace otelctl::settings {

// What a person should know about the environment beside the values that an exporter of the signal
// takes from it: SDKs that are switched off, export elsewhere or sample, and names that no
// specification has and that look as if they did something. Never holds a value that may be a
// secret.
std::vector<std::string> notes_of_environment(const FilledEnvironment& environment, Signal signal);

}  // namespace otelctl::settings
