// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/key_values.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/file.hpp"
#include "base/text.hpp"

namespace otelctl::settings {
namespace {

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return static_cast<unsigned>(c - '0');
  }
  if (c >= 'a' && c <= 'f') {
    return static_cast<unsigned>(c - 'a') + 10;
  }
  if (c >= 'A' && c <= 'F') {
    return static_cast<unsigned>(c - 'A') + 10;
  }
  return std::nullopt;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
    if (!low) {
      return std::nullopt;
    }
    plain += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return to_valid_utf8(plain);
}

bool is_token_character(char c) {
  constexpr std::string_view k_marks = "!#$%&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         k_marks.find(c) != std::string_view::npos;
}

bool is_grpc_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool is_printable_ascii(char c) {
  return c >= 0x20 && c <= 0x7e;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

// What the transports write themselves; gRPC would silently drop or replace the user's.
bool is_reserved(std::string_view lower_name) {
  static constexpr std::array<std::string_view, 11> k_reserved{"accept-encoding",
                                                               "connection",
                                                               "content-encoding",
                                                               "content-length",
                                                               "content-type",
                                                               "expect",
                                                               "host",
                                                               "te",
                                                               "transfer-encoding",
                                                               "upgrade",
                                                               "user-agent"};
  return std::find(k_reserved.begin(), k_reserved.end(), lower_name) != k_reserved.end();
}

// The name up to what makes it illegal: behind that may be a secret, as in curl's
// "Authorization: Bearer KEY".
std::string illegal_name(std::string_view name) {
  const auto* const end = std::find_if_not(name.begin(), name.end(), is_token_character);
  if (end == name.end()) {
    return "header '' is not a legal header name";
  }
  const auto length = static_cast<std::size_t>(end - name.begin());
  return "header '" + std::string(name.substr(0, length)) +
         "...' is not a legal header name: it holds '" +
         escape_for_terminal(name.substr(length, 1)) + "'";
}

// "KEY=VALUE", or "Key: value" as curl -H has it: neither sign can be in a header's name.
Result<KeyValue> parse_header_line(std::string_view line) {
  const auto sign = line.find_first_of("=:");
  if (sign == std::string_view::npos || trim(line.substr(0, sign)).empty()) {
    return fail(ErrorKind::settings, "neither KEY=VALUE nor 'Key: value'",
                "one header a line; empty lines and those that begin with # do not count");
  }
  return KeyValue{std::string(trim(line.substr(0, sign))),
                  std::string(trim(line.substr(sign + 1)))};
}

Result<void> read_header_file(const std::string& file, std::vector<KeyValue>& headers) {
  constexpr std::uint64_t k_most_bytes = 64 * 1024;
  const auto text = read_file(file, k_most_bytes);
  if (!text) {
    return fail(text.error());
  }
  std::size_t number = 0;
  for (const std::string_view line : split(*text, '\n')) {
    ++number;
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#') {
      continue;
    }
    auto header = parse_header_line(content);
    if (!header) {
      return fail(std::move(header).error().within(file + ":" + std::to_string(number)));
    }
    headers.push_back(std::move(*header));
  }
  return {};
}

}  // namespace

Result<std::vector<KeyValue>> parse_key_values(std::string_view text) {
  std::vector<KeyValue> pairs;
  std::size_t number = 0;
  for (const std::string_view part : split(text, ',')) {
    ++number;
    const auto item = trim(part);
    if (item.empty()) {
      continue;
    }
    const std::string which = "item " + std::to_string(number);
    const auto equals = item.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      return fail(ErrorKind::settings,
                  which + (equals == 0 ? " has no name before its '='" : " has no '='"),
                  "write name=value,name=value; a comma inside a value is %2C");
    }
    auto key = percent_decoded(trim(item.substr(0, equals)));
    const std::string_view raw = trim(item.substr(equals + 1));
    auto value = percent_decoded(raw);
    if (!key || !value) {
      return fail(ErrorKind::settings, which + " holds a '%' that begins no escape like %20",
                  "write a literal % as %25");
    }
    KeyValue pair{std::move(*key), std::move(*value), raw.find(' ') != std::string_view::npos,
                  raw.find(';') != std::string_view::npos};
    const auto same = std::find_if(pairs.begin(), pairs.end(),
                                   [&](const KeyValue& each) { return each.key == pair.key; });
    if (same != pairs.end()) {
      *same = std::move(pair);
    } else {
      pairs.push_back(std::move(pair));
    }
  }
  return pairs;
}

Result<KeyValue> parse_flag_pair(std::string_view flag, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || trim(text.substr(0, equals)).empty()) {
    return fail(ErrorKind::usage, std::string(flag) + ": expected KEY=VALUE",
                "write " + std::string(flag) + " name=value");
  }
  return KeyValue{std::string(trim(text.substr(0, equals))), std::string(text.substr(equals + 1))};
}

Result<std::vector<KeyValue>> read_header_flags(std::string_view flag,
                                                const std::vector<std::string>& texts) {
  std::vector<KeyValue> headers;
  for (const std::string& text : texts) {
    if (text.starts_with('@')) {
      if (auto read = read_header_file(text.substr(1), headers); !read) {
        return fail(std::move(read).error().within(flag));
      }
      continue;
    }
    const auto sign = text.find_first_of("=:");
    if (sign != std::string::npos && text[sign] == ':') {
      // Not the text itself: a password may be in it.
      return fail(ErrorKind::usage, std::string(flag) + ": expected KEY=VALUE, not 'Key: value'",
                  "write " + std::string(flag) +
                      " name=value, or @FILE for a file that holds one header a line");
    }
    auto pair = parse_flag_pair(flag, text);
    if (!pair) {
      return fail(std::move(pair).error());
    }
    headers.push_back(std::move(*pair));
  }
  return headers;
}

std::optional<std::string> header_problem(const net::Header& header, net::Transport transport) {
  const std::string name = to_lower(header.name);
  const std::string shown = "header '" + escape_for_terminal(name) + "' ";
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_token_character)) {
    return illegal_name(name);
  }
  if (is_reserved(name)) {
    return shown + "is set by otelctl itself";
  }
  const bool binary = name.ends_with("-bin");
  if (transport == net::Transport::grpc) {
    if (name.starts_with("grpc-") ||
        !std::all_of(name.begin(), name.end(), is_grpc_key_character)) {
      return shown + "is not legal over gRPC (a-z, 0-9, '-', '_', '.', and not grpc-...)";
    }
    if (!binary && !std::all_of(header.value.begin(), header.value.end(), is_printable_ascii)) {
      return shown + "has a value that is not printable ASCII, which gRPC demands";
    }
    return std::nullopt;
  }
  if (std::any_of(header.value.begin(), header.value.end(), is_control)) {
    return shown + "has a value with a line end or another control character";
  }
  return std::nullopt;
}

}  // namespace otelctl::settings
