// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/whereabouts.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"

namespace otelctl::smoke {
namespace {

constexpr std::string_view k_look_at_collector =
    "look into the collector's log for an exporter that fails or whose queue is full "
    "(otelcol_exporter_send_failed_spans, otelcol_exporter_queue_size)";
constexpr std::string_view k_look_for_sampling =
    "for sampling in its pipeline (probabilistic_sampler, tail_sampling, filter)";

// What the services that the backend knows tell about the way to it.
std::string where_lost(query::Backend& backend, const std::string& service) {
  const auto services = backend.services();
  if (!services) {
    return fmt::format("{}, and {}", k_look_at_collector, k_look_for_sampling);
  }
  if (services->empty()) {
    return fmt::format(
        "the backend holds no spans of any service: the collector probably exports to another "
        "backend or tenant than the one that is asked (--backend, --tenant), or not at all; {}",
        k_look_at_collector);
  }
  if (std::binary_search(services->begin(), services->end(), service)) {
    return fmt::format(
        "the backend knows spans of '{}' from before, so the way to it exists: look {}, or give "
        "the store's index more time with --within 2m; then {}",
        escape_for_terminal(service), k_look_for_sampling, k_look_at_collector);
  }
  return fmt::format(
      "the backend knows {}, but not '{}': {}, {}, and compare where it exports to with --backend "
      "and --tenant; an index that is slow needs a longer --within",
      counted(services->size(), "service"), escape_for_terminal(service), k_look_at_collector,
      k_look_for_sampling);
}

struct Missing {
  std::size_t spans = 0;
  // Of which not one span is there.
  std::vector<std::string> services;
};

Missing missing_of(const trace::Trace& sent, const trace::Trace& got) {
  std::unordered_set<SpanId> ids;
  for (const trace::Span& span : got.spans) {
    ids.insert(span.id);
  }
  Missing missing;
  std::map<std::string_view, bool> is_there;
  for (const trace::Span& span : sent.spans) {
    const bool is_present = ids.contains(span.id);
    missing.spans += is_present ? 0 : 1;
    is_there[sent.service(span)] |= is_present;
  }
  for (const auto& [service, is_present] : is_there) {
    if (!is_present) {
      missing.services.push_back("'" + escape_for_terminal(service) + "'");
    }
  }
  return missing;
}

}  // namespace

Error explain_absence(const settings::OtlpSettings& settings, query::Backend& backend,
                      const query::BackendInfo& info, const trace::Trace& sent,
                      const Sighting& sighting) {
  const std::string waited = format_duration(sighting.waited);
  const std::string url = escape_for_terminal(info.url);
  if (!sighting.trace) {
    std::string message =
        fmt::format("{} took the canary, but {} does not show it after {}",
                    escape_for_terminal(redact_url(settings.endpoint.to_string())), url, waited);
    return {ErrorKind::not_seen, std::move(message),
            where_lost(backend, std::string(sent.service(sent.spans.front())))};
  }
  const Missing missing = missing_of(sent, *sighting.trace);
  const std::string of_whom =
      missing.services.empty() ? "" : ": all of " + join(missing.services, ", ");
  return {ErrorKind::not_seen,
          fmt::format("{} of the canary's {} are missing in {} after {}{}", missing.spans,
                      counted(sent.spans.size(), "span"), url, waited, of_whom),
          fmt::format("part of the trace was dropped on the way: look {}, for a batch that was "
                      "refused, or give it more time with --within 2m",
                      k_look_for_sampling)};
}

}  // namespace otelctl::smoke
