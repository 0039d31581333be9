// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <arpa/inet.h>

#include "base/base64.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"

namespace otelctl::net {
namespace {

// RFC 1035's limit for a name, with room for an address in brackets.
constexpr std::size_t k_longest_host = 255;

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

bool is_version_six(std::string_view host) {
  std::array<unsigned char, 16> address{};
  return inet_pton(AF_INET6, std::string(host).c_str(), address.data()) == 1;
}

bool is_version_four(std::string_view host) {
  std::array<unsigned char, 4> address{};
  return inet_pton(AF_INET, std::string(host).c_str(), address.data()) == 1;
}

Result<std::uint16_t> parse_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || port == 0 ||
      port > 65535) {
    return fail(ErrorKind::settings,
                "port '" + escape_for_terminal(text) + "' is not a number 1 to 65535",
                "OTLP's ports are 4317 (gRPC) and 4318 (HTTP)");
  }
  return static_cast<std::uint16_t>(port);
}

Result<void> check_host(std::string_view host) {
  if (host.empty()) {
    return fail(ErrorKind::settings, "no host", "write it after the scheme: http://localhost:4317");
  }
  if (host.size() > k_longest_host) {
    return fail(ErrorKind::settings, "the host name is longer than 255 characters");
  }
  const auto* const bad = std::find_if_not(host.begin(), host.end(), is_host_character);
  if (bad == host.end()) {
    return {};
  }
  const auto rest = host.substr(static_cast<std::size_t>(bad - host.begin()));
  const auto [value, length] = first_code_point(rest);
  const std::string shown = escape_for_terminal(rest.substr(0, length));
  return fail(ErrorKind::settings, "'" + shown + "' may not stand in a host name",
              value >= 0x80 ? "write the name in its ASCII form (xn--...)" : "");
}

// The host and, where one is written, the port of "host", "host:port", "[v6]" or "[v6]:port".
Result<std::pair<std::string, std::optional<std::uint16_t>>> parse_authority(
    std::string_view text) {
  std::string_view host;
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    host = text.substr(1, close == std::string_view::npos ? close : close - 1);
    if (close == std::string_view::npos || !is_version_six(host)) {
      return fail(ErrorKind::settings,
                  "'" + escape_for_terminal(text) + "' is not an IPv6 address in brackets");
    }
    rest = text.substr(close + 1);
    if (!rest.empty() && rest.front() != ':') {
      return fail(ErrorKind::settings, "only a port may follow ']'");
    }
  } else {
    const auto colon = text.find(':');
    host = text.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
    if (!rest.empty() && rest.find(':', 1) != std::string_view::npos) {
      return fail(ErrorKind::settings, "more than one ':' after the host",
                  "an IPv6 address stands in brackets: http://[::1]:4317");
    }
    if (auto checked = check_host(host); !checked) {
      return fail(checked.error());
    }
  }
  if (rest.empty()) {
    return std::pair{std::string(host), std::optional<std::uint16_t>()};
  }
  const auto port = parse_port(rest.substr(1));
  if (!port) {
    return fail(port.error());
  }
  return std::pair{std::string(host), std::optional<std::uint16_t>(*port)};
}

// What is no escape stays as it is.
std::string percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t place = 0; place < text.size(); ++place) {
    unsigned value = 0;
    const char* const digits = text.data() + place + 1;
    const bool is_escape = text[place] == '%' && place + 2 < text.size() &&
                           std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2;
    plain += is_escape ? static_cast<char>(value) : text[place];
    place += is_escape ? 2 : 0;
  }
  return plain;
}

bool has_space_or_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f;
  });
}

}  // namespace

std::uint16_t Url::port_or_default() const {
  return port.value_or(is_tls() ? std::uint16_t{443} : std::uint16_t{80});
}

std::string Url::host_and_port() const {
  return join_host_port(host, port_or_default());
}

std::string Url::to_string() const {
  std::string text = scheme + "://";
  text += host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port) {
    text += ":" + std::to_string(*port);
  }
  text += path;
  if (!query.empty()) {
    text += "?" + query;
  }
  return text;
}

Result<Url> parse_url(std::string_view text) {
  const std::string shown = "'" + escape_for_terminal(redact_url(text)) + "'";
  if (has_space_or_control(text)) {
    return fail(ErrorKind::settings, shown + " holds a space or a control character",
                "encode it as %20, or remove it");
  }
  const auto separator = text.find("://");
  if (separator == std::string_view::npos) {
    return fail(ErrorKind::settings, shown + " has no scheme",
                "write http:// or https:// before it");
  }
  Url url;
  url.scheme = to_lower(text.substr(0, separator));
  if (url.scheme != "http" && url.scheme != "https") {
    return fail(ErrorKind::settings, shown + " is not an http or https URL",
                "http:// is plaintext, https:// is TLS, for gRPC too");
  }
  auto rest = text.substr(separator + 3);
  const auto authority_end = std::min(rest.find_first_of("/?#"), rest.size());
  auto authority = rest.substr(0, authority_end);
  rest.remove_prefix(authority_end);
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    url.has_userinfo = true;
    authority.remove_prefix(at + 1);
  }
  auto host = parse_authority(authority);
  if (!host && !url.has_userinfo && userinfo_length(text.substr(separator + 3)) > 0) {
    return fail(ErrorKind::settings,
                shown + ": the user or the password holds a '/', a '?' or a '#'",
                "encode them: %2F, %3F, %23");
  }
  if (!host) {
    return fail(std::move(host.error()).within(shown));
  }
  url.host = std::move(host->first);
  url.port = host->second;
  if (const auto hash = rest.find('#'); hash != std::string_view::npos) {
    url.has_fragment = true;
    rest = rest.substr(0, hash);
  }
  const auto question = rest.find('?');
  url.path = rest.substr(0, question);
  if (question != std::string_view::npos) {
    url.query = rest.substr(question + 1);
  }
  return url;
}

std::optional<std::string> basic_credentials(std::string_view url) {
  const auto rest = url.substr(url.find("://") + 3);
  const auto authority = rest.substr(0, rest.find_first_of("/?#"));
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  std::string login = percent_decoded(authority.substr(0, at));
  if (login.find(':') == std::string::npos) {
    login += ':';
  }
  return "Basic " + encode_base64(login);
}

Result<HostPort> parse_host_port(std::string_view text) {
  const std::string shown = "'" + escape_for_terminal(text) + "'";
  auto parsed = parse_authority(text);
  if (!parsed) {
    return fail(std::move(parsed.error()).within(shown));
  }
  if (!parsed->second) {
    return fail(ErrorKind::settings, shown + " has no port", "write HOST:PORT");
  }
  return HostPort{std::move(parsed->first), *parsed->second};
}

std::string join_host_port(std::string_view host, std::uint16_t port) {
  std::string text(host);
  if (host.find(':') != std::string_view::npos) {
    text = "[" + text + "]";
  }
  return text + ":" + std::to_string(port);
}

bool is_loopback(std::string_view host) {
  const std::string lower = to_lower(host);
  if (lower == "localhost" || lower.ends_with(".localhost")) {
    return true;
  }
  std::array<unsigned char, 4> four{};
  if (inet_pton(AF_INET, lower.c_str(), four.data()) == 1) {
    return four[0] == 127;
  }
  std::array<unsigned char, 16> six{};
  if (inet_pton(AF_INET6, lower.c_str(), six.data()) == 1) {
    return std::all_of(six.begin(), six.end() - 1, [](unsigned char byte) { return byte == 0; }) &&
           six.back() == 1;
  }
  return false;
}

bool is_ip_address(std::string_view host) {
  return is_version_four(host) || is_version_six(host);
}

}  // namespace otelctl::net
