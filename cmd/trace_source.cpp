// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/trace_source.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/context.hpp"
#include "query/trace_reference.hpp"
#include "query/trace_set.hpp"

namespace otelctl {
namespace {

// That the file holds other traces than the one that is shown.
void note_choice(query::Backend& backend, const std::string& file, Context& context) {
  query::Search all;
  all.end = Time::max();
  const auto found = backend.search(all);
  if (found && found->traces.size() > 1) {
    context.note(fmt::format(
        "the newest of {} in the file; 'otelctl show-traces --backend {}' lists them, and "
        "'otelctl show-trace ID --backend {}' shows another",
        counted(found->traces.size(), "trace"), file, file));
  }
}

void imply_backend(settings::QueryFlags& flags, std::string backend) {
  flags.backend = std::move(backend);
  flags.is_backend_implied = true;
}

}  // namespace

Result<std::unique_ptr<query::Backend>> open_backend(const settings::QueryFlags& flags,
                                                     Context& context) {
  auto settings = settings::resolve_query(flags, context.environment());
  if (!settings) {
    return fail(std::move(settings).error());
  }
  for (const std::string& note : settings->notes) {
    context.note(note);
  }
  return query::open_backend(*settings,
                             settings->file == "-" ? context.piped_input() : context.in());
}

Result<report::TraceDetail> fetch_trace(std::string_view name, settings::QueryFlags flags,
                                        Context& context) {
  auto reference = query::parse_trace_reference(name);
  if (!reference) {
    return fail(std::move(reference).error());
  }
  if (reference->file) {
    if (flags.backend) {
      return fail(ErrorKind::usage, "a file and --backend are given",
                  "give one of them; 'show-trace ID --backend FILE' takes one trace of a file");
    }
    imply_backend(flags, *reference->file);
    flags.backend_kind = std::string(settings::name_of(settings::BackendKind::file));
  } else if (reference->backend_url && !flags.backend) {
    imply_backend(flags, *reference->backend_url);
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
  if (reference->file) {
    note_choice(**backend, *reference->file, context);
  }
  std::string page = (*backend)->page_of(trace->id);
  return report::TraceDetail{std::move(*info), (*backend)->notes(), std::move(*trace),
                             std::move(page)};
}

namespace {

Result<FetchedTraces> fetch_one(std::string_view name, const settings::QueryFlags& flags,
                                Context& context) {
  auto detail = fetch_trace(name, flags, context);
  if (!detail) {
    return fail(std::move(detail).error());
  }
  FetchedTraces one{std::move(detail->backend), std::move(detail->notes), {}};
  one.traces.push_back(std::move(detail->trace));
  return one;
}

}  // namespace

Result<FetchedTraces> fetch_traces(std::string_view name, settings::QueryFlags flags,
                                   Context& context) {
  query::TraceSetQuery wanted = query::whole_file();
  if (query::is_trace_set(name)) {
    auto set = query::parse_trace_set(name, context.clock().now());
    if (!set) {
      return fail(std::move(set).error());
    }
    wanted = std::move(*set);
  } else {
    const auto reference = query::parse_trace_reference(name);
    if (!reference && name.find('=') != std::string_view::npos) {
      // A set whose key is misspelt: its own message tells the keys.
      return fail(query::parse_trace_set(name, context.clock().now()).error());
    }
    if (reference && reference->backend_url) {
      imply_backend(flags, *reference->backend_url);
    }
    if (!reference || !reference->file) {
      return fetch_one(name, flags, context);
    }
    imply_backend(flags, *reference->file);
    flags.backend_kind = std::string(settings::name_of(settings::BackendKind::file));
  }
  auto backend = open_backend(flags, context);
  if (!backend) {
    return fail(std::move(backend).error());
  }
  auto set = query::fetch_trace_set(**backend, std::move(wanted));
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
