// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/collector/listeners.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

bool is_everywhere(std::string_view host) {
  return host.empty() || host == "0.0.0.0" || host == "::";
}

// The listeners of one port, no two of which collide.
class Bound {
 public:
  // The one that is in the way of another; otherwise that is added.
  const collector::Listener* find_or_add(collector::Listener listener) {
    if (is_everywhere(listener.host) && !m_listeners.empty()) {
      return &m_listeners.front();
    }
    const std::string host = is_everywhere(listener.host)   ? ""
                             : listener.host == "localhost" ? "127.0.0.1"
                                                            : listener.host;
    for (const std::string& taken : {std::string(), host}) {
      if (const auto found = m_by_host.find(taken); found != m_by_host.end()) {
        return &m_listeners[found->second];
      }
    }
    m_by_host.emplace(host, m_listeners.size());
    m_listeners.push_back(std::move(listener));
    return nullptr;
  }

 private:
  std::vector<collector::Listener> m_listeners;
  std::unordered_map<std::string, std::size_t> m_by_host;
};

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  std::unordered_map<int, Bound> by_port;
  for (const collector::Listener& listener : collector::listeners_of(model)) {
    if (listener.port == 0 || !listener.is_used) {
      continue;
    }
    if (const auto* const other = by_port[listener.port].find_or_add(listener)) {
      report.add(listener.place,
                 fmt::format("{} and {} both listen on port {}", escape_for_terminal(other->owner),
                             escape_for_terminal(listener.owner), listener.port),
                 "give one of them another port");
    }
  }
}

}  // namespace

Rule otc734_endpoint_bound_twice() {
  return {
      .code = "OTC734",
      .name = "endpoint-bound-twice",
      .severity = Severity::warning,
      .summary = "Two servers of the Collector listen on one port",
      .rationale =
          "The second of them fails to start, and the Collector with it; its own validate does "
          "not see it.",
      .bad = R"(receivers:
  otlp:
    protocols:
      grpc: {endpoint: "localhost:4317"}
      http: {endpoint: "localhost:4317"}
)",
      .good = R"(receivers:
  otlp:
    protocols:
      grpc: {endpoint: "localhost:4317"}
      http: {endpoint: "localhost:4318"}
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
