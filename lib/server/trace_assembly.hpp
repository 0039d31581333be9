// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/resources.hpp"

namespace otelctl::server {

// Puts spans back under their scopes and resources: one ResourceSpans for each resource, one
// ScopeSpans for each of its scopes, both in the order of their first spans. Borrows all it is
// given.
class TraceAssembly {
 public:
  // `spans` are serialized fields ScopeSpans.spans.
  void add(const Scope& scope, std::string_view spans);
  // Appends it as a serialized TracesData.
  void append_to(std::string& payload) const;

 private:
  struct ScopeSpans {
    const Scope* scope;
    std::vector<std::string_view> spans;
    std::size_t size = 0;  // of the spans
  };
  struct ResourceSpans {
    const Resource* resource;
    std::vector<std::size_t> scopes;
  };

  static std::size_t content_size(const ScopeSpans& scope);

  std::vector<ScopeSpans> m_scopes;
  std::vector<ResourceSpans> m_resources;
  std::unordered_map<const Scope*, std::size_t> m_scope_index;
  std::unordered_map<const Resource*, std::size_t> m_resource_index;
};

}  // namespace otelctl::server
