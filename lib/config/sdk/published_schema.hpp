// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "config/schema/schema.hpp"

namespace otelctl::config::sdk {

// The schema of the SDK's declarative configuration as the OpenTelemetry project publishes it.
// schema-1.1.md tells where it is from; refreshing it is a new file and the numbers here.
inline constexpr int k_schema_major = 1;
inline constexpr int k_schema_minor = 1;

// The file itself, in JSON.
std::string_view published_schema_text();

// The same, compiled when it is first asked for: most runs of the program never do.
const schema::Schema& published_schema();

}  // namespace otelctl::config::sdk
