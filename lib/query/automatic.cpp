// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/automatic.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "query/remote_kinds.hpp"

namespace otelctl::query {
namespace {

std::vector<RemoteKind> in_order(std::uint16_t port) {
  const auto all = remote_kinds();
  std::vector<RemoteKind> kinds(all.begin(), all.end());
  std::stable_partition(kinds.begin(), kinds.end(),
                        [&](const RemoteKind& kind) { return kind.usual_port == port; });
  return kinds;
}

}  // namespace

Result<Backend*> Automatic::decide() {
  if (m_backend) {
    return m_backend.get();
  }
  std::vector<Refusal> refusals;
  for (const RemoteKind& kind : in_order(m_settings.url->port_or_default())) {
    std::unique_ptr<Backend> backend = kind.open(m_settings);
    auto probed = backend->probe();
    if (probed) {
      m_backend = std::move(backend);
      return m_backend.get();
    }
    // Who refuses one API refuses them all, and what is not there will not be there either.
    if (probed.error().kind != ErrorKind::not_understood) {
      return fail(std::move(probed).error());
    }
    refusals.push_back({settings::name_of(kind.kind), std::move(probed).error()});
  }
  return fail(nothing_found(std::move(refusals)));
}

Error Automatic::nothing_found(std::vector<Refusal> refusals) const {
  const bool are_equal = std::all_of(refusals.begin(), refusals.end(), [&](const Refusal& refusal) {
    return refusal.error.message == refusals.front().error.message;
  });
  if (are_equal) {
    std::vector<std::string> kinds;
    for (const Refusal& refusal : refusals) {
      kinds.emplace_back(refusal.kind);
    }
    Error error = std::move(refusals.front().error);
    error.message += fmt::format(" (asked as {})", join(kinds, ", "));
    return error;
  }
  const std::string base = redact_url(m_settings.url->to_string());
  std::vector<std::string> said;
  for (const Refusal& refusal : refusals) {
    std::string_view message = refusal.error.message;
    if (message.starts_with(base + ": ")) {
      message.remove_prefix(base.size() + 2);
    }
    said.push_back(fmt::format("as {}: {}", refusal.kind, message));
  }
  return Error{ErrorKind::not_understood,
               fmt::format("no query API that otelctl knows ({})", join(said, "; ")),
               "give the base path too (http://HOST:PORT/jaeger); --backend-kind names the kind, "
               "whose error then says more"}
      .within(base);
}

Result<BackendInfo> Automatic::probe() {
  auto backend = decide();
  return backend ? (*backend)->probe() : fail(std::move(backend).error());
}

bool Automatic::ships_whole_traces() const {
  return m_backend && m_backend->ships_whole_traces();
}

Result<std::vector<std::string>> Automatic::services() {
  auto backend = decide();
  return backend ? (*backend)->services() : fail(std::move(backend).error());
}

Result<std::vector<std::string>> Automatic::operations(const std::string& service) {
  auto backend = decide();
  return backend ? (*backend)->operations(service) : fail(std::move(backend).error());
}

Result<SearchAnswer> Automatic::search(const Search& search) {
  auto backend = decide();
  return backend ? (*backend)->search(search) : fail(std::move(backend).error());
}

std::vector<Result<SearchAnswer>> Automatic::search_all(const std::vector<Search>& searches) {
  auto backend = decide();
  if (!backend) {
    return {fail(std::move(backend).error())};
  }
  return (*backend)->search_all(searches);
}

Result<trace::Trace> Automatic::trace(const TraceId& id) {
  auto backend = decide();
  return backend ? (*backend)->trace(id) : fail(std::move(backend).error());
}

std::string Automatic::page_of(const TraceId& id) const {
  return m_backend ? m_backend->page_of(id) : "";
}

std::vector<std::string> Automatic::notes() const {
  return m_backend ? m_backend->notes() : std::vector<std::string>();
}

}  // namespace otelctl::query
