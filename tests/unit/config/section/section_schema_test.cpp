// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/section_schema.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "yaml/scalar.hpp"

using namespace otelctl::config;

TEST_CASE("every key has its own path, and its parent is a map before it") {
  std::set<std::string> paths;
  for (const KeySpec& spec : section_keys().subspan(1)) {
    CAPTURE(spec.name);
    CHECK(paths.insert(path_of(spec.key)).second);
    CHECK(spec.parent < spec.key);
    CHECK(spec_of(spec.parent).type == ValueType::map);
    CHECK(find_key(spec.parent, spec.name) == spec.key);
  }
  CHECK(paths.contains("tracing.sampler.ratio"));
  CHECK(paths.contains("exporters.prometheus.port"));
  CHECK(path_of(Key::section).empty());
}

TEST_CASE("every default is valid by the key's own bounds") {
  for (const KeySpec& spec : section_keys()) {
    CAPTURE(path_of(spec.key));
    switch (spec.type) {
      case ValueType::boolean:
        CHECK(otelctl::yaml::read_boolean(spec.default_value).has_value());
        break;
      case ValueType::integer:
      case ValueType::number: {
        const auto value = otelctl::yaml::read_number(spec.default_value);
        REQUIRE(value.has_value());
        CHECK(*value >= spec.least);
        CHECK(*value <= spec.most);
        break;
      }
      case ValueType::text:
      case ValueType::text_list: {
        const auto choices = otelctl::split(spec.choices, ' ');
        for (const auto item : otelctl::split(spec.default_value, ' ')) {
          CHECK((spec.choices.empty() ||
                 std::find(choices.begin(), choices.end(), item) != choices.end()));
        }
        break;
      }
      case ValueType::map:
      case ValueType::text_map:
        CHECK(spec.default_value.empty());
        break;
    }
  }
}

TEST_CASE("names that several maps have are not looked for elsewhere") {
  CHECK(find_elsewhere("ratio") == Key::sampler_ratio);
  CHECK_FALSE(find_elsewhere("enabled").has_value());
  CHECK_FALSE(find_elsewhere("nothing").has_value());
}

TEST_CASE("synonyms stand for a key of the same map") {
  CHECK(synonym(Key::sampler, "rate") == "ratio");
  CHECK_FALSE(synonym(Key::tracing, "rate").has_value());
  CHECK(synonym(Key::otlp, "timeout") == "timeout_ms");
  CHECK(synonym(Key::jaeger, "port") == "agent_port");
}
