// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/environment.hpp"
#include "check/expectations.hpp"
#include "config/validate.hpp"

namespace otelctl::check {

struct ExpectationsFile {
  // Empty when one of the findings is an error, or a variable has no value.
  std::vector<Expectation> expectations;
  bool is_valid = false;
  // By line, column and code; a bounded number. Its kind says nothing.
  config::FileReport report;
};

// Reads a file's bytes as expectations. Whatever they are, the result is findings; time and memory
// are bounded by limits.hpp. `${NAME}` in values is replaced as in an application's section. `name`
// is what findings call the file.
ExpectationsFile read_expectations(std::string name, std::string bytes,
                                   const Environment& environment);

}  // namespace otelctl::check
