// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"
#include "base/result.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "net/http_client.hpp"
#include "net/proxy.hpp"
#include "net/tls_files.hpp"
#include "net/url.hpp"
#include "settings/setting.hpp"

namespace otelctl::settings {

enum class Protocol { grpc, http_protobuf, http_json };
// "grpc", "http/protobuf", "http/json".
std::string_view name_of(Protocol protocol);
net::Transport transport_of(Protocol protocol);

enum class Compression { none, gzip };
std::string_view name_of(Compression compression);

// What the command line gave, as it was typed; what was not given is empty.
struct OtlpFlags {
  std::optional<std::string> endpoint = std::nullopt;
  std::optional<std::string> protocol = std::nullopt;
  std::vector<std::string> headers = {};  // KEY=VALUE
  std::optional<std::string> ca_file = std::nullopt;
  std::optional<std::string> cert_file = std::nullopt;
  std::optional<std::string> key_file = std::nullopt;
  bool insecure_skip_verify = false;
  std::optional<std::string> compression = std::nullopt;
  std::optional<nanoseconds> timeout = std::nullopt;
  std::optional<std::string> service = std::nullopt;
  std::vector<std::string> resource = {};  // KEY=VALUE
  std::optional<std::string> env_file = std::nullopt;
  std::optional<std::string> config_file = std::nullopt;
  std::string section = "telemetry";
};

struct ResourceAttribute {
  std::string key;
  std::string value;
  // Given by --resource, whose keys may end in a type ("replicas:int"); keys and values from
  // variables and files are taken literally, as strings.
  bool from_flag = false;
};

// Everything an exporter of one signal needs, with where it came from.
struct OtlpSettings {
  Signal signal = Signal::traces;
  Protocol protocol = Protocol::grpc;
  // For HTTP the final URL with its path; for gRPC scheme, host and port count.
  net::Url endpoint = {};
  std::vector<net::Header> headers = {};  // legal for the protocol, lower-case names, no duplicates
  net::TlsFiles tls = {};
  Compression compression = Compression::none;
  // For one export with its retries. A limit of 0 ("none", by the specification) is a day here.
  nanoseconds timeout = std::chrono::seconds(10);
  std::string service_name = {};                            // "" when nobody named the service
  std::vector<ResourceAttribute> resource_attributes = {};  // without service.name
  net::ProxyChoice proxy = {};
  std::vector<Setting> settings = {};
  // What a person should know: a choice that was made, a variable that was overruled.
  std::vector<std::string> notes = {};

  const Setting* find(std::string_view name) const;
};

// Resolves the settings of one signal (OTLP specification, "Protocol Exporter"): flag > file named
// by --config > signal variable > general variable > default, each option on its own. Reads the
// files that `flags` names, and nothing else. Error kinds: usage for flags, settings for variables
// (named in the message) and files.
Result<OtlpSettings> resolve_otlp(const OtlpFlags& flags, const Environment& environment,
                                  Signal signal);

}  // namespace otelctl::settings
