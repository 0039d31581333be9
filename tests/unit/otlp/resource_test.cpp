// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/resource.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::otlp;

TEST_CASE("The resource begins with the service, whose default counts where nobody named one") {
  settings::OtlpSettings settings;
  settings.resource_attributes = {{"replicas:int", "3", true}, {"replicas:int", "x"}};
  const auto unnamed = resource_of(settings, "fallback");
  REQUIRE(unnamed);
  CHECK(*unnamed == std::vector<Attribute>{{"service.name", std::string("fallback")},
                                           {"replicas", std::int64_t{3}},
                                           {"replicas:int", std::string("x")}});
  settings.service_name = "mine";
  const auto named = resource_of(settings, "fallback");
  REQUIRE(named);
  CHECK(named->front() == Attribute{"service.name", std::string("mine")});
}

TEST_CASE(
    "A flag whose value is not of its type is a usage error, and so is a typed service.name") {
  settings::OtlpSettings settings;
  for (const settings::ResourceAttribute& given :
       {settings::ResourceAttribute{"replicas:int", "many", true},
        settings::ResourceAttribute{"service.name:int", "3", true},
        settings::ResourceAttribute{"service.name:string", "mine", true}}) {
    CAPTURE(given.key);
    settings.resource_attributes = {given};
    const auto resource = given_resource(settings);
    REQUIRE_FALSE(resource);
    CHECK(resource.error().kind == ErrorKind::usage);
    CHECK(resource.error().message.starts_with("--resource: "));
  }
}
