// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "config/convert/plan.hpp"

namespace otelctl::config::convert {

// Each writes one dialect, without the comments at its top. What the dialect cannot say is added to
// the losses of the plan.

// `section` is a key, a path with dots, or "-" for a file that is the section.
std::string write_section(Plan& plan, const std::string& section);
std::string write_environment(Plan& plan);
std::string write_sdk(Plan& plan);

}  // namespace otelctl::config::convert
