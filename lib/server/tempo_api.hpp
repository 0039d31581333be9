// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "server/http_listener.hpp"
#include "server/store.hpp"

namespace otelctl::server {

// The part of Tempo's read API that reading traces needs, over the store: /api/search with TraceQL
// (see traceql.hpp), /api/v2/traces/{id} in protobuf or JSON, the values of service.name and name,
// /api/echo and /api/status/buildinfo. The route /api/traces/{id}, which Tempo shares with Jaeger,
// is Tempo's where protobuf is asked for, which Jaeger does not have.
class TempoApi {
 public:
  explicit TempoApi(const Store& store) : m_store(store) {}

  // Nothing for a path that is not of this API.
  std::optional<HttpAnswer> get(const HttpHead& head) const;

 private:
  HttpAnswer search(const HttpHead& head) const;
  HttpAnswer trace(const HttpHead& head, std::string_view id, bool is_v2) const;
  HttpAnswer values(const HttpHead& head, std::string_view tag, bool is_v2) const;

  const Store& m_store;
};

}  // namespace otelctl::server
