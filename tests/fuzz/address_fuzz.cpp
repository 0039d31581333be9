// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// URLs, host:port pairs, lists of headers and endpoints, from flags and variables.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/proxy.hpp"
#include "net/url.hpp"
#include "settings/endpoint.hpp"
#include "settings/key_values.hpp"
#include "tests/fuzz/require.hpp"

using namespace otelctl;
using fuzz::require;

namespace {

void check_url(const net::Url& url) {
  require(url.scheme == "http" || url.scheme == "https", "a scheme is one of two");
  require(!url.host.empty(), "a URL has a host");
  require(url.port.value_or(1) != 0, "port 0 is none");
  require(url.path.empty() || url.path.front() == '/', "a path begins with its slash");
  const auto again = net::parse_url(url.to_string());
  require(again.has_value(), "what was read and written is read again");
  require(again->to_string() == url.to_string(), "and is the same");
}

void check_error(const Error& error) {
  require(!error.message.empty(), "an error says what is wrong");
  fuzz::require_printable(error.message);
  fuzz::require_printable(error.hint);
}

void check_endpoint(const std::string& text) {
  for (const auto source : {settings::Source::flag, settings::Source::general_variable,
                            settings::Source::signal_variable, settings::Source::file}) {
    for (const auto protocol : {settings::Protocol::grpc, settings::Protocol::http_protobuf}) {
      std::vector<std::string> notes;
      const auto url = settings::resolve_endpoint({text, "ORIGIN", source}, protocol,
                                                  Signal::traces, std::nullopt, notes);
      if (!url) {
        check_error(url.error());
        continue;
      }
      check_url(*url);
      require(protocol == settings::Protocol::grpc || !url->path.empty(), "HTTP has a path");
      for (const std::string& note : notes) {
        fuzz::require_printable(note);
      }
    }
  }
}

void check_headers(std::string_view text) {
  const auto pairs = settings::parse_key_values(text);
  if (!pairs) {
    check_error(pairs.error());
    return;
  }
  for (const settings::KeyValue& pair : *pairs) {
    require(is_valid_utf8(pair.value), "a decoded value is UTF-8");
    for (const auto transport : {net::Transport::grpc, net::Transport::http}) {
      const auto problem = settings::header_problem({pair.key, pair.value}, transport);
      if (problem) {
        fuzz::require_printable(*problem);
        continue;
      }
      require(pair.value.find_first_of("\r\n") == std::string::npos, "no header holds a line end");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto url = net::parse_url(text)) {
    check_url(*url);
    const Environment environment({{"http_proxy", text}, {"no_proxy", text}});
    if (const auto proxy = net::choose_proxy(*url, net::Transport::http, environment); !proxy) {
      check_error(proxy.error());
    }
  } else {
    check_error(url.error());
  }
  if (const auto pair = net::parse_host_port(text); !pair) {
    check_error(pair.error());
  } else {
    require(net::parse_host_port(net::join_host_port(pair->host, pair->port)).has_value(),
            "host and port are read again");
  }
  check_endpoint(text);
  check_headers(text);
  return 0;
}
