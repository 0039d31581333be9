// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace otelctl::server {

// The service of a resource as Jaeger names it: service.name, or missing-service-name,
// service-name-wrong-type, empty-service-name where it is none (Jaeger's ingest sanitizers).
// `content` is a serialized opentelemetry.proto.resource.v1.Resource that passed the scan.
std::string service_of(std::string_view content);

// A resource as it stands in ResourceSpans: the fields resource and schema_url, serialized.
struct Resource {
  std::string_view fields{};
  std::string service{};
  std::uint64_t users = 0;  // scopes, and requests that are being taken
};

// A scope of a resource: the fields scope and schema_url of ScopeSpans, serialized.
struct Scope {
  Resource* resource = nullptr;
  std::string_view key{};
  std::string_view fields{};
  std::uint64_t users = 0;  // chunks of spans, and requests that are being taken
};

// Each resource and scope once, however many spans have them; gone with the last user.
class Resources {
 public:
  // What adding the resource would take; 0 when it is there. The arguments are the contents of the
  // messages, as scanned.
  std::uint64_t look_up(std::string_view resource, std::string_view schema_url);
  // The resource of the last look_up, with one user more. Nothing may be released in between.
  Resource* acquire();
  void release(Resource* resource);

  // The same for a scope of a resource that is in use.
  std::uint64_t look_up_scope(Resource& resource, std::string_view scope,
                              std::string_view schema_url);
  Scope* acquire_scope();
  void release_scope(Scope* scope);

  static std::uint64_t cost_of(const Resource& resource);
  // With its resource.
  static std::uint64_t cost_of(const Scope& scope);
  std::uint64_t memory() const { return m_entries + table_memory(); }
  // Of it what stays when nothing is in use any more: tables do not shrink.
  std::uint64_t table_memory() const;

 private:
  static std::uint64_t entry_cost(const Scope& scope);

  // By Resource::fields.
  std::unordered_map<std::string, Resource> m_resources;
  // By the address of the resource and the scope's fields.
  std::unordered_map<std::string, Scope> m_scopes;
  std::uint64_t m_entries = 0;
  // What the last look_up was given and found.
  Resource* m_found = nullptr;
  std::string m_fields;
  std::string m_service;
  // What the last look_up_scope was given.
  Resource* m_owner = nullptr;
  std::string m_scope_key;
};

}  // namespace otelctl::server
