// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "config/schema/schema.hpp"

namespace otelctl::config::sdk {

// What has become of a key of the formats 0.1 to 1.0-rc, in words of help; empty for a key that
// they did not have either.
std::string explain_old_key(const schema::Rules& rules, std::string_view key);

}  // namespace otelctl::config::sdk
