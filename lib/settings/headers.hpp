// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "settings/env_file.hpp"
#include "settings/otlp_settings.hpp"
#include "settings/section.hpp"

namespace otelctl::settings {

// Fills the headers and their settings: --header replaces what has the same name and keeps the
// others; a file's headers replace the variables' as a whole, and the signal's variable the general
// one, as the specification says. `settings.protocol` must be known, as it decides what is legal.
// Values appear neither in settings nor in notes. Error kinds: usage for flags, else settings.
Result<void> resolve_headers(const OtlpFlags& flags, const FilledEnvironment& environment,
                             const OtlpSection& section, OtlpSettings& settings);

}  // namespace otelctl::settings
