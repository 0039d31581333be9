// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/backend.hpp"
#include "query/http_api.hpp"

namespace otelctl::query {

// Zipkin's v2 API (openzipkin/zipkin-api, zipkin2-api.yaml), which SkyWalking and others answer
// too. A search needs no service, gives whole traces, and those nearest to its end first. Zipkin
// keeps names of services and spans in lower case, and is asked so. Its filters may be met by
// different spans of a trace, so what it found is filtered here once more.
class Zipkin final : public Backend {
 public:
  // The base URL may be that of the server, of its page (/zipkin) or of a page below that.
  explicit Zipkin(const settings::QuerySettings& settings);

  Result<BackendInfo> probe() override;
  bool ships_whole_traces() const override { return true; }
  Result<std::vector<std::string>> services() override;
  Result<std::vector<std::string>> operations(const std::string& service) override;
  Result<SearchAnswer> search(const Search& search) override;
  Result<trace::Trace> trace(const TraceId& id) override;
  std::string page_of(const TraceId& id) const override;

 private:
  Result<void> detect();
  Result<std::vector<std::string>> names(std::string_view path,
                                         const std::vector<Parameter>& parameters);
  Result<std::vector<trace::Trace>> read_traces(const std::string& path,
                                                const std::vector<Parameter>& parameters,
                                                Answer& answer);
  std::string in_its_case(const std::string& name);

  HttpApi m_api;
  // What the server was first asked for, until services() gives it.
  std::optional<std::vector<std::string>> m_first_services;
  bool m_is_detected = false;
};

}  // namespace otelctl::query
