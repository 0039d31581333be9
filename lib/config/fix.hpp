// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "config/validate.hpp"

namespace otelctl::config {

// What looks at a file while it is mended.
struct FixChecks {
  // The findings that may be mended.
  std::function<FileReport(std::string bytes)> find;
  // All findings: mending may not add to these.
  std::function<FileReport(std::string bytes)> judge;
};

struct FixResult {
  // What `find` says of the file as it was and as it is now; the bytes are the documents' source.
  FileReport before;
  FileReport after;
  // How many findings were mended.
  std::size_t mended = 0;

  bool has_changed() const { return before.document.source() != after.document.source(); }
};

// Makes the edits of the findings, in the order of the file, those that overlap in a later round,
// until nothing more can be made. Each must leave the file with fewer findings and none of a kind
// that was not there before; information does not weigh against warnings and errors; what keeps a
// file from being read counts more than what comes to light once it can be. So the same file is
// never changed twice. Values that hold `${` stay as they are.
FixResult fix(std::string bytes, const FixChecks& checks);

// The same by the rules: those that the options select are mended, and none may be broken.
FixResult fix(const std::string& name, std::string bytes, const ValidateOptions& options);

}  // namespace otelctl::config
