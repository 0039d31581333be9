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

void set(std::vector<AttributeSpec>& attributes, const Attribute& attribute) {
  const auto same =
      std::find_if(attributes.begin(), attributes.end(),
                   [&](const AttributeSpec& other) { return other.key == attribute.key; });
  AttributeSpec spec{attribute.key, literal_value(attribute.value)};
  if (same == attributes.end()) {
    attributes.push_back(std::move(spec));
  } else {
    *same = std::move(spec);
  }
}

template <typename Record>
void set_all(std::vector<Record>& records, const std::vector<Attribute>& attributes) {
  for (const Attribute& attribute : attributes) {
    for (Record& record : records) {
      set(record.attributes, attribute);
    }
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
  for (TraceSpec& trace : scenario.traces) {
    if (overrides.root_name && !trace.spans.empty()) {
      trace.spans.front().name = literal(*overrides.root_name);
    }
    set_all(trace.spans, overrides.attributes);
  }
  set_all(scenario.metrics, overrides.attributes);
  set_all(scenario.logs, overrides.attributes);
  for (Service& service : scenario.services) {
    service.name = overrides.service.value_or(service.name);
    for (const Attribute& attribute : overrides.resource) {
      set_attribute(service.resource, attribute);
    }
  }
  return {};
}

}  // namespace otelctl::synth
