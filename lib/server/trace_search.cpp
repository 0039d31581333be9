// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/trace_search.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/text.hpp"
#include "server/any_value.hpp"
#include "server/go_values.hpp"
#include "server/span_view.hpp"

namespace otelctl::server {
namespace {

constexpr std::size_t k_first_look = 256;
constexpr std::array<std::string_view, 6> k_kinds{"UNSPECIFIED", "INTERNAL", "SERVER",
                                                  "CLIENT",      "PRODUCER", "CONSUMER"};

struct Place {
  std::string_view resource;
  const ScopeView& scope;
  const SpanView& span;
};

bool has_value(std::string_view message, std::uint32_t attributes, std::string_view key,
               std::string_view value) {
  const auto found = find_attribute(message, attributes, key);
  return found && text_of(value_of(*found)) == value;
}

bool is_somewhere(const Place& place, std::string_view key, std::string_view value) {
  const auto none_has_it = [&](std::uint32_t list, std::uint32_t attributes) {
    return for_each(place.span.content, list, [&](std::string_view element) {
      return !has_value(element, attributes, key, value);
    });
  };
  return has_value(place.span.content, SpanView::k_attributes, key, value) ||
         has_value(place.scope.content, ScopeView::k_attributes, key, value) ||
         has_value(place.resource, 1, key, value) ||
         !none_has_it(SpanView::k_events, EventView::k_attributes) ||
         !none_has_it(SpanView::k_links, LinkView::k_attributes);
}

std::uint32_t status_named(std::string_view name) {
  if (equals_ignoring_case(name, "OK")) {
    return k_status_ok;
  }
  return equals_ignoring_case(name, "ERROR") ? k_status_error : 0;
}

std::uint32_t kind_named(std::string_view name) {
  const auto found = std::find_if(k_kinds.begin(), k_kinds.end(), [&](std::string_view kind) {
    return equals_ignoring_case(kind, name);
  });
  return found == k_kinds.end() ? 0 : static_cast<std::uint32_t>(found - k_kinds.begin());
}

bool has_attribute(const Place& place, std::string_view key, std::string_view value) {
  constexpr std::string_view k_resource = "resource.";
  if (key == "error") {
    const auto truth = go::parse_bool(value);
    return truth && place.span.status == (*truth ? k_status_error : k_status_ok);
  }
  if (key == "span.status") {
    return place.span.status == status_named(value);
  }
  if (key == "span.kind") {
    return place.span.kind == kind_named(value);
  }
  if (key == "scope.name") {
    return place.scope.name == value;
  }
  if (key == "scope.version") {
    return place.scope.version == value;
  }
  if (key.starts_with(k_resource)) {
    return has_value(place.resource, 1, key.substr(k_resource.size()), value);
  }
  return is_somewhere(place, key, value);
}

bool has_duration(const SpanView& span, const TraceQuery& query) {
  const auto duration = nanoseconds(static_cast<std::int64_t>(span.end - span.start));
  return (query.duration_min.count() == 0 || duration >= query.duration_min) &&
         (query.duration_max.count() == 0 || duration <= query.duration_max);
}

bool is_wanted(const Place& place, const TraceQuery& query) {
  const SpanView& span = place.span;
  return (query.operation.empty() || span.name == query.operation) &&
         span.start >= query.start_min && span.start <= query.start_max &&
         has_duration(span, query) &&
         std::all_of(query.attributes.begin(), query.attributes.end(), [&](const auto& attribute) {
           return has_attribute(place, attribute.first, attribute.second);
         });
}

// Whether what newest() has judged already says that the trace is one of those asked for.
bool is_certain(const TracePlace& place, const TraceQuery& query) {
  return query.operation.empty() && query.attributes.empty() && query.duration_min.count() == 0 &&
         query.duration_max.count() == 0 && place.start >= query.start_min &&
         place.last_start <= query.start_max;
}

// The newest traces of the range that `is_wanted` takes.
template <typename IsWanted>
std::vector<TraceId> collect(const Store& store, const TraceRange& range, std::size_t limit,
                             const IsWanted& is_wanted) {
  std::vector<TraceId> found;
  std::optional<TracePlace> after;
  // Looks at more and more at a time, so that a rare trace is found in few passes over the index.
  for (std::size_t count = std::max(k_first_look, limit); found.size() < limit;) {
    const std::vector<TracePlace> places = store.newest(range, count, after);
    for (const TracePlace& place : places) {
      if (!is_wanted(place)) {
        continue;
      }
      found.push_back(place.id);
      if (found.size() == limit) {
        return found;
      }
    }
    if (places.size() < count) {
      break;
    }
    after = places.back();
    count = count > std::numeric_limits<std::size_t>::max() / 4 ? count : count * 4;
  }
  return found;
}

}  // namespace

bool matches(std::string_view traces, const TraceQuery& query) {
  return !for_each(traces, 1, [&](std::string_view resource_spans) {
    const std::string_view resource = single(resource_spans, 1);
    if (!query.service.empty() && service_of(resource) != query.service) {
      return true;
    }
    return for_each(resource_spans, 2, [&](std::string_view scope_spans) {
      const ScopeView scope = scope_view(single(scope_spans, 1));
      return for_each(scope_spans, 2, [&](std::string_view content) {
        return !is_wanted({resource, scope, span_view(content)}, query);
      });
    });
  });
}

std::vector<TraceId> find_traces(const Store& store, const TraceQuery& query) {
  std::string payload;
  return collect(store, {query.start_min, query.start_max, query.service}, query.limit,
                 [&](const TracePlace& place) {
                   payload.clear();
                   return is_certain(place, query) ||
                          (store.append_trace(place.id, payload) && matches(payload, query));
                 });
}

std::vector<TraceId> find_traces(const Store& store, const TraceRange& range, std::size_t limit,
                                 const std::function<bool(std::string_view traces)>& is_match) {
  std::string payload;
  return collect(store, range, limit, [&](const TracePlace& place) {
    payload.clear();
    return store.append_trace(place.id, payload) && is_match(payload);
  });
}

}  // namespace otelctl::server
