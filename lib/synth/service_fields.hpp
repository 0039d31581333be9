// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "synth/backward_writer.hpp"
#include "synth/scenario.hpp"

namespace otelctl::synth {

// What stands once in a request for a service: ResourceMetrics or ResourceLogs, whose fields have
// the same numbers.
struct ServiceFields {
  std::string resource;  // the field, whole
  std::string scope;

  // Bytes that it takes beside its records.
  std::size_t most_bytes() const;
  // Makes what was written since size() was `begin` the service's records, in one element of the
  // request.
  void close(BackwardWriter& out, std::size_t begin) const;
};

std::vector<ServiceFields> encode_services(const Scenario& scenario);

}  // namespace otelctl::synth
