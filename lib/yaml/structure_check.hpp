// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "yaml/parse.hpp"

namespace otelctl::yaml {

// What is legal for the parser and still misread by one YAML library or another: keys given twice,
// merge keys, foreign tags, tabs in front of or between keys and values. Adds at most a thousand of
// each kind.
void check_structure(const Document& document, std::vector<Problem>& problems);

}  // namespace otelctl::yaml
