// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/json_text.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::otlp {
namespace {

void append_escape(std::string& json, char c) {
  switch (c) {
    case '"':
      json += "\\\"";
      break;
    case '\\':
      json += "\\\\";
      break;
    case '\n':
      json += "\\n";
      break;
    case '\r':
      json += "\\r";
      break;
    case '\t':
      json += "\\t";
      break;
    default:
      fmt::format_to(std::back_inserter(json), "\\u{:04x}", static_cast<unsigned char>(c));
  }
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

}  // namespace

void append_json_string(std::string& json, std::string_view text) {
  json += '"';
  bool is_ascii = true;
  std::size_t start = 0;
  const std::size_t begin = json.size();
  for (std::size_t at = 0; at < text.size(); ++at) {
    is_ascii = is_ascii && static_cast<unsigned char>(text[at]) < 0x80;
    if (needs_escape(text[at])) {
      json += text.substr(start, at - start);
      append_escape(json, text[at]);
      start = at + 1;
    }
  }
  json += text.substr(start);
  if (!is_ascii && !is_valid_utf8(text)) {
    const std::string valid = to_valid_utf8(json.substr(begin));
    json.replace(begin, std::string::npos, valid);
  }
  json += '"';
}

void append_json_number(std::string& json, double number) {
  if (std::isnan(number)) {
    json += "\"NaN\"";
  } else if (std::isinf(number)) {
    json += number > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    fmt::format_to(std::back_inserter(json), "{}", number);
  }
}

}  // namespace otelctl::otlp
