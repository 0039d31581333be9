// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/service_index.hpp"

#include <algorithm>

#include "server/memory_cost.hpp"

namespace otelctl::server {

const ServiceIndex::Operations* ServiceIndex::operations_of(std::string_view service) const {
  if (m_last == nullptr || m_last->first != service) {
    const auto found = m_services.find(service);
    if (found == m_services.end()) {
      return nullptr;
    }
    m_last = &*found;
  }
  return &m_last->second;
}

std::uint64_t ServiceIndex::cost(std::string_view service, std::string_view operation,
                                 std::uint32_t kind) {
  const Operations* const known = operations_of(service);
  if (known != nullptr && known->contains(OperationView{operation, kind})) {
    return 0;
  }
  std::uint64_t cost = node_cost<Operation>() + string_cost(operation.size());
  if (known == nullptr) {
    cost += node_cost<Services::value_type>() + string_cost(service.size()) +
            growth_cost(m_services) + growth_cost(Operations{});
  } else {
    cost += growth_cost(*known);
  }
  return memory() + cost <= m_max_memory ? cost : 0;
}

void ServiceIndex::note(std::string_view service, std::string_view operation, std::uint32_t kind) {
  auto found = m_services.find(service);
  if (found == m_services.end()) {
    found = m_services.try_emplace(std::string(service)).first;
    m_memory += node_cost<Services::value_type>() + string_cost(service.size()) +
                bucket_cost(found->second);
  }
  Operations& operations = found->second;
  const std::uint64_t buckets = bucket_cost(operations);
  if (operations.insert({std::string(operation), kind}).second) {
    m_memory += node_cost<Operation>() + string_cost(operation.size());
    m_memory += bucket_cost(operations) - buckets;
  }
}

std::uint64_t ServiceIndex::bucket_cost_of_services() const {
  return bucket_cost(m_services);
}

std::vector<std::string> ServiceIndex::services() const {
  std::vector<std::string> names;
  names.reserve(m_services.size());
  for (const auto& [name, operations] : m_services) {
    names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Operation> ServiceIndex::operations(std::string_view service) const {
  const auto found = m_services.find(service);
  if (found == m_services.end()) {
    return {};
  }
  std::vector<Operation> sorted(found->second.begin(), found->second.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace otelctl::server
