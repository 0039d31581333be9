// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/rule.hpp"
#include "config/sdk/file_format.hpp"
#include "config/sdk/model.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

// Keys of one's own: what holds an anchor for use elsewhere, and x-... as compose has it.
bool is_own(const sdk::Model& model, sdk::Part part) {
  const yaml::Node& value = model.node(part);
  return value.outer_begin < value.begin || model.key(part).starts_with("x-");
}

void check(const Subject& subject, Reporter& report) {
  const sdk::Model& model = *subject.sdk;
  const schema::Rules& root = model.rules(model.root());
  if (sdk::is_newer(model)) {
    return;
  }
  for (const sdk::Part part : model.children(model.root())) {
    const std::string_view name = model.key(part);
    if (root.find(name) || is_own(model, part)) {
      continue;
    }
    const std::vector<std::string> known = root.property_names();
    const std::string near = did_you_mean(name, known);
    report.add(model.key_place(part),
               fmt::format("unknown key {} at the top: no SDK reads it", shown(name)),
               near.empty() ? fmt::format("the keys here are {}; keys of your own begin with x-",
                                          join(known, ", "))
                            : near);
  }
}

}  // namespace

Rule otc601_top_level_key() {
  return {
      .code = "OTC601",
      .name = "unknown-top-level-key",
      .severity = Severity::error,
      .summary = "A key at the top is none of the schema",
      .rationale =
          "The schema lets any key stand at the top, so that files can keep anchors there; SDKs "
          "read only those they know. A misspelt provider is a provider that does not exist.",
      .bad = R"(file_format: "1.1"
tracer_providr:
  processors:
    - simple:
        exporter:
          console:
)",
      .good = R"(file_format: "1.1"
tracer_provider:
  processors:
    - simple:
        exporter:
          console:
)",
      .check = check,
      .kinds = {Kind::sdk},
  };
}

}  // namespace otelctl::config
