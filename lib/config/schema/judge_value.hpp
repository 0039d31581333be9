// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "config/schema/check.hpp"
#include "config/schema/subject.hpp"

namespace otelctl::config::schema {

// What is wrong with a scalar or null, as it was read: its type, its choice or its range.
std::optional<Violation> judge_value(const Subject& subject, const Value& value);

}  // namespace otelctl::config::schema
