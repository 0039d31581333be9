// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/trace_assembly.hpp"

#include "otlp/wire_writer.hpp"

namespace otelctl::server {

using otlp::append_head;
using otlp::field_size;

namespace {

// Field numbers of TracesData.resource_spans and ResourceSpans.scope_spans.
constexpr std::uint32_t k_resource_spans = 1;
constexpr std::uint32_t k_scope_spans = 2;

}  // namespace

void TraceAssembly::add(const Scope& scope, std::string_view spans) {
  const auto [entry, is_new] = m_scope_index.try_emplace(&scope, m_scopes.size());
  if (is_new) {
    m_scopes.push_back({&scope, {}});
    const auto [resource, is_new_resource] =
        m_resource_index.try_emplace(scope.resource, m_resources.size());
    if (is_new_resource) {
      m_resources.push_back({scope.resource, {}});
    }
    m_resources[resource->second].scopes.push_back(entry->second);
  }
  m_scopes[entry->second].spans.push_back(spans);
  m_scopes[entry->second].size += spans.size();
}

std::size_t TraceAssembly::content_size(const ScopeSpans& scope) {
  return scope.scope->fields.size() + scope.size;
}

void TraceAssembly::append_to(std::string& payload) const {
  for (const ResourceSpans& resource : m_resources) {
    std::size_t size = resource.resource->fields.size();
    for (const std::size_t index : resource.scopes) {
      size += field_size(k_scope_spans, content_size(m_scopes[index]));
    }
    payload.reserve(payload.size() + field_size(k_resource_spans, size));
    append_head(payload, k_resource_spans, size);
    payload += resource.resource->fields;
    for (const std::size_t index : resource.scopes) {
      const ScopeSpans& scope = m_scopes[index];
      append_head(payload, k_scope_spans, content_size(scope));
      payload += scope.scope->fields;
      for (const std::string_view spans : scope.spans) {
        payload += spans;
      }
    }
  }
}

}  // namespace otelctl::server
