// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cmd/options.hpp"
#include "settings/otlp_settings.hpp"
#include "settings/query_settings.hpp"

namespace otelctl {

// --format and -o, for every command that has a result; --report for those whose verdict CI reads,
// --width for those that draw, --no-pager for those that can draw more than a screen holds.
struct OutputOptions {
  std::string format = "text";
  std::optional<std::string> file = std::nullopt;
  std::optional<std::size_t> width = std::nullopt;
  enum class Pager { none, for_text };
  Pager pager = Pager::none;
  bool no_pager = false;
  struct Report {
    std::string format;
    std::string file;
  };
  // Further forms of the same result, each for a file of its own.
  std::vector<Report> reports = {};

  bool is_json() const { return format == "json"; }
};

// `formats` are the ones that this command has; the first is the default.
void declare_output(Options& options, OutputOptions& output,
                    const std::vector<std::string>& formats);
// With the formats of declare_output.
void declare_reports(Options& options, OutputOptions& output,
                     const std::vector<std::string>& formats);
void declare_width(Options& options, OutputOptions& output);
void declare_pager(Options& options, OutputOptions& output);

// The options of every command that speaks OTLP.
void declare_connection(Options& options, settings::OtlpFlags& flags,
                        std::string_view default_timeout = "10s");

// The options of every command that reads traces.
void declare_query(Options& options, settings::QueryFlags& flags);

// Whether --section names a section that can be written: a key, a path with dots, or '-'.
Result<void> check_section(std::string_view section);

}  // namespace otelctl
