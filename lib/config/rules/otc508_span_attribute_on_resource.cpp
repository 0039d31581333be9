// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

// The namespaces of the conventions that tell of one operation, never of the process that runs it.
constexpr std::array<std::string_view, 23> k_of_operations{
    "client.", "code.",    "db.",        "destination.",  "dns.",    "enduser.",
    "error.",  "event.",   "exception.", "feature_flag.", "gen_ai.", "graphql.",
    "http.",   "jsonrpc.", "mcp.",       "messaging.",    "net.",    "network.",
    "openai.", "rpc.",     "server.",    "thread.",       "url.",
};

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& use : subject.attributes) {
    const std::string& name = use.item.name;
    const bool is_of_operation =
        std::any_of(k_of_operations.begin(), k_of_operations.end(),
                    [&](std::string_view prefix) { return name.starts_with(prefix); });
    if (use.is_written && use.is_resource && is_of_operation &&
        look_up_attribute(name).status != AttributeStatus::unknown) {
      report.add(name_place(use),
                 fmt::format("attribute {} tells of an operation, not of a resource",
                             escape_for_terminal(name)),
                 "set it on spans: on the resource it stands on everything the process sends");
    }
  }
}

}  // namespace

Rule otc508_span_attribute_on_resource() {
  return {
      .code = "OTC508",
      .name = "span-attribute-on-resource",
      .severity = Severity::warning,
      .summary = "A resource has an attribute of spans",
      .rationale =
          "Resource attributes are the same for everything that a process sends; an operation's "
          "own value would be wrong for all others.",
      .bad = R"(resource_attributes:
  http.request.method: GET
)",
      .good = R"(resource_attributes:
  host.name: web-1
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
