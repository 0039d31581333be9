// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "check/expectations.hpp"
#include "check/run.hpp"

namespace otelctl {

class Context;

// Whether golden files are compared with, or written.
enum class Golden { read, update };

// The expectations of a file ('-': standard input), its golden files read too unless they are to be
// updated. What is wrong is printed; the Error says that it was. Error kind: settings.
Result<std::vector<check::Expectation>> read_expectations_source(const std::string& path,
                                                                 Golden golden, Context& context);

// Writes the golden files anew of expectations that are met, and says which changed. A file that is
// there and is no golden file is left alone: error kind settings.
Result<void> update_golden(const std::vector<check::Expectation>& expectations,
                           const check::CheckReport& report, Context& context);

}  // namespace otelctl
