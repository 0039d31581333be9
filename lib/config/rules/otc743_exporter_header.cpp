// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/placeholder.hpp"
#include "base/text.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

// RFC 9110, 5.6.2.
bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    for (const Item& header : exporter.headers) {
      const std::string name = escape_for_terminal(header.name);
      if (!is_token(header.name)) {
        report.add(header.place, fmt::format("'{}' is no name of a header", name),
                   "a name has letters, digits and -");
      } else if (header.is_readable && trim(header.text).empty()) {
        report.add(header.place, fmt::format("the header '{}' is empty", name),
                   "give it a value, or remove it");
      } else if (header.is_readable && is_placeholder(header.text)) {
        report.add(header.place, fmt::format("a placeholder is left in the header '{}'", name),
                   "put the real value into a variable and write ${env:NAME}");
      }
    }
  }
}

}  // namespace

Rule otc743_exporter_header() {
  return {
      .code = "OTC743",
      .name = "exporter-header",
      .severity = Severity::warning,
      .summary = "A header of an exporter is empty, a placeholder or none",
      .rationale =
          "The Collector starts with it; then HTTP refuses to send a name that is no token, and "
          "the backend refuses what is empty or was to be replaced.",
      .bad = R"(headers:
  api-key: YOUR_API_KEY
)",
      .good = R"(headers:
  api-key: ${env:API_KEY}
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
