// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/query_settings.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/duration.hpp"
#include "base/redact.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "settings/candidates.hpp"
#include "settings/env_file.hpp"
#include "settings/key_values.hpp"

namespace otelctl::settings {
namespace {

constexpr std::string_view k_variable = "OTELCTL_BACKEND";
constexpr std::string_view k_standard_backend = "http://localhost:16686";
constexpr std::string_view k_tenant_header = "x-scope-orgid";

constexpr std::array k_kinds{
    BackendKind::automatic,
#define OTELCTL_BACKEND(name) BackendKind::name,
#include "settings/backend_kinds.def"
#undef OTELCTL_BACKEND
    BackendKind::file,
};

bool looks_like_url(std::string_view text) {
  return text.find("://") != std::string_view::npos && !text.starts_with('/') &&
         !text.starts_with('.');
}

// "localhost:16686" is meant as a server when no file has that name; a user who left the scheme out
// must not be told that there is no such file.
bool looks_like_host_and_port(std::string_view text) {
  return text.find('/') == std::string_view::npos && net::parse_host_port(text).has_value();
}

Result<BackendKind> parse_kind(const std::optional<std::string>& text) {
  if (!text) {
    return BackendKind::automatic;
  }
  for (const BackendKind kind : k_kinds) {
    if (equals_ignoring_case(*text, name_of(kind))) {
      return kind;
    }
  }
  const std::vector<std::string> names = backend_kind_names();
  std::string hint = did_you_mean(*text, names);
  return fail(ErrorKind::usage, "--backend-kind: '" + escape_for_terminal(*text) + "' is not known",
              hint.empty() ? "allowed are " + join(names, ", ") : std::move(hint));
}

Result<void> set_location(QuerySettings& settings, const Candidate& backend) {
  const bool is_flag = backend.source == Source::flag;
  const bool as_file = settings.kind == BackendKind::file || backend.value == "-";
  std::string text = backend.value;
  if (!as_file && !looks_like_url(text) && looks_like_host_and_port(text)) {
    text = "http://" + text;
    settings.notes.push_back(backend.origin + " has no scheme: taken as " + text);
  }
  if (as_file || !looks_like_url(text)) {
    if (!as_file && settings.kind != BackendKind::automatic) {
      return fail(Error{is_flag ? ErrorKind::usage : ErrorKind::settings,
                        "'" + escape_for_terminal(text) + "' is not a URL, which --backend-kind " +
                            std::string(name_of(settings.kind)) + " needs",
                        "write http://HOST:PORT"}
                      .within(backend.origin));
    }
    settings.file = text;
    settings.kind = BackendKind::file;
    return {};
  }
  auto url = net::parse_url(text);
  if (!url) {
    Error error = std::move(url.error()).within(backend.origin);
    error.kind = is_flag ? ErrorKind::usage : ErrorKind::settings;
    return fail(std::move(error));
  }
  while (url->path.ends_with('/')) {
    url->path.pop_back();
  }
  settings.url = std::move(*url);
  return {};
}

// The user and password of the URL are HTTP's Basic authentication (RFC 7617), as curl has it.
void set_login(QuerySettings& settings, const Candidate& backend) {
  auto login = settings.url && settings.url->has_userinfo ? net::basic_credentials(backend.value)
                                                          : std::nullopt;
  if (login) {
    settings.headers.push_back({"authorization", std::move(*login)});
    settings.settings.push_back(
        {"header authorization", std::string(k_redacted), backend.origin, backend.source});
  }
}

Result<void> set_headers(QuerySettings& settings, const QueryFlags& flags) {
  const auto add = [&](net::Header header, std::string_view origin) -> Result<void> {
    header.name = to_lower(header.name);
    if (auto problem = header_problem(header, net::Transport::http)) {
      return fail(ErrorKind::usage, std::string(origin) + ": " + *problem,
                  "remove it, or correct its name and value");
    }
    std::erase_if(settings.settings,
                  [&](const Setting& each) { return each.name == "header " + header.name; });
    settings.settings.push_back(
        {"header " + header.name, std::string(k_redacted), std::string(origin), Source::flag});
    std::erase_if(settings.headers,
                  [&](const net::Header& each) { return each.name == header.name; });
    settings.headers.push_back(std::move(header));
    return {};
  };
  if (flags.tenant) {
    if (auto added = add({std::string(k_tenant_header), *flags.tenant}, "--tenant"); !added) {
      return added;
    }
  }
  auto pairs = read_header_flags("--backend-header", flags.headers);
  if (!pairs) {
    return fail(std::move(pairs).error());
  }
  for (KeyValue& pair : *pairs) {
    if (auto added = add({std::move(pair.key), std::move(pair.value)}, "--backend-header");
        !added) {
      return added;
    }
  }
  return {};
}

void set_tls_file(QuerySettings& settings, const char* name, std::string_view flag,
                  const std::optional<std::string>& value, std::string& path) {
  if (value) {
    path = *value;
    settings.settings.push_back({name, escape_for_terminal(path), std::string(flag), Source::flag});
  }
}

}  // namespace

std::string_view name_of(BackendKind kind) {
  switch (kind) {
    case BackendKind::automatic:
      return "auto";
#define OTELCTL_BACKEND(name) \
  case BackendKind::name:     \
    return #name;
#include "settings/backend_kinds.def"
#undef OTELCTL_BACKEND
    case BackendKind::file:
      return "file";
  }
  return "auto";
}

std::vector<std::string> backend_kind_names() {
  std::vector<std::string> names;
  names.reserve(k_kinds.size());
  for (const BackendKind kind : k_kinds) {
    names.emplace_back(name_of(kind));
  }
  return names;
}

Result<QuerySettings> resolve_query(const QueryFlags& flags, const Environment& environment) {
  const auto filled = fill_environment(environment, flags.env_file);
  if (!filled) {
    return fail(Error(filled.error()).within("--env-file"));
  }
  QuerySettings settings;
  settings.notes = filled->notes;
  const auto kind = parse_kind(flags.backend_kind);
  if (!kind) {
    return fail(kind.error());
  }
  settings.kind = *kind;
  settings.wants_raw_traces = flags.wants_raw_traces;

  Candidates backends;
  add_flag(backends, "--backend", flags.backend);
  add_variable(backends, *filled, k_variable);
  const Candidate backend =
      backends.empty() ? Candidate{std::string(k_standard_backend), "default"} : backends.front();
  if (auto located = set_location(settings, backend); !located) {
    return fail(located.error());
  }
  settings.settings.push_back(make_setting(
      "backend", backends,
      escape_for_terminal(settings.url ? redact_url(settings.url->to_string()) : settings.file)));
  if (!flags.is_backend_implied) {
    note_overruled(backends, settings.notes);
  }
  set_login(settings, backend);
  if (auto headers = set_headers(settings, flags); !headers) {
    return fail(headers.error());
  }
  set_tls_file(settings, "backend_ca", "--backend-ca", flags.ca_file, settings.tls.ca_file);
  set_tls_file(settings, "backend_cert", "--backend-cert", flags.cert_file, settings.tls.cert_file);
  set_tls_file(settings, "backend_key", "--backend-key", flags.key_file, settings.tls.key_file);
  if (flags.timeout) {
    settings.timeout = *flags.timeout;
    if (settings.timeout <= nanoseconds::zero()) {
      return fail(ErrorKind::usage, "--query-timeout: must be above 0",
                  "write --query-timeout 30s");
    }
  }
  if (settings.url) {
    auto proxy = net::choose_proxy(*settings.url, net::Transport::http, filled->variables);
    if (!proxy) {
      return fail(std::move(proxy).error());
    }
    settings.proxy = std::move(*proxy);
    if (!settings.proxy.note.empty()) {
      settings.notes.push_back(settings.proxy.note);
    }
  }
  return settings;
}

}  // namespace otelctl::settings
