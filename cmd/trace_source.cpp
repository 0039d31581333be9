// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/trace_source.hpp"

#include <string>
#include <utility>

#include "cmd/context.hpp"
#include "query/trace_reference.hpp"
#include "query/trace_set.hpp"

namespace otelctl {

Result<std::unique_ptr<query::Backend>> open_backend(const settings::QueryFlags& flags,
                                                     Context& context) {
  auto settings = settings::resolve_query(flags, context.environment());
  if (!settings) {
    return fail(std::move(settings).error());
  }
  for (const std::string& note : settings->notes) {
    context.note(note);
  }
  return query::open_backend(*settings);
}

Result<report::TraceDetail> fetch_trace(std::string_view name, settings::QueryFlags flags,
                                        Context& context) {
  auto reference = query::parse_trace_reference(name);
  if (!reference) {
    return fail(std::move(reference).error());
  }
  if (reference->backend_url && !flags.backend) {
    flags.backend = reference->backend_url;
  }
  auto backend = open_backend(flags, context);
  if (!backend) {
    return fail(std::move(backend).error());
  }
  auto trace = query::fetch_trace(**backend, *reference, context.clock().now());
  if (!trace) {
    return fail(std::move(trace).error());
  }
  auto info = (*backend)->probe();
  if (!info) {
    return fail(std::move(info).error());
  }
  std::string page = (*backend)->page_of(trace->id);
  return report::TraceDetail{std::move(*info), (*backend)->notes(), std::move(*trace),
                             std::move(page)};
}

Result<FetchedTraces> fetch_traces(std::string_view name, const settings::QueryFlags& flags,
                                   Context& context) {
  if (!query::is_trace_set(name)) {
    auto detail = fetch_trace(name, flags, context);
    if (!detail) {
      return fail(std::move(detail).error());
    }
    FetchedTraces one{std::move(detail->backend), std::move(detail->notes), {}};
    one.traces.push_back(std::move(detail->trace));
    return one;
  }
  const auto wanted = query::parse_trace_set(name, context.clock().now());
  if (!wanted) {
    return fail(wanted.error());
  }
  auto backend = open_backend(flags, context);
  if (!backend) {
    return fail(std::move(backend).error());
  }
  auto set = query::fetch_trace_set(**backend, *wanted);
  if (!set) {
    return fail(std::move(set).error());
  }
  auto info = (*backend)->probe();
  if (!info) {
    return fail(std::move(info).error());
  }
  FetchedTraces many{std::move(*info), (*backend)->notes(), std::move(set->traces)};
  many.notes.insert(many.notes.end(), set->notes.begin(), set->notes.end());
  return many;
}

}  // namespace otelctl
