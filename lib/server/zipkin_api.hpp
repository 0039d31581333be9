// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "server/http_listener.hpp"
#include "server/store.hpp"

namespace otelctl::server {

// Zipkin's v2 read API over the store (zipkin2-api.yaml): /api/v2/services, spans, traces and
// trace/{id}, also below /zipkin, and /health. Its filters mean what Zipkin's QueryRequest makes of
// them: each may be met by another span of the named service.
class ZipkinApi {
 public:
  ZipkinApi(const Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  // Nothing for a path that is not of this API.
  std::optional<HttpAnswer> get(const HttpHead& head) const;

 private:
  HttpAnswer services() const;
  HttpAnswer spans(std::string_view service) const;
  HttpAnswer traces(const HttpHead& head) const;
  HttpAnswer trace(std::string_view id) const;

  const Store& m_store;
  const Clock& m_clock;
};

}  // namespace otelctl::server
