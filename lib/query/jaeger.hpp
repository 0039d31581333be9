// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "query/backend.hpp"
#include "query/http_api.hpp"

namespace otelctl::query {

// Jaeger's query API over HTTP, in the dialect that the server speaks: api_v3 (every Jaeger since
// 1.35) or the internal JSON of its user interface, which VictoriaTraces and GreptimeDB also speak
// and from which Jaeger removed search in August 2026 (jaegertracing/jaeger#9260). The dialect is
// told by what the server answers, never by its version; where it does not speak HTTP/1.1 at all it
// is asked over gRPC.
//
// A trace that a search has shown to be large is fetched over gRPC, in a third of the bytes, where
// the server has that port; nothing is said where it has not.
class Jaeger final : public Backend {
 public:
  // The gRPC port is known only where the URL has Jaeger's usual port (16686: then it is 16685) and
  // no proxy leads there.
  explicit Jaeger(const settings::QuerySettings& settings);
  // The URL of its gRPC port, for traces larger than `large_trace` spans.
  Jaeger(const settings::QuerySettings& settings, std::optional<net::Url> grpc_beside,
         std::size_t large_trace = k_large_trace);

  Result<BackendInfo> probe() override;
  bool ships_whole_traces() const override;
  Result<std::vector<std::string>> services() override;
  Result<std::vector<std::string>> operations(const std::string& service) override;
  Result<SearchAnswer> search(const Search& search) override;
  std::vector<Result<SearchAnswer>> search_all(const std::vector<Search>& searches) override;
  Result<trace::Trace> trace(const TraceId& id) override;
  std::string page_of(const TraceId& id) const override;

 private:
  // Below it the second connection costs more than the smaller answer saves.
  static constexpr std::size_t k_large_trace = 20'000;

  enum class Dialect { v3, legacy, grpc };
  // What is known of a route that not every version has.
  enum class Known { unknown, present, absent };

  Result<void> detect();
  Result<std::optional<Dialect>> detect_http(Answer& answer);
  // What does not speak HTTP/1.1 may be a gRPC port. The Error is why HTTP failed.
  Result<void> detect_grpc(Error error);
  // Asks one base path. Nothing where neither dialect answers; then `answer` is what came.
  Result<std::optional<Dialect>> detect_at_base(Answer& answer);
  BackendInfo info() const;

  Result<std::optional<SearchAnswer>> search_summaries(const Search& search);
  Result<SearchAnswer> search_v3(const Search& search);
  Result<SearchAnswer> search_legacy(const Search& search);
  Result<SearchAnswer> search_over_http(const Search& search);
  Result<SearchAnswer> search_as_far_as_allowed(const Search& search);
  bool has_legacy_search();
  // api_v3 answers 404 where it found nothing. The gateway of 1.35 to 1.52 made 500 of what the
  // service behind it says.
  static bool found_nothing(const Answer& answer);
  // Nothing where it cannot be had that way.
  std::optional<trace::Trace> large_trace(const TraceId& id);
  // Another connection to the same server, with what is known of it.
  std::unique_ptr<Jaeger> helper() const;
  Result<std::vector<trace::Trace>> read_traces(std::string_view path,
                                                const std::vector<Parameter>& parameters,
                                                Dialect dialect, Answer& answer);

  settings::QuerySettings m_settings;
  HttpApi m_api;
  std::optional<Dialect> m_dialect;
  Known m_summaries = Known::unknown;
  Known m_legacy_search = Known::unknown;
  std::vector<std::string> m_first_services;
  bool m_has_first_services = false;
  std::unique_ptr<Backend> m_grpc;  // in the dialect grpc
  std::optional<net::Url> m_grpc_beside;
  std::size_t m_large_trace;
  // As far as is known, how many traces a search may ask for.
  std::size_t m_most_traces = std::numeric_limits<std::size_t>::max();
  std::unordered_set<TraceId> m_large;  // ids of the large traces that searches have shown
};

}  // namespace otelctl::query
