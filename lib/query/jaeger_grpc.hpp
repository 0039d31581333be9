// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/grpc_client.hpp"
#include "query/backend.hpp"
#include "query/byte_reader.hpp"

namespace otelctl::query {

// Jaeger's api_v3 over gRPC (jaeger.api_v3.QueryService), which Jaeger recommends to programs and
// serves on port 16685. A trace takes a third of the bytes that it takes in JSON. Searches use
// FindTraceSummaries where it is there (Jaeger since 2.19), else FindTraces.
class JaegerGrpc final : public Backend {
 public:
  // The settings must name a URL; of it scheme, host and port count.
  explicit JaegerGrpc(const settings::QuerySettings& settings);

  // Errors of all calls: unreachable for UNAVAILABLE, DEADLINE_EXCEEDED and the other codes that
  // another try may change, refused for UNAUTHENTICATED and PERMISSION_DENIED, settings for headers
  // and TLS files that cannot be used, else not_understood.
  Result<BackendInfo> probe() override;
  bool ships_whole_traces() const override { return m_lacks_summaries; }
  Result<std::vector<std::string>> services() override;
  Result<std::vector<std::string>> operations(const std::string& service) override;
  Result<SearchAnswer> search(const Search& search) override;
  Result<trace::Trace> trace(const TraceId& id) override;
  std::string page_of(const TraceId& id) const override;

  // Whether a gRPC server is there: it has given an answer, of whatever status.
  bool has_answered() const { return m_has_answered; }

 private:
  net::GrpcRequest request(std::string_view method, std::string_view message) const;
  // The whole answer of a call that gives a single message.
  Result<std::string> call(std::string_view method, std::string_view message);
  // Hands the messages of a stream to `reader`. An answer with another status than OK is the
  // caller's to judge.
  Result<net::GrpcAnswer> stream(std::string_view method, std::string_view message,
                                 ByteReader& reader);
  Result<std::vector<trace::Trace>> read_traces(std::string_view method, std::string_view message,
                                                net::GrpcAnswer& answer);
  Result<SearchAnswer> search_summaries(const Search& search, net::GrpcAnswer& answer);
  Error error_of(const net::GrpcAnswer& answer) const;
  std::string base() const;

  net::Url m_url;
  std::vector<net::Header> m_metadata;
  nanoseconds m_timeout;
  bool m_is_raw;
  net::GrpcClient m_client;
  bool m_lacks_summaries = false;
  bool m_was_asked = false;  // and answered with OK
  bool m_has_answered = false;
};

}  // namespace otelctl::query
