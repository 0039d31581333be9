// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace otelctl {

// Every man page as file name ("otelctl-send-spans.1") and roff text, generated from what the
// commands declare.
std::vector<std::pair<std::string, std::string>> man_pages();

}  // namespace otelctl
