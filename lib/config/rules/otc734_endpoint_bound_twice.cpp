// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
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

bool is_same(std::string_view left, std::string_view right) {
  const auto plain = [](std::string_view host) { return host == "localhost" ? "127.0.0.1" : host; };
  return is_everywhere(left) || is_everywhere(right) || plain(left) == plain(right);
}

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  std::unordered_map<int, std::vector<collector::Listener>> by_port;
  for (collector::Listener& listener : collector::listeners_of(model)) {
    if (listener.port == 0 || !listener.is_used) {
      continue;
    }
    auto& others = by_port[listener.port];
    const auto other = std::find_if(
        others.begin(), others.end(),
        [&](const collector::Listener& each) { return is_same(each.host, listener.host); });
    if (other != others.end()) {
      report.add(listener.place,
                 fmt::format("{} and {} both listen on port {}", escape_for_terminal(other->owner),
                             escape_for_terminal(listener.owner), listener.port),
                 "give one of them another port");
      continue;
    }
    others.push_back(std::move(listener));
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
