// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/resources.hpp"

#include "otlp/wire_reader.hpp"
#include "otlp/wire_writer.hpp"
#include "server/memory_cost.hpp"

namespace otelctl::server {

using otlp::append_nonempty;
using otlp::WireField;
using otlp::WireReader;

namespace {

// The field numbers of ResourceSpans and ScopeSpans are alike: 1 the head, 3 the schema's URL.
void append_fields(std::string& out, std::string_view head, std::string_view schema_url) {
  append_nonempty(out, 1, head);
  append_nonempty(out, 3, schema_url);
}

std::string_view content_of(std::string_view message, std::uint32_t number) {
  WireReader reader(message);
  WireField field;
  std::string_view found;
  while (reader.next(field)) {
    if (field.number == number) {
      found = field.content;
    }
  }
  return found;
}

// What Jaeger would call a service whose service.name has this AnyValue.
std::string service_in(std::string_view any_value) {
  WireReader reader(any_value);
  WireField field;
  std::string service = "service-name-wrong-type";
  while (reader.next(field)) {
    if (field.number == 1) {
      service = field.content.empty() ? "empty-service-name" : std::string(field.content);
    } else {
      service = "service-name-wrong-type";
    }
  }
  return service;
}

}  // namespace

std::string service_of(std::string_view content) {
  WireReader reader(content);
  WireField field;
  while (reader.next(field)) {
    if (field.number == 1 && content_of(field.content, 1) == "service.name") {
      return service_in(content_of(field.content, 2));
    }
  }
  return "missing-service-name";
}

std::uint64_t Resources::table_memory() const {
  return bucket_cost(m_resources) + bucket_cost(m_scopes);
}

std::uint64_t Resources::cost_of(const Resource& resource) {
  return node_cost<decltype(m_resources)::value_type>() + string_cost(resource.fields.size()) +
         string_cost(resource.service.size());
}

std::uint64_t Resources::cost_of(const Scope& scope) {
  return entry_cost(scope) + cost_of(*scope.resource);
}

std::uint64_t Resources::entry_cost(const Scope& scope) {
  return node_cost<decltype(m_scopes)::value_type>() + string_cost(scope.key.size());
}

std::uint64_t Resources::look_up(std::string_view resource, std::string_view schema_url) {
  m_fields.clear();
  append_fields(m_fields, resource, schema_url);
  const auto found = m_resources.find(m_fields);
  m_found = found == m_resources.end() ? nullptr : &found->second;
  if (m_found != nullptr) {
    return 0;
  }
  m_service = service_of(resource);
  return cost_of(Resource{.fields = m_fields, .service = m_service}) + growth_cost(m_resources);
}

Resource* Resources::acquire() {
  if (m_found == nullptr) {
    const auto added = m_resources.try_emplace(m_fields).first;
    m_found = &added->second;
    m_found->fields = added->first;
    m_found->service = m_service;
    m_entries += cost_of(*m_found);
  }
  ++m_found->users;
  return m_found;
}

void Resources::release(Resource* resource) {
  if (--resource->users == 0) {
    m_entries -= cost_of(*resource);
    m_resources.erase(m_resources.find(std::string(resource->fields)));
  }
}

std::uint64_t Resources::look_up_scope(Resource& resource, std::string_view scope,
                                       std::string_view schema_url) {
  m_owner = &resource;
  m_scope_key.assign(reinterpret_cast<const char*>(&m_owner), sizeof(m_owner));
  append_fields(m_scope_key, scope, schema_url);
  return m_scopes.contains(m_scope_key)
             ? 0
             : entry_cost(Scope{.key = m_scope_key}) + growth_cost(m_scopes);
}

Scope* Resources::acquire_scope() {
  const auto [entry, is_new] = m_scopes.try_emplace(m_scope_key);
  Scope& scope = entry->second;
  if (is_new) {
    scope.resource = m_owner;
    scope.key = entry->first;
    scope.fields = scope.key.substr(sizeof(m_owner));
    ++m_owner->users;
    m_entries += entry_cost(scope);
  }
  ++scope.users;
  return &scope;
}

void Resources::release_scope(Scope* scope) {
  if (--scope->users > 0) {
    return;
  }
  Resource* const resource = scope->resource;
  m_entries -= entry_cost(*scope);
  m_scopes.erase(m_scopes.find(std::string(scope->key)));
  release(resource);
}

}  // namespace otelctl::server
