// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

struct Optional {
  Key key;
  std::string_view package;
};

// Of the keys of `instrumentation` those whose package the application installs only where it is
// available: the flag alone does not bring it.
constexpr std::array<Optional, 1> k_optional{
    {{Key::instrument_langchain, "opentelemetry-instrumentation-langchain"}}};

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  for (const Optional& row : k_optional) {
    if (section.is_set(row.key) && section.flag(row.key) == true &&
        section.flag(Key::enabled) == true) {
      report.add(section.place(row.key),
                 fmt::format("instrumentation.{} works only where its package is installed",
                             spec_of(row.key).name),
                 fmt::format("install {}, or write false", row.package));
    }
  }
}

}  // namespace

Rule otc333_optional_package() {
  return {
      .code = "OTC333",
      .name = "optional-package",
      .severity = Severity::info,
      .summary =
          "An instrumentation needs a package that may be missing (only when selected by name)",
      .rationale =
          "The application instruments langchain if the package is there and says nothing "
          "otherwise: spans are missing without a word.",
      .bad = R"(instrumentation:
  langchain: true
)",
      .good = R"(instrumentation:
  langchain: false
)",
      .check = check,
      .is_opt_in = true,
  };
}

}  // namespace otelctl::config
