// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "cmd/completion/ask_backend.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/shared_options.hpp"
#include "query/last.hpp"
#include "query/trace_reference.hpp"
#include "settings/query_settings.hpp"
#include "trace/trace.hpp"

namespace otelctl {
namespace {

constexpr std::uintmax_t k_largest_file = std::uintmax_t{64} << 20U;
// So many can be looked through.
constexpr std::size_t k_listed_traces = 20;
// As far as `last` looks back.
constexpr std::chrono::hours k_listed_time{48};
// Without a service given, the operations of all cost a question each.
constexpr std::size_t k_asked_services = 10;

using Names = std::vector<std::string>;

std::string described(const trace::Summary& trace) {
  std::string text =
      fmt::format("{} {}, {}, {}", trace.root_service, trace.root_name,
                  counted(trace.span_count, "span"), format_duration(trace.duration));
  if (trace.error_count > 0) {
    text += ", " + counted(trace.error_count, "error");
  }
  return text;
}

Result<std::vector<trace::Summary>> last_traces(query::Backend& backend, Time now) {
  query::LastQuery query;
  query.count = k_listed_traces;
  query.now = now;
  query.since = now - k_listed_time;
  if (backend.is_archive()) {
    query.take_all_time();
  }
  auto last = query::find_last(backend, query);
  if (!last) {
    return fail(std::move(last).error());
  }
  return std::move(last->traces);
}

Result<Names> operations_of(query::Backend& backend, Names services) {
  if (services.empty()) {
    auto all = backend.services();
    if (!all) {
      return fail(std::move(all).error());
    }
    services = std::move(*all);
    services.resize(std::min(services.size(), k_asked_services));
  }
  std::set<std::string> names;
  for (const std::string& service : services) {
    auto operations = backend.operations(service);
    if (!operations) {
      return fail(std::move(operations).error());
    }
    names.insert(operations->begin(), operations->end());
  }
  return Names(names.begin(), names.end());
}

Result<Names> keys_of(query::Backend& backend, const query::TraceReference& reference, Time now) {
  const auto trace = query::fetch_trace(backend, reference, now);
  if (!trace) {
    return fail(trace.error());
  }
  std::set<std::string> keys;
  for (const trace::Span& span : trace->spans) {
    for (const trace::Range range :
         {span.attributes, trace->columns->resources[span.resource].attributes}) {
      for (const trace::Attribute& attribute : trace->attributes(range)) {
        keys.emplace(trace->text(attribute.key));
      }
    }
  }
  return Names(keys.begin(), keys.end());
}

Names trace_keys(ValueRequest& request) {
  auto reference = query::parse_trace_reference(
      request.arguments().empty() ? "last" : request.arguments().front());
  if (!reference || reference->file || reference->backend_url) {
    return {};
  }
  const Time now = request.context().clock().now();
  return ask_backend<Names>(request,
                            [reference = *reference, now](query::Backend& backend) {
                              return keys_of(backend, reference, now);
                            })
      .value_or(Names{});
}

void add_all(ValueRequest& request, const std::optional<Names>& names) {
  for (const std::string& name : names.value_or(Names{})) {
    request.add(name);
  }
}

}  // namespace

std::optional<settings::QuerySettings> backend_settings(ValueRequest& request) {
  settings::QueryFlags flags;
  const auto bound = bind_options([&](Options& options) { declare_query(options, flags); },
                                  request.given_values());
  if (!bound) {
    return std::nullopt;
  }
  if (const auto files = request.values_of("--env-file"); !files.empty()) {
    flags.env_file = files.back();
  }
  auto settings = settings::resolve_query(flags, request.context().environment());
  if (!settings) {
    return std::nullopt;
  }
  settings->timeout = std::min(settings->timeout, request.bound());
  if (!settings->file.empty()) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(settings->file, error) ||
        std::filesystem::file_size(settings->file, error) > k_largest_file || error) {
      return std::nullopt;
    }
  }
  return std::move(*settings);
}

namespace values {

void services(ValueRequest& request) {
  add_all(request,
          ask_backend<Names>(request, [](query::Backend& backend) { return backend.services(); }));
}

void operations(ValueRequest& request) {
  add_all(request, ask_backend<Names>(request, [services = request.values_of("--service")](
                                                   query::Backend& backend) {
            return operations_of(backend, services);
          }));
}

void traces(ValueRequest& request) {
  const Time now = request.context().clock().now();
  const auto found = ask_backend<std::vector<trace::Summary>>(
      request, [now](query::Backend& backend) { return last_traces(backend, now); });
  if (!found) {
    return;
  }
  // Two stand for how it goes on; who has typed "last" wants to see them all.
  const std::size_t named = request.typed().starts_with("last~") ? found->size() : 2;
  for (std::size_t back = 0; back < std::min(named, found->size()); ++back) {
    request.add(back == 0 ? "last" : fmt::format("last~{}", back), described((*found)[back]));
  }
  for (const trace::Summary& trace : *found) {
    request.add(to_hex(trace.id), described(trace));
  }
}

void traces_or_files(ValueRequest& request) {
  const std::string& typed = request.typed();
  // What is surely a file is none of the backend's.
  if (typed.find('/') == std::string::npos && !typed.starts_with('.')) {
    traces(request);
  }
  request.add_files_otherwise();
}

void attribute_keys(ValueRequest& request) {
  add_all(request, trace_keys(request));
}

void tags(ValueRequest& request) {
  // A value is not offered: it may be a secret.
  if (request.typed().find('=') != std::string::npos) {
    return;
  }
  Names keys =
      ask_backend<Names>(request, [now = request.context().clock().now()](query::Backend& backend) {
        query::TraceReference newest;
        newest.back = 0;
        return keys_of(backend, newest, now);
      }).value_or(Names{});
  for (const std::string& key : keys) {
    request.add(key + "=");
  }
}

}  // namespace values
}  // namespace otelctl
