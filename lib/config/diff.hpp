// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "yaml/document.hpp"

namespace otelctl::config {

// What changes from one state of a file to another, as the unified format has it.
struct UnifiedDiff {
  // Lines with their line ends; empty when nothing changes.
  std::string text;
  // Lines in it hold a secret, which is replaced: patch(1) refuses it then.
  bool is_redacted = false;
};

// Three lines of context, "a/NAME" and "b/NAME" at the head. Line ends are kept as they are, so
// that a file with CRLF can be patched. The text is not escaped for a terminal.
UnifiedDiff unified_diff(const std::string& name, const yaml::Document& before,
                         const yaml::Document& after);

}  // namespace otelctl::config
