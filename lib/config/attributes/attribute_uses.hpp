// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <unordered_set>
#include <vector>

#include "config/finding.hpp"
#include "config/rule.hpp"
#include "config/views.hpp"

namespace otelctl::config {

// What the rules about attributes share.

// The place of the attribute's name; of its value where the name has none.
Place name_place(const AttributeUse& use);

// The names of the attributes that the file gives a value to. They are the subject's.
std::unordered_set<std::string_view> written_attributes(const Subject& subject);

// The edit that gives it another name. None where the file does not hold the name as it is.
std::vector<Edit> renaming(const Subject& subject, const AttributeUse& use,
                           std::string_view new_name);

// The edit that gives it another value, on the same terms.
std::vector<Edit> revaluing(const Subject& subject, const AttributeUse& use,
                            std::string_view new_value);

}  // namespace otelctl::config
