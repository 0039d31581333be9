// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "config/finding.hpp"
#include "config/rule.hpp"
#include "config/views.hpp"

namespace otelctl::config {

// What the rules about attributes share.

// The place of the attribute's name; of its value where the name has none.
Place name_place(const AttributeUse& use);

// Whether the file gives a value to an attribute of this name.
bool writes_attribute(const Subject& subject, std::string_view name);

// The edit that gives it another name. None where the file does not hold the name as it is, and
// where it writes the new one already: then one of both has to go, and which is not ours to say.
std::vector<Edit> renaming(const Subject& subject, const AttributeUse& use,
                           std::string_view new_name);

// The edit that gives it another value, on the same terms.
std::vector<Edit> revaluing(const Subject& subject, const AttributeUse& use,
                            std::string_view new_value);

}  // namespace otelctl::config
