// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>

namespace otelctl::config {

// A JSON Schema (draft 2020-12) of files with the section `name`, made from the table of its keys:
// a key at the top, a path with dots, or "-" for the whole file. Inside of the section no other
// keys are allowed, around it all are. Wherever a value may come from a variable, text with a
// reference to one is taken for it.
void write_section_schema(std::ostream& out, const std::string& name);

}  // namespace otelctl::config
