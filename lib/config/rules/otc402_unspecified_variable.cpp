// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/known_names.hpp"
#include "config/environment/pair_list.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_attributes = "OTEL_RESOURCE_ATTRIBUTES";

// Moves the value to OTEL_RESOURCE_ATTRIBUTES, if it needs no encoding there. One at a time: two
// that both become this variable would hide each other.
std::vector<Edit> move_to_attributes(const VariableSet& set, const Assignment& assignment,
                                     std::string_view attribute, bool& has_moved) {
  const Assignment* attributes = set.find(k_attributes);
  const std::string pair = fmt::format("{}={}", attribute, assignment.value());
  if (!assignment.is_set() || !assignment.item.text_begin || set.is_open() ||
      !set.counts(assignment) ||
      assignment.value().find_first_of(",=% ;\"'\\$") != std::string::npos) {
    return {};
  }
  if (attributes == nullptr && !std::exchange(has_moved, true)) {
    std::vector<Edit> edits = rename_variable(assignment, k_attributes);
    const std::vector<Edit> inserted =
        replace_in_value(assignment, 0, 0, fmt::format("{}=", attribute));
    if (edits.empty() || inserted.empty()) {
      return {};
    }
    edits.push_back(inserted.front());
    return edits;
  }
  if (attributes == nullptr || !attributes->is_set() || !set.counts(*attributes)) {
    return {};
  }
  const auto pairs = split_pairs(attributes->value());
  if (std::any_of(pairs.begin(), pairs.end(),
                  [&](const Pair& each) { return each.key == attribute; })) {
    return {};
  }
  std::vector<Edit> edits =
      replace_in_value(*attributes, attributes->value().size(), 0, "," + pair);
  const std::vector<Edit> removed = remove_line(assignment);
  if (edits.empty() || removed.empty()) {
    return {};
  }
  edits.push_back(removed.front());
  std::sort(edits.begin(), edits.end(),
            [](const Edit& left, const Edit& right) { return left.begin < right.begin; });
  return edits;
}

void check(const Subject& subject, Reporter& report) {
  const VariableSet& set = *subject.variables;
  bool has_moved = false;
  std::size_t searches = 0;
  for (const Assignment& assignment : set.all()) {
    const std::string& name = assignment.name();
    Place place = assignment.item.place;
    place.begin = place.key_begin;
    place.end = place.key_end;
    if (const ForeignName* foreign = find_foreign_name(name)) {
      const bool is_attribute = !foreign->attribute.empty();
      report.add(place, fmt::format("{} {}", name, foreign->what),
                 is_attribute ? fmt::format("write {}={}=...", k_attributes, foreign->attribute)
                              : std::string(foreign->help),
                 is_attribute ? move_to_attributes(set, assignment, foreign->attribute, has_moved)
                              : std::vector<Edit>());
      continue;
    }
    if (!is_unspecified(name) || !set.counts(assignment) || ++searches > k_most_near_searches) {
      continue;
    }
    const std::vector<std::string> near = near_names(name);
    if (near.empty()) {
      continue;
    }
    constexpr std::size_t k_most_shown = 3;
    const bool is_certain = near.size() == 1 && set.find(near.front()) == nullptr;
    report.add(
        place,
        fmt::format("{} is not in the specification: no SDK reads it", escape_for_terminal(name)),
        near.size() > k_most_shown
            ? std::string("look for the name among those of the specification")
            : fmt::format("did you mean {}?", join(near, " or ")),
        is_certain ? rename_variable(assignment, near.front()) : std::vector<Edit>());
  }
}

}  // namespace

Rule otc402_unspecified_variable() {
  return {
      .code = "OTC402",
      .name = "unspecified-variable",
      .severity = Severity::warning,
      .summary = "No SDK reads this variable",
      .rationale =
          "Applications define OTEL_* names of their own, and people misspell those of the "
          "specification; SDKs read neither, and say nothing.",
      .bad = R"(OTEL_EXPORTER_OTLP_ENDPONT=http://collector:9999
)",
      .good = R"(OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:9999
)",
      .check = check,
      .kinds = k_variable_kinds,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
