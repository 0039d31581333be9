// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/go_url.hpp"

#include <algorithm>
#include <charconv>

namespace otelctl::config::collector {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool has_bad_escape(std::string_view text) {
  const auto is_hex = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) {
      return true;
    }
  }
  return false;
}

// What may stand in a host without being escaped (net/url, encodeHost).
bool is_host_character(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || is_letter(c) || is_digit(c) ||
         std::string_view("-_.~!$&'()*+,;=:[]<>\"%").find(c) != std::string_view::npos;
}

std::string_view flaw_of_authority(std::string_view authority) {
  const std::string_view host = authority.substr(authority.rfind('@') + 1);
  const std::size_t bracket = host.rfind(']');
  if (host.starts_with('[') && bracket == std::string_view::npos) {
    return "the ']' is missing";
  }
  const std::string_view behind = host.starts_with('[')
                                      ? host.substr(bracket + 1)
                                      : host.substr(std::min(host.rfind(':'), host.size()));
  if (!behind.empty() &&
      (behind.front() != ':' || !std::all_of(behind.begin() + 1, behind.end(), is_digit))) {
    return "the port is no number";
  }
  return std::all_of(host.begin(), host.end(), is_host_character)
             ? std::string_view()
             : "the host has a character that no host has";
}

}  // namespace

std::string_view flaw_of_url(std::string_view text) {
  const bool has_control = std::any_of(text.begin(), text.end(),
                                       [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
  if (has_control) {
    return "it has a control character";
  }
  // A scheme begins with a letter; digits, '+', '-' and '.' may follow.
  std::size_t length = 0;
  while (length < text.size() &&
         (is_letter(text[length]) ||
          (length > 0 && (is_digit(text[length]) ||
                          std::string_view("+-.").find(text[length]) != std::string_view::npos)))) {
    ++length;
  }
  if (text.starts_with(':')) {
    return "the scheme is missing";
  }
  const bool has_scheme = length > 0 && length < text.size() && text[length] == ':';
  std::string_view rest = has_scheme ? text.substr(length + 1) : text;
  const std::size_t fragment = rest.find('#');
  if (fragment != std::string_view::npos && has_bad_escape(rest.substr(fragment))) {
    return "an escape with '%' is not whole";
  }
  rest = rest.substr(0, fragment);
  rest = rest.substr(0, rest.find('?'));
  if (!rest.starts_with('/') && has_scheme) {
    return {};
  }
  if (!rest.starts_with('/') &&
      rest.substr(0, rest.find('/')).find(':') != std::string_view::npos) {
    return "the scheme is missing";
  }
  if (rest.starts_with("//") && (has_scheme || !rest.starts_with("///"))) {
    const std::string_view behind = rest.substr(2);
    const std::string_view authority = behind.substr(0, behind.find('/'));
    const std::string_view flaw = flaw_of_authority(authority);
    if (!flaw.empty()) {
      return flaw;
    }
    rest = behind.substr(authority.size());
  }
  return has_bad_escape(rest) ? "an escape with '%' is not whole" : std::string_view();
}

std::optional<HostPort> split_host_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (host.starts_with('[')) {
    if (!host.ends_with(']')) {
      return std::nullopt;
    }
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return std::nullopt;
  }
  if (host.find_first_of("[]") != std::string_view::npos ||
      port.find_first_of("[]") != std::string_view::npos) {
    return std::nullopt;
  }
  return HostPort{host, port};
}

std::optional<int> read_port(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return !text.empty() && error == std::errc() && end == text.data() + text.size()
             ? std::optional(number)
             : std::nullopt;
}

std::string_view http_scheme(std::string_view text) {
  if (text.starts_with("http://")) {
    return "http";
  }
  return text.starts_with("https://") ? "https" : "";
}

}  // namespace otelctl::config::collector
