// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "config/convert/plan.hpp"
#include "config/kind.hpp"

namespace otelctl::config::convert {

struct ConvertOptions {
  // telemetry, env or sdk.
  Kind to = Kind::sdk;
  // Of the section that is read, or written.
  std::string section = "telemetry";
};

struct Converted {
  Kind from = Kind::telemetry;
  // The file in its new dialect, comments at its top included.
  std::string text;
  // What it lacks, in the order in which it was found, none twice.
  std::vector<Loss> losses;
  std::vector<std::string> notes;
};

// Says a file in another dialect. References are carried over as they stand, never resolved;
// literal secrets become references, which is a loss. `name` is for the comments. Error kind:
// settings, for what cannot be read; usage, for a file that is of that dialect already.
Result<Converted> convert(std::string_view name, std::string bytes, const ConvertOptions& options);

}  // namespace otelctl::config::convert
