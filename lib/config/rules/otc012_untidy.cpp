// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

// The first line that ends in spaces or tabs, and how many there are.
struct Trailing {
  Place first;
  std::size_t count = 0;
};

Trailing find_trailing_spaces(std::string_view source) {
  Trailing found;
  for (std::size_t begin = 0; begin < source.size();) {
    const std::size_t end = std::min(source.find('\n', begin), source.size());
    std::size_t stop = end;
    if (stop > begin && source[stop - 1] == '\r') {
      --stop;
    }
    std::size_t last = stop;
    while (last > begin && (source[last - 1] == ' ' || source[last - 1] == '\t')) {
      --last;
    }
    if (last < stop && found.count++ == 0) {
      found.first = Place{last, stop};
    }
    begin = end + 1;
  }
  return found;
}

void check(const Subject& subject, Reporter& report) {
  const std::string_view source = subject.parsed.document.source();
  if (source.starts_with(k_byte_order_mark)) {
    report.add(Place{0, k_byte_order_mark.size()}, "the file begins with a byte order mark",
               "save it as UTF-8 without one");
  }
  const std::size_t windows_end = source.find("\r\n");
  if (windows_end != std::string_view::npos) {
    report.add(Place{windows_end, windows_end + 2}, "lines end in CRLF", "save it with LF");
  }
  if (!source.empty() && source.back() != '\n') {
    report.add(Place{source.size(), source.size()}, "the last line has no end",
               "end the file with a line end");
  }
  const Trailing trailing = find_trailing_spaces(source);
  if (trailing.count > 0) {
    report.add(
        trailing.first,
        fmt::format("{} in spaces",
                    trailing.count == 1 ? "a line ends" : counted(trailing.count, "line") + " end"),
        "remove them");
  }
}

}  // namespace

Rule otc012_untidy() {
  return {
      .code = "OTC012",
      .name = "untidy-file",
      .severity = Severity::info,
      .summary =
          "A byte order mark, CRLF, spaces at line ends or no last line end (only when selected by "
          "name)",
      .rationale =
          "Readers take all of it, but every editor and tool that does not changes the file beside "
          "what was meant to change.",
      .bad = R"(service_name: checkout  
)",
      .good = R"(service_name: checkout
)",
      .check = check,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_opt_in = true,
  };
}

}  // namespace otelctl::config
