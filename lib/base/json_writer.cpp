// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl {
namespace {

void append_escape(std::string& json, unsigned char code) {
  switch (code) {
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
      fmt::format_to(std::back_inserter(json), "\\u{:04x}", code);
  }
}

bool needs_escape(unsigned char byte) {
  return byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F;
}

// U+0080 to U+009F are C2 80 to C2 9F.
bool begins_c1(std::string_view text) {
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
  return text.front() == '\xC2' && second >= 0x80 && second <= 0x9F;
}

}  // namespace

void append_json_string(std::string& json, std::string_view text) {
  json += '"';
  const std::size_t begin = json.size();
  bool is_ascii = true;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    is_ascii = is_ascii && byte < 0x80;
    const bool is_c1 = byte == 0xC2 && begins_c1(text.substr(at));
    if (is_c1 || needs_escape(byte)) {
      json += text.substr(copied, at - copied);
      at += is_c1 ? 1 : 0;
      append_escape(json, static_cast<unsigned char>(text[at]));
      copied = at + 1;
    }
  }
  json += text.substr(copied);
  if (!is_ascii && !is_valid_utf8(text)) {
    const std::string valid = to_valid_utf8(json.substr(begin));
    json.replace(begin, std::string::npos, valid);
  }
  json += '"';
}

std::string to_json_string(std::string_view text) {
  std::string json;
  json.reserve(text.size() + 2);
  append_json_string(json, text);
  return json;
}

void JsonWriter::indent() {
  if (m_layout == Layout::spread) {
    m_out << '\n' << std::string(m_items.size() * 2, ' ');
  }
}

void JsonWriter::separate() {
  if (m_after_key) {
    m_after_key = false;
    return;
  }
  if (m_items.empty()) {
    return;
  }
  if (m_items.back()++ > 0) {
    m_out << ',';
  }
  indent();
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  m_out << bracket;
  m_items.push_back(0);
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  const bool was_empty = m_items.back() == 0;
  m_items.pop_back();
  if (!was_empty) {
    indent();
  }
  m_out << bracket;
  if (m_items.empty()) {
    m_out << '\n';
  }
  return *this;
}

JsonWriter& JsonWriter::begin_object() {
  return open('{');
}
JsonWriter& JsonWriter::end_object() {
  return close('}');
}
JsonWriter& JsonWriter::begin_array() {
  return open('[');
}
JsonWriter& JsonWriter::end_array() {
  return close(']');
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  m_out << to_json_string(name) << (m_layout == Layout::spread ? ": " : ":");
  m_after_key = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  m_out << to_json_string(text);
  return *this;
}

JsonWriter& JsonWriter::value(bool truth) {
  separate();
  m_out << (truth ? "true" : "false");
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  separate();
  m_out << fmt::format_int(number).c_str();
  return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
  separate();
  m_out << fmt::format_int(number).c_str();
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (std::isnan(number)) {
    return value("NaN");
  }
  if (std::isinf(number)) {
    return value(number > 0 ? "Infinity" : "-Infinity");
  }
  separate();
  m_out << fmt::format("{}", number);
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  m_out << json;
  return *this;
}

}  // namespace otelctl
