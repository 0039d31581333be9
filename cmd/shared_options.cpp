// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/shared_options.hpp"

#include <charconv>

#include <fmt/format.h>

namespace otelctl {

void declare_output(Options& options, OutputOptions& output,
                    const std::vector<std::string>& formats) {
  output.format = formats.front();
  options.heading("Output");
  options.choice("--format", output.format, formats,
                 fmt::format("Form of the result (default: {})", formats.front()));
  options.value("-o,--output", output.file, "FILE",
                "Write the result to FILE, whole or not at all");
}

void declare_width(Options& options, OutputOptions& output) {
  options.heading("Output");
  options.parsed("--width", "N", "Columns to draw in (default: the terminal's, else 120)",
                 [&output](std::string_view text) -> Result<void> {
                   std::size_t width = 0;
                   const auto [end, error] =
                       std::from_chars(text.data(), text.data() + text.size(), width);
                   if (error != std::errc{} || end != text.data() + text.size() || width < 20 ||
                       width > 10000) {
                     return fail(ErrorKind::usage, fmt::format("'{}' is not a width", text),
                                 "give a number of columns from 20 to 10000");
                   }
                   output.width = width;
                   return {};
                 });
}

}  // namespace otelctl
