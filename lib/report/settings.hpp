// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "base/result.hpp"
#include "config/show/effective_settings.hpp"

namespace otelctl::report {

// A table: path, value, origin.
void write_settings_text(std::ostream& out, const config::EffectiveSettings& settings);

// The shape otelctl.settings/1. Numbers, booleans and lists are such; nothing is null.
void write_settings_json(std::ostream& out, const config::EffectiveSettings& settings);

// The settings as a YAML file that says the same, with each origin as a comment.
void write_settings_yaml(std::ostream& out, const config::EffectiveSettings& settings);

// Lines NAME=VALUE as a .env file has them, each under its origin; what has no value is left out.
// Only for variables.
void write_settings_env(std::ostream& out, const config::EffectiveSettings& settings);

}  // namespace otelctl::report
