// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/service_fields.hpp"

#include "synth/fragment.hpp"

namespace otelctl::synth {

std::size_t ServiceFields::most_bytes() const {
  // Two tags, each with a length.
  constexpr std::size_t k_fronts = 22;
  return resource.size() + scope.size() + k_fronts;
}

void ServiceFields::close(BackwardWriter& out, std::size_t begin) const {
  constexpr unsigned k_request_resources = 1;
  constexpr unsigned k_resource_scopes = 2;
  out.put(scope);
  out.close_field(k_resource_scopes, begin);
  out.put(resource);
  out.close_field(k_request_resources, begin);
}

std::vector<ServiceFields> encode_services(const Scenario& scenario) {
  std::vector<ServiceFields> services;
  services.reserve(scenario.services.size());
  for (const Service& service : scenario.services) {
    services.push_back({encode_resource_field(service), encode_scope_field(service)});
  }
  return services;
}

}  // namespace otelctl::synth
