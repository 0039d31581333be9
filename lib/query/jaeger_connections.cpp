// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// The further connections of a Jaeger backend, beside the one that asks over HTTP: to a gRPC port
// in its place, several at a time, and to the gRPC port beside it.
#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "query/jaeger.hpp"
#include "query/jaeger_grpc.hpp"

namespace otelctl::query {

Result<void> Jaeger::detect_grpc(Error error) {
  // A port that speaks neither may stay silent, and the Error is known already.
  constexpr nanoseconds k_probe_time = std::chrono::seconds(3);
  settings::QuerySettings settings = m_settings;
  settings.timeout = std::min(k_probe_time, settings.timeout);
  JaegerGrpc grpc(settings);
  if (auto probed = grpc.probe(); !probed) {
    return fail(grpc.has_answered() ? std::move(probed).error() : std::move(error));
  }
  m_grpc = std::make_unique<JaegerGrpc>(m_settings);
  m_dialect = Dialect::grpc;
  return {};
}

std::unique_ptr<Jaeger> Jaeger::helper() const {
  auto helper = std::make_unique<Jaeger>(m_settings, m_grpc_beside, m_large_trace);
  helper->m_api.set_base_path(m_api.base_path());
  helper->m_dialect = m_dialect;
  helper->m_summaries = m_summaries;
  helper->m_legacy_search = m_legacy_search;
  helper->m_most_traces = m_most_traces;
  return helper;
}

std::vector<Result<SearchAnswer>> Jaeger::search_all(const std::vector<Search>& searches) {
  // Connections at a time, this one among them: small servers have eight threads for all clients.
  constexpr std::size_t k_most_at_once = 6;
  if (searches.size() < 2 || !detect() || m_grpc) {
    return Backend::search_all(searches);
  }
  // The first alone finds out what the others need to know of the server.
  std::vector<Result<SearchAnswer>> answers(searches.size());
  answers.front() = search(searches.front());
  std::atomic<std::size_t> next = 1;
  std::atomic<bool> has_failed = !answers.front();
  const auto work = [&](Jaeger& worker) {
    for (std::size_t index = next++; index < searches.size() && !has_failed; index = next++) {
      answers[index] = worker.search(searches[index]);
      if (!answers[index]) {
        has_failed = true;
      }
    }
  };
  std::vector<std::unique_ptr<Jaeger>> helpers;
  {
    std::vector<std::jthread> threads;
    while (helpers.size() + 1 < std::min(k_most_at_once, searches.size() - 1)) {
      helpers.push_back(helper());
      threads.emplace_back(work, std::ref(*helpers.back()));
    }
    work(*this);
  }
  for (const auto& helper : helpers) {
    for (const std::string& each : helper->notes()) {
      note(each);
    }
    m_large.insert(helper->m_large.begin(), helper->m_large.end());
  }
  // Numbers are taken in their order, so none before the first that failed was left out.
  const auto failed = std::find_if(answers.begin(), answers.end(),
                                   [](const auto& answer) { return !answer.has_value(); });
  if (failed != answers.end()) {
    answers.erase(failed + 1, answers.end());
  }
  return answers;
}

std::optional<trace::Trace> Jaeger::large_trace(const TraceId& id) {
  // A port that swallows packets must not cost more than the smaller answer saves.
  constexpr nanoseconds k_connect_time = std::chrono::milliseconds(500);
  if (!m_grpc_beside || !m_large.contains(id)) {
    return std::nullopt;
  }
  settings::QuerySettings settings = m_settings;
  settings.url = m_grpc_beside;
  settings.timeout = std::min(k_connect_time, m_settings.timeout);
  if (!JaegerGrpc(settings).probe()) {
    m_grpc_beside.reset();
    return std::nullopt;
  }
  settings.timeout = m_settings.timeout;
  JaegerGrpc grpc(settings);
  auto found = grpc.trace(id);
  if (!found) {
    return std::nullopt;
  }
  note(
      fmt::format("the trace is large: it came over gRPC from {}", m_grpc_beside->host_and_port()));
  return std::move(*found);
}

}  // namespace otelctl::query
