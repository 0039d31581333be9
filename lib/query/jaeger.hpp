// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/backend.hpp"
#include "query/http_api.hpp"

namespace otelctl::query {

// Jaeger's query API over HTTP, in the dialect that the server speaks: api_v3 (every Jaeger since
// 1.35) or the internal JSON of its user interface, which VictoriaTraces and GreptimeDB also speak
// and from which Jaeger removed search in August 2026 (jaegertracing/jaeger#9260). The dialect is
// told by what the server answers, never by its version.
class Jaeger final : public Backend {
 public:
  explicit Jaeger(const settings::QuerySettings& settings);

  Result<BackendInfo> probe() override;
  bool ships_whole_traces() const override;
  Result<std::vector<std::string>> services() override;
  Result<std::vector<std::string>> operations(const std::string& service) override;
  Result<SearchAnswer> search(const Search& search) override;
  Result<trace::Trace> trace(const TraceId& id) override;
  std::string page_of(const TraceId& id) const override;

 private:
  enum class Dialect { v3, legacy };
  // What is known of a route that not every version has.
  enum class Known { unknown, present, absent };

  Result<void> detect();
  // Asks one base path. Nothing where neither dialect answers; then `answer` is what came.
  Result<std::optional<Dialect>> detect_at_base(Answer& answer);
  BackendInfo info() const;

  Result<std::optional<SearchAnswer>> search_summaries(const Search& search);
  Result<SearchAnswer> search_v3(const Search& search);
  Result<SearchAnswer> search_legacy(const Search& search);
  bool has_legacy_search();
  Result<std::vector<trace::Trace>> read_traces(std::string_view path,
                                                const std::vector<Parameter>& parameters,
                                                Dialect dialect, Answer& answer);

  HttpApi m_api;
  std::optional<Dialect> m_dialect;
  Known m_summaries = Known::unknown;
  Known m_legacy_search = Known::unknown;
  std::vector<std::string> m_first_services;
  bool m_has_first_services = false;
};

}  // namespace otelctl::query
