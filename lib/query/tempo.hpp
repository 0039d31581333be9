// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/backend.hpp"
#include "query/http_api.hpp"

namespace otelctl::query {

// Grafana Tempo's HTTP API (docs/sources/tempo/api_docs), which SkyWalking and VictoriaTraces
// answer in part: TraceQL search, traces as protobuf (v2, else v1; JSON where that comes), tag
// values. The base URL may have Tempo's http_api_prefix, or be Grafana's proxy of a data source.
// There is no page to link to: Tempo's user interface is Grafana, which the URL does not name.
class Tempo final : public Backend {
 public:
  explicit Tempo(const settings::QuerySettings& settings);

  Result<BackendInfo> probe() override;
  bool ships_whole_traces() const override { return false; }
  // Of the time that was searched last; before any search those of Tempo's recent data.
  Result<std::vector<std::string>> services() override;
  Result<std::vector<std::string>> operations(const std::string& service) override;
  Result<SearchAnswer> search(const Search& search) override;
  Result<trace::Trace> trace(const TraceId& id) override;

 private:
  Result<void> detect();
  Result<Answer> ask(const Search& search, const std::string& query);
  // Values by the newer route, else by the older one, which knows no filter.
  Result<std::vector<std::string>> tag_values(const std::string& newer, const std::string& older,
                                              std::vector<Parameter> parameters);
  // Nothing where the route, or the trace, is not there.
  Result<std::optional<trace::Trace>> read_trace(const TraceId& id, bool is_v2);

  HttpApi m_api;
  std::vector<Parameter> m_searched_time;
  bool m_is_detected = false;
  bool m_knows_most_recent = true;  // until it refuses that
  bool m_knows_v2 = false;          // once it gave a trace so
};

}  // namespace otelctl::query
