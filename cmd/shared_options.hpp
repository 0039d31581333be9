// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cmd/options.hpp"

namespace otelctl {

// --format and -o, for every command that has a result; --width for those that draw.
struct OutputOptions {
  std::string format = "text";
  std::optional<std::string> file = std::nullopt;
  std::optional<std::size_t> width = std::nullopt;

  bool is_json() const { return format == "json"; }
};

// `formats` are the ones that this command has; the first is the default.
void declare_output(Options& options, OutputOptions& output,
                    const std::vector<std::string>& formats);
void declare_width(Options& options, OutputOptions& output);

}  // namespace otelctl
