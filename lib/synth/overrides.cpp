// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/overrides.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::synth {
namespace {

Value literal_value(Value value) {
  if (auto* text = std::get_if<std::string>(&value)) {
    *text = literal(*text);
  } else if (auto* items = std::get_if<std::vector<std::string>>(&value)) {
    for (std::string& item : *items) {
      item = literal(item);
    }
  }
  return value;
}

void set_on_span(SpanSpec& span, const Attribute& attribute) {
  const auto same =
      std::find_if(span.attributes.begin(), span.attributes.end(),
                   [&](const AttributeSpec& other) { return other.key == attribute.key; });
  AttributeSpec spec{attribute.key, literal_value(attribute.value)};
  if (same == span.attributes.end()) {
    span.attributes.push_back(std::move(spec));
  } else {
    *same = std::move(spec);
  }
}

}  // namespace

Result<void> apply_overrides(Scenario& scenario, const Overrides& overrides) {
  if (overrides.service && scenario.services.size() != 1) {
    return fail(ErrorKind::usage,
                fmt::format("the scenario {} has {}, which one name cannot name", scenario.name,
                            counted(scenario.services.size(), "service")),
                "leave out --service");
  }
  if (overrides.root_name && !scenario.spans.empty()) {
    scenario.spans.front().name = literal(*overrides.root_name);
  }
  for (const Attribute& attribute : overrides.attributes) {
    for (SpanSpec& span : scenario.spans) {
      set_on_span(span, attribute);
    }
  }
  for (Service& service : scenario.services) {
    service.name = overrides.service.value_or(service.name);
    for (const Attribute& attribute : overrides.resource) {
      set_attribute(service.resource, attribute);
    }
  }
  return {};
}

}  // namespace otelctl::synth
