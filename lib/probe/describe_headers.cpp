// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/describe_headers.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/base64.hpp"
#include "base/placeholder.hpp"
#include "base/text.hpp"

namespace otelctl::probe {
namespace {

constexpr std::array<std::string_view, 5> k_schemes{"bearer", "basic", "apikey", "api-token",
                                                    "token"};

// A value of the header `authorization`: "SCHEME CREDENTIALS" (RFC 9110, 11.4).
struct Credentials {
  std::string scheme;  // lower case; "" when the value begins with none that is known
  std::string_view rest;
};

Credentials split_scheme(std::string_view value) {
  const std::string_view text = trim(value);
  const auto space = text.find(' ');
  const std::string first = to_lower(text.substr(0, space));
  if (std::find(k_schemes.begin(), k_schemes.end(), first) == k_schemes.end()) {
    return {"", text};
  }
  return {first, space == std::string_view::npos ? std::string_view() : trim(text.substr(space))};
}

bool is_quote(char c) {
  return c == '"' || c == '\'' || c == '`';
}

bool is_quoted(std::string_view text) {
  return !text.empty() && (is_quote(text.front()) || is_quote(text.back()));
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool has_percent_escape(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2])) {
      return true;
    }
  }
  return false;
}

// "$NAME", "${NAME}", "{{ NAME }}", "$(command)": what nobody has filled in.
bool is_unexpanded(std::string_view text) {
  const auto has = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
  const bool is_shell_name = text.size() > 1 && text.front() == '$' &&
                             std::all_of(text.begin() + 1, text.end(), [](char c) {
                               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
                             });
  return is_shell_name || has("${") || has("$(") || has("{{");
}

// "authorization: Bearer x" or "authorization=Bearer x" as the value of `authorization`.
bool repeats_name(std::string_view name, std::string_view value) {
  const std::string lower = to_lower(value.substr(0, name.size() + 1));
  return lower == std::string(name) + ':' || lower == std::string(name) + '=';
}

std::optional<std::string> trait_of_basic(std::string_view rest) {
  // RFC 7617 has the standard alphabet.
  const bool is_standard = rest.find_first_of("-_") == std::string_view::npos;
  const auto plain = is_standard ? decode_base64(rest) : std::nullopt;
  if (!plain && rest.find(':') != std::string_view::npos) {
    return "has USER:PASSWORD in clear behind Basic, where its base64 belongs";
  }
  if (!plain) {
    return "is not base64 behind Basic";
  }
  if (plain->find(':') == std::string::npos) {
    return "has no ':' in what Basic encodes (USER:PASSWORD)";
  }
  if (plain->ends_with('\n')) {
    return "has a line end in what Basic encodes (echo adds one: use printf or echo -n)";
  }
  return std::nullopt;
}

void add_authorization_traits(const Credentials& credentials, std::vector<std::string>& traits) {
  if (credentials.scheme.empty()) {
    traits.emplace_back("has no scheme (Bearer, Basic) before the key, which most servers want");
    return;
  }
  if (credentials.rest.empty()) {
    traits.emplace_back("is a scheme without a key");
    return;
  }
  if (!split_scheme(credentials.rest).scheme.empty()) {
    traits.emplace_back("has its scheme twice");
    return;
  }
  if (credentials.scheme == "basic" && traits.empty()) {
    if (auto trait = trait_of_basic(credentials.rest)) {
      traits.push_back(std::move(*trait));
    }
  }
}

}  // namespace

std::vector<std::string> traits_of(const net::Header& header) {
  const std::string_view value = header.value;
  const std::string_view text = trim(value);
  if (text.empty()) {
    return {value.empty() ? "is empty" : "is only white space"};
  }
  std::vector<std::string> traits;
  if (text.size() != value.size()) {
    traits.emplace_back("has white space or a line end before or behind it");
  }
  const std::string name = to_lower(header.name);
  if (repeats_name(name, text)) {
    traits.emplace_back("begins with the header's own name");
    return traits;
  }
  const Credentials credentials = split_scheme(text);
  if (is_quoted(text) || is_quoted(credentials.rest)) {
    traits.emplace_back("is in quotes, which are sent too");
  }
  if (is_unexpanded(credentials.rest)) {
    traits.emplace_back("is a variable that nobody has filled in");
  } else if (is_placeholder(credentials.rest)) {
    traits.emplace_back("is a placeholder");
  }
  if (has_percent_escape(text)) {
    traits.emplace_back("holds escapes such as %20, which are sent as they are");
    return traits;
  }
  if (name == "authorization") {
    add_authorization_traits(credentials, traits);
  }
  return traits;
}

std::vector<std::string> describe_headers(const std::vector<net::Header>& headers) {
  std::vector<std::string> lines;
  for (const net::Header& header : headers) {
    std::string line =
        escape_for_terminal(header.name) + " (" + counted(header.value.size(), "byte") + ")";
    const auto traits = traits_of(header);
    if (!traits.empty()) {
      line += ": the value " + join(traits, "; ");
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace otelctl::probe
