// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "server/http_listener.hpp"
#include "server/store.hpp"
#include "server/tempo_api.hpp"
#include "server/zipkin_api.hpp"

namespace otelctl::server {

// The query side: Jaeger's first HTTP API (that of 2.20, which the next release drops in part) and
// its api_v3 over HTTP, Zipkin's and Tempo's read APIs as far as they go, all over the store;
// /stats, the account of the server; and / for people.
// Traces are answered as they came in, as with raw=true: Jaeger's adjusters are not applied.
class QueryHandler final : public HttpHandler {
 public:
  QueryHandler(const Store& store, const Clock& clock, std::function<Stats()> stats)
      : m_store(store),
        m_clock(clock),
        m_stats(std::move(stats)),
        m_zipkin(store, clock),
        m_tempo(store) {}

  std::optional<HttpAnswer> answer(const HttpHead& head) override;
  HttpAnswer take(const HttpHead& head, std::string_view body, const HttpHold& hold) override;
  HttpAnswer unreadable(const HttpHead& head, bool is_too_long) override;

 private:
  HttpAnswer get(const HttpHead& head) const;
  // "/api/..." and "/api/v3/...", without these.
  HttpAnswer legacy(const HttpHead& head, std::string_view path) const;
  HttpAnswer v3(const HttpHead& head, std::string_view path) const;

  HttpAnswer legacy_services() const;
  HttpAnswer legacy_operations(const HttpHead& head) const;
  HttpAnswer legacy_operation_names(std::string_view service) const;
  HttpAnswer legacy_search(const HttpHead& head) const;
  HttpAnswer legacy_trace(const HttpHead& head, std::string_view id) const;

  HttpAnswer v3_services() const;
  HttpAnswer v3_operations(const HttpHead& head) const;
  HttpAnswer v3_search(const HttpHead& head) const;
  HttpAnswer v3_summaries(const HttpHead& head) const;
  HttpAnswer v3_trace(const HttpHead& head, std::string_view id) const;

  const Store& m_store;
  const Clock& m_clock;
  std::function<Stats()> m_stats;
  ZipkinApi m_zipkin;
  TempoApi m_tempo;
};

}  // namespace otelctl::server
