// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "query/backend.hpp"

namespace otelctl::report {

struct Service {
  std::string name;
  std::vector<std::string> operations = {};  // sorted; empty when nobody asked for them
};

// What show-services found.
struct ServiceList {
  query::BackendInfo backend;
  std::vector<std::string> notes;
  std::vector<Service> services;  // sorted by name
};

// One service a line, escaped, its operations below it with two spaces in front.
void write_services_text(std::ostream& out, const ServiceList& list);

// `otelctl.services/1`.
void write_services_json(std::ostream& out, const ServiceList& list);

}  // namespace otelctl::report
