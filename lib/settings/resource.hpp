// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "settings/env_file.hpp"
#include "settings/otlp_settings.hpp"
#include "settings/section.hpp"

namespace otelctl::settings {

// Fills in who sends: service_name and resource_attributes, from --service, --resource, the
// section, OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, laid over each other by key. Error
// kinds: usage for flags, settings for the variable, of which the specification says that one error
// spoils it whole.
Result<void> resolve_resource(const OtlpFlags& flags, const FilledEnvironment& environment,
                              const OtlpSection& section, OtlpSettings& settings);

}  // namespace otelctl::settings
