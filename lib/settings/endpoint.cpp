// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/endpoint.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/redact.hpp"
#include "base/text.hpp"

namespace otelctl::settings {
namespace {

constexpr std::uint16_t k_grpc_port = 4317;
constexpr std::uint16_t k_http_port = 4318;

std::string signal_path(Signal signal) {
  return "v1/" + std::string(name_of(signal));
}

// The signal whose path it ends in; a '/' behind it is a slip and changes nothing about that.
std::optional<Signal> signal_at_end(std::string_view path) {
  if (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  for (const Signal signal : {Signal::traces, Signal::metrics, Signal::logs}) {
    if (path.ends_with("/" + signal_path(signal))) {
      return signal;
    }
  }
  return std::nullopt;
}

// gRPC's own target syntax, which the specification says a client should take. Of "dns:" the host
// and port behind it.
Result<std::string> without_grpc_scheme(const std::string& text) {
  static constexpr std::array<std::string_view, 6> k_other{
      "unix:", "unix-abstract:", "ipv4:", "ipv6:", "vsock:", "xds:"};
  if (text.starts_with("dns:")) {
    const auto slashes = text.rfind('/');
    return slashes == std::string::npos ? text.substr(4) : text.substr(slashes + 1);
  }
  for (const std::string_view scheme : k_other) {
    if (text.starts_with(scheme)) {
      return fail(ErrorKind::settings,
                  "gRPC targets beginning with '" + std::string(scheme) + "' are not supported",
                  "give http://HOST:PORT or https://HOST:PORT");
    }
  }
  return text;
}

Result<std::string> scheme_for_variable(const Candidate& endpoint, Protocol protocol,
                                        const std::optional<Candidate>& insecure,
                                        std::vector<std::string>& notes) {
  if (protocol != Protocol::grpc || !insecure) {
    return fail(ErrorKind::settings,
                "'" + escape_for_terminal(redact_url(endpoint.value)) + "' has no scheme",
                protocol == Protocol::grpc
                    ? "write http:// (plaintext) or https:// (TLS) before it; without either, SDKs "
                      "use TLS unless OTEL_EXPORTER_OTLP_INSECURE=true"
                    : "write http:// or https:// before it");
  }
  const bool plaintext = equals_ignoring_case(insecure->value, "true");
  notes.push_back(endpoint.origin + " has no scheme: " + insecure->origin + " makes it " +
                  (plaintext ? "plaintext" : "TLS"));
  return std::string(plaintext ? "http://" : "https://");
}

// The endpoint with a scheme in front.
Result<std::string> with_scheme(const Candidate& endpoint, Protocol protocol,
                                const std::optional<Candidate>& insecure,
                                std::vector<std::string>& notes) {
  const auto target = protocol == Protocol::grpc ? without_grpc_scheme(endpoint.value)
                                                 : Result<std::string>(endpoint.value);
  if (!target) {
    return fail(target.error());
  }
  if (has_scheme(endpoint.value)) {
    if (insecure && protocol == Protocol::grpc) {
      notes.push_back(insecure->origin + " has no effect: the endpoint's scheme decides");
    }
    return endpoint.value;
  }
  if (endpoint.source == Source::flag) {
    notes.push_back(endpoint.origin + " has no scheme: taken as http://" +
                    escape_for_terminal(redact_url(*target)));
    return "http://" + *target;
  }
  if (endpoint.source == Source::file) {
    return fail(ErrorKind::settings,
                "'" + escape_for_terminal(redact_url(endpoint.value)) + "' has no scheme",
                "write http:// or https:// before it");
  }
  auto scheme = scheme_for_variable(endpoint, protocol, insecure, notes);
  if (!scheme) {
    return fail(scheme.error());
  }
  return *scheme + *target;
}

void note_dropped_parts(const net::Url& url, const std::string& origin,
                        std::vector<std::string>& notes) {
  if (url.has_userinfo) {
    notes.push_back("the user and password in " + origin +
                    " are not sent: give a header (authorization) instead");
  }
  if (url.has_fragment) {
    notes.push_back("the part after '#' in " + origin + " has no meaning");
  }
}

void note_port(const net::Url& url, Protocol protocol, std::vector<std::string>& notes) {
  if (!url.port) {
    notes.push_back("the endpoint has no port: " + std::to_string(url.port_or_default()) +
                    " is used, not OTLP's 4317 or 4318");
  } else if (auto mismatch = port_mismatch(url, protocol)) {
    notes.push_back(std::move(*mismatch));
  }
}

void set_http_path(net::Url& url, const Candidate& endpoint, Signal signal,
                   std::vector<std::string>& notes) {
  const bool is_base =
      endpoint.source == Source::flag || endpoint.source == Source::general_variable;
  const auto named = signal_at_end(url.path);
  if (!is_base) {
    if (url.path.empty() || url.path == "/") {
      url.path = "/";
      notes.push_back(endpoint.origin + " is used as it is and has no path: a collector expects /" +
                      signal_path(signal));
    }
    return;
  }
  if (named && endpoint.source == Source::flag) {
    notes.push_back(endpoint.origin + " already ends in a signal's path and is used as it is" +
                    (*named == signal
                         ? ""
                         : ", though that is the path of " + std::string(name_of(*named)) +
                               ", not of " + std::string(name_of(signal))));
    if (url.path.ends_with('/')) {
      notes.push_back("the '/' at its end is part of the path: a collector answers 404 to it");
    }
    return;
  }
  if (!url.path.ends_with('/')) {
    url.path += '/';
  }
  url.path += signal_path(signal);
  if (named) {
    notes.push_back(endpoint.origin + " is a base to which SDKs append /" + signal_path(signal) +
                    ": the path is now " + url.path);
  }
}

}  // namespace

Protocol protocol_of_endpoint(const std::string& endpoint) {
  const auto separator = endpoint.find("://");
  const std::string text = separator == std::string::npos ? "http://" + endpoint : endpoint;
  const auto url = net::parse_url(text);
  return url && url->port == k_grpc_port ? Protocol::grpc : Protocol::http_protobuf;
}

bool has_scheme(std::string_view endpoint) {
  return endpoint.find("://") != std::string_view::npos && !endpoint.starts_with("dns:");
}

Result<net::Url> resolve_endpoint(const Candidate& endpoint, Protocol protocol, Signal signal,
                                  const std::optional<Candidate>& insecure,
                                  std::vector<std::string>& notes) {
  const auto wrapped = [&](Error error) {
    if (endpoint.source == Source::flag) {
      error.kind = ErrorKind::usage;
    }
    return fail(std::move(error).within(endpoint.origin));
  };
  const auto text = with_scheme(endpoint, protocol, insecure, notes);
  if (!text) {
    return wrapped(text.error());
  }
  auto url = net::parse_url(*text);
  if (!url) {
    return wrapped(url.error());
  }
  note_dropped_parts(*url, endpoint.origin, notes);
  note_port(*url, protocol, notes);
  if (protocol != Protocol::grpc) {
    set_http_path(*url, endpoint, signal, notes);
  } else {
    if (url->path.size() > 1 || !url->query.empty()) {
      notes.push_back("the path in " + endpoint.origin + " has no meaning over gRPC");
    }
    url->path.clear();
    url->query.clear();
  }
  return url;
}

std::optional<std::string> port_mismatch(const net::Url& url, Protocol protocol) {
  if (protocol == Protocol::grpc && url.port == k_http_port) {
    return "port 4318 is usually OTLP over HTTP, and the protocol is grpc";
  }
  if (protocol != Protocol::grpc && url.port == k_grpc_port) {
    return "port 4317 is usually OTLP over gRPC, and the protocol is " +
           std::string(name_of(protocol));
  }
  return std::nullopt;
}

net::Url standard_endpoint(Protocol protocol, Signal signal) {
  net::Url url;
  url.scheme = "http";
  url.host = "localhost";
  url.port = protocol == Protocol::grpc ? k_grpc_port : k_http_port;
  if (protocol != Protocol::grpc) {
    url.path = "/" + signal_path(signal);
  }
  return url;
}

}  // namespace otelctl::settings
