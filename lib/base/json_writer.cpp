// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl {
namespace {

void append_escaped(std::string& json, std::string_view text) {
  for (const char c : text) {
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
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          json += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
          json += c;
        }
    }
  }
}

}  // namespace

std::string to_json_string(std::string_view text) {
  std::string json;
  json.reserve(text.size() + 2);
  json += '"';
  if (is_valid_utf8(text)) {
    append_escaped(json, text);
  } else {
    append_escaped(json, to_valid_utf8(text));
  }
  json += '"';
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
