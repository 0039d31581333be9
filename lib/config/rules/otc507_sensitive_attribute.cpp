// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/attributes/attribute_uses.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

// What the conventions mark as likely to hold the words of users or their identity.
constexpr std::array<std::string_view, 22> k_sensitive{
    "db.query.text",
    "db.statement",
    "enduser.id",
    "enduser.pseudo.id",
    "gen_ai.completion",
    "gen_ai.input.messages",
    "gen_ai.output.messages",
    "gen_ai.prompt",
    "gen_ai.retrieval.query.text",
    "gen_ai.system_instructions",
    "gen_ai.tool.call.arguments",
    "gen_ai.tool.call.result",
    "http.request.body.content",
    "http.request.header.authorization",
    "http.request.header.cookie",
    "http.response.body.content",
    "http.response.header.set-cookie",
    "user.email",
    "user.full_name",
    "user.hash",
    "user.id",
    "user.name",
};
static_assert(std::is_sorted(k_sensitive.begin(), k_sensitive.end()));

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& use : subject.attributes) {
    if (use.is_written &&
        std::binary_search(k_sensitive.begin(), k_sensitive.end(), use.item.name)) {
      report.add(name_place(use),
                 fmt::format("attribute {} holds what users said or who they are",
                             escape_for_terminal(use.item.name)),
                 "leave it out, or make sure that everybody who reads telemetry may see it");
    }
  }
}

}  // namespace

Rule otc507_sensitive_attribute() {
  return {
      .code = "OTC507",
      .name = "sensitive-attribute",
      .severity = Severity::warning,
      .summary = "An attribute holds personal or confidential content",
      .rationale =
          "Telemetry is copied to more places, and kept longer, than the data it tells of; the "
          "conventions make such attributes opt in.",
      .bad = R"(resource_attributes:
  user.email: ada@example.com
)",
      .good = R"(resource_attributes:
  service.namespace: shop
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
