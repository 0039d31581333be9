// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "net/http_client.hpp"
#include "net/proxy.hpp"
#include "net/tls_files.hpp"
#include "net/url.hpp"
#include "settings/setting.hpp"

namespace otelctl::settings {

// What answers queries; `automatic` is told by its behaviour or, for a file, by its content.
enum class BackendKind {
  automatic,
#define OTELCTL_BACKEND(name) name,
#include "settings/backend_kinds.def"
#undef OTELCTL_BACKEND
  file
};
std::string_view name_of(BackendKind kind);
// What --backend-kind takes, in the order of help.
std::vector<std::string> backend_kind_names();

// What the command line gave, as it was typed; what was not given is empty.
struct QueryFlags {
  std::optional<std::string> backend = std::nullopt;
  // `backend` was not typed as --backend: a file or a URL was named where a trace is.
  bool is_backend_implied = false;
  std::optional<std::string> backend_kind = std::nullopt;
  std::vector<std::string> headers = {};  // KEY=VALUE
  std::optional<std::string> tenant = std::nullopt;
  std::optional<std::string> ca_file = std::nullopt;
  std::optional<std::string> cert_file = std::nullopt;
  std::optional<std::string> key_file = std::nullopt;
  std::optional<nanoseconds> timeout = std::nullopt;
  std::optional<std::string> env_file = std::nullopt;
  bool wants_raw_traces = false;  // set by the command, for the formats that copy a trace
};

struct QuerySettings {
  BackendKind kind = BackendKind::automatic;
  // Set for a server; its path has no '/' at the end ("" or "/jaeger").
  std::optional<net::Url> url = std::nullopt;
  std::string file = {};                  // set otherwise: a path, or "-" for standard input
  std::vector<net::Header> headers = {};  // with the tenant's, where one is given
  net::TlsFiles tls = {};
  nanoseconds timeout = std::chrono::seconds(30);
  net::ProxyChoice proxy = {};
  // Traces as they were stored, where the backend would adjust them for its pages.
  bool wants_raw_traces = false;
  std::vector<Setting> settings = {};
  std::vector<std::string> notes = {};
};

// --backend, else OTELCTL_BACKEND, else http://localhost:16686. Text that is no URL is a file. A
// URL's user and password are sent as Basic authentication unless --backend-header replaces it.
// --tenant is the header X-Scope-OrgID (Tempo's and Jaeger's multi-tenancy) unless a header of that
// name is given. Error kinds: usage for flags, settings for variables and files.
Result<QuerySettings> resolve_query(const QueryFlags& flags, const Environment& environment);

}  // namespace otelctl::settings
