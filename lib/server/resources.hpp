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
  std::uint64_t users = 0;  // scopes
};

// A scope of a resource: the fields scope and schema_url of ScopeSpans, serialized.
struct Scope {
  Resource* resource = nullptr;
  std::string_view key{};
  std::string_view fields{};
  std::uint64_t users = 0;  // chunks of spans
};

// Each resource and scope once, however many spans have them; gone with the last user.
class Resources {
 public:
  // What adding the scope would take, its resource included; 0 when it is there. The arguments are
  // the contents of the messages, as scanned.
  std::uint64_t look_up(std::string_view resource, std::string_view resource_schema_url,
                        std::string_view scope, std::string_view scope_schema_url);
  // The scope of the last look_up, with one user more. Nothing may be released in between.
  Scope* acquire();
  void release(Scope* scope);

  // What the scope and its resource take.
  static std::uint64_t cost_with_resource(const Scope& scope);
  std::uint64_t memory() const;

 private:
  static std::uint64_t cost_of(const Resource& resource);
  static std::uint64_t cost_of(const Scope& scope);
  void make_scope_key(const Resource* resource);

  // By Resource::fields.
  std::unordered_map<std::string, Resource> m_resources;
  // By the address of the resource and the scope's fields.
  std::unordered_map<std::string, Scope> m_scopes;
  std::uint64_t m_entries = 0;
  // What the last look_up was given and found.
  Resource* m_resource = nullptr;
  std::string m_resource_fields;
  std::string m_scope_fields;
  std::string m_scope_key;
  std::string m_service;
};

}  // namespace otelctl::server
