// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/redact.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace otelctl {

bool is_secret_name(std::string_view name) {
  static constexpr std::array<std::string_view, 13> k_parts{
      "authorization", "cookie",     "token",    "secret",           "passw",
      "apikey",        "api-key",    "api_key",  "x-honeycomb-team", "credential",
      "private",       "access-key", "signature"};
  const std::string lower = to_lower(name);
  return std::any_of(k_parts.begin(), k_parts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

bool is_secret_attribute(std::string_view key) {
  static constexpr std::array<std::string_view, 18> k_ends{
      "authorization", "cookie",     "cookies",         "token",       "secret",
      "password",      "passwd",     "passphrase",      "apikey",      "api-key",
      "api_key",       "credential", "credentials",     "private-key", "private_key",
      "access-key",    "access_key", "x-honeycomb-team"};
  const std::string lower = to_lower(key.substr(key.rfind('.') + 1));
  return std::any_of(k_ends.begin(), k_ends.end(),
                     [&](std::string_view end) { return lower.ends_with(end); });
}

bool looks_secret(std::string_view value) {
  static constexpr std::array<std::string_view, 8> k_starts{"bearer ", "bearer%20", "sk-",  "ghp_",
                                                            "glpat-",  "eyj",       "akia", "xox"};
  static constexpr std::array<std::string_view, 2> k_basic{"basic ", "basic%20"};
  // Shorter text is a word that happens to begin so, not a key.
  constexpr std::size_t k_shortest = 10;
  const std::string_view text = trim(value);
  const std::string lower = to_lower(text);
  const auto start_among = [&](auto starts) -> std::string_view {
    const auto found = std::find_if(starts.begin(), starts.end(), [&](std::string_view start) {
      return lower.starts_with(start);
    });
    return found == starts.end() ? std::string_view() : *found;
  };
  const std::string_view basic = start_among(k_basic);
  const std::string_view start = basic.empty() ? start_among(k_starts) : basic;
  if (lower.size() < k_shortest || start.empty()) {
    return false;
  }
  // A key is one word: "Bearer of news" and the languages "sk-SK,sk;q=0.9" are none. A basic plan
  // is no base64, which has capitals, digits or padding.
  const std::string_view word = text.substr(start.size());
  const bool is_one_word = word.find_first_of(" \t\r\n,;") == std::string_view::npos;
  constexpr std::string_view k_beyond_lower = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=";
  return is_one_word &&
         (basic.empty() || word.find_first_of(k_beyond_lower) != std::string_view::npos);
}

std::string redacted(std::string_view name, std::string_view value) {
  if (!value.empty() && (is_secret_name(name) || looks_secret(value))) {
    return std::string(k_redacted);
  }
  return std::string(value);
}

std::size_t userinfo_length(std::string_view after_scheme) {
  const auto authority = after_scheme.substr(0, after_scheme.find_first_of("/?#"));
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    return at;
  }
  const auto colon = authority.find(':');
  if (colon == std::string_view::npos || authority.starts_with('[')) {
    return 0;
  }
  const auto port = authority.substr(colon + 1);
  const bool is_port =
      !port.empty() && port.find_first_not_of("0123456789") == std::string_view::npos;
  const auto at = after_scheme.rfind('@');
  return is_port || at == std::string_view::npos ? 0 : at;
}

std::string redact_url(std::string_view url) {
  const auto scheme = url.find("://");
  const std::size_t start = scheme != std::string_view::npos ? scheme + 3
                            : url.starts_with("//")          ? 2
                                                             : 0;
  std::string safe(url.substr(0, start));
  url.remove_prefix(start);
  // Text without a scheme may be anything: there only an '@' before the path tells.
  const auto searched = start > 0 ? url : url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t length = userinfo_length(searched); length > 0) {
    safe += k_redacted;
    url.remove_prefix(length);
  }
  const auto query = url.find_first_of("?#");
  safe += url.substr(0, query);
  if (query != std::string_view::npos) {
    safe += url[query];
    safe += k_redacted;
  }
  return safe;
}

}  // namespace otelctl
