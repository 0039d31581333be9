// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "config/rule.hpp"

namespace otelctl::config {
namespace {

struct Field {
  std::string_view wrong;
  std::string_view right;
};

// What the logging instrumentation of OpenTelemetry Python puts into records is spelt ID.
constexpr std::array<Field, 2> k_fields{{
    {"otelTraceId", "otelTraceID"},
    {"otelSpanId", "otelSpanID"},
}};

// A field of a format: %(name)s, {name}, {name:>8}, $name and ${name}.
bool is_field(std::string_view text, std::size_t begin, std::size_t end) {
  const char before = begin == 0 ? ' ' : text[begin - 1];
  const char behind = end == text.size() ? ' ' : text[end];
  return (before == '(' && behind == ')') || (before == '{' && (behind == '}' || behind == ':')) ||
         (before == '$' && behind != '_');
}

void check_text(std::string_view source, const yaml::Node& node, Reporter& report) {
  const std::string_view written = source.substr(node.begin, node.end - node.begin);
  for (const Field& field : k_fields) {
    for (std::size_t at = written.find(field.wrong); at != std::string_view::npos;
         at = written.find(field.wrong, at + 1)) {
      const std::size_t end = at + field.wrong.size();
      if (is_field(written, at, end)) {
        report.add(
            Place{node.begin + at, node.begin + end},
            fmt::format("no log record has the field {}: it is {}", field.wrong, field.right),
            fmt::format("write {}", field.right),
            {Edit{node.begin + at, node.begin + end, std::string(field.right)}});
      }
    }
  }
}

// A format may stand anywhere in the host file, in a section of logging's own for one.
void check(const Subject& subject, Reporter& report) {
  const yaml::Document& document = subject.parsed.document;
  const auto count = static_cast<yaml::NodeId>(document.node_count());
  for (yaml::NodeId id = 0; id < count; ++id) {
    const yaml::Node& node = document.node(id);
    if (node.kind == yaml::NodeKind::scalar) {
      check_text(document.source(), node, report);
    }
  }
}

}  // namespace

Rule otc337_log_fields() {
  return {
      .code = "OTC337",
      .name = "log-fields",
      .severity = Severity::warning,
      .summary = "A log format names fields that no record has",
      .rationale =
          "OpenTelemetry Python injects otelTraceID and otelSpanID; a format with another spelling "
          "raises KeyError, which logging swallows with the line.",
      .bad = R"(logging_format: "%(message)s [%(otelTraceId)s]"
)",
      .good = R"(logging_format: "%(message)s [%(otelTraceID)s]"
)",
      .check = check,
      .kinds = k_yaml_kinds,
      .needs_model = false,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
