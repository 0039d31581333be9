// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace otelctl::yaml {

// Text that no reader of YAML, old or new, takes for anything else; in quotes where it needs them.
// It can stand in a flow collection too.
std::string yaml_text(std::string_view text);

// The same, in double quotes whatever it is.
std::string quoted_text(std::string_view text);

}  // namespace otelctl::yaml
