// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/references.hpp"
#include "config/schema/check.hpp"

namespace otelctl::config::sdk {

// The type and value of a scalar by the core schema of YAML 1.2, which the specification names for
// these files: resolved after substitution where it is plain, text where it is quoted.
schema::Value typed(const yaml::Node& node, ResolvedScalar scalar);

}  // namespace otelctl::config::sdk
