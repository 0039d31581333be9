// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/resource.hpp"

#include <string>
#include <utility>

namespace otelctl::otlp {
namespace {

constexpr std::string_view k_service_name = "service.name";

}  // namespace

Result<std::vector<Attribute>> given_resource(const settings::OtlpSettings& settings) {
  std::vector<Attribute> resource;
  for (const settings::ResourceAttribute& given : settings.resource_attributes) {
    auto attribute = given.from_flag ? make_attribute(given.key, given.value)
                                     : Attribute{given.key, AttributeValue(given.value)};
    if (!attribute) {
      return fail(std::move(attribute).error().within("--resource"));
    }
    // Without a type it is the settings' service_name.
    if (attribute->key == k_service_name) {
      return fail(ErrorKind::usage, "--resource: service.name takes no type",
                  "write --service NAME");
    }
    set_attribute(resource, std::move(*attribute));
  }
  return resource;
}

Result<std::vector<Attribute>> resource_of(const settings::OtlpSettings& settings,
                                           std::string_view default_service) {
  auto given = given_resource(settings);
  if (!given) {
    return given;
  }
  const std::string service =
      settings.service_name.empty() ? std::string(default_service) : settings.service_name;
  given->insert(given->begin(), {std::string(k_service_name), AttributeValue(service)});
  return given;
}

}  // namespace otelctl::otlp
