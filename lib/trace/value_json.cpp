// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/value_json.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "base/base64.hpp"
#include "base/json_writer.hpp"
#include "trace/nested_value.hpp"

namespace otelctl::trace {
namespace {

// What stands around the parts of a value in one kind of JSON.
struct Dialect {
  std::string (*scalar)(const Scalar& scalar);
  std::string_view begin_array;
  std::string_view end_array;
  std::string_view begin_map;
  std::string_view end_map;
  std::string_view before_key;
  std::string_view after_key;
  std::string_view end_entry;
};

class NestedJson final : public nested::Visitor {
 public:
  explicit NestedJson(const Dialect& dialect) : m_dialect(dialect) {}

  void begin_array() override { open(m_dialect.begin_array, false); }
  void begin_map() override { open(m_dialect.begin_map, true); }
  void end_array() override { close(m_dialect.end_array); }
  void end_map() override { close(m_dialect.end_map); }
  void key(std::string_view name) override {
    separate();
    m_json += m_dialect.before_key;
    m_json += to_json_string(name);
    m_json += m_dialect.after_key;
  }
  void scalar(const Scalar& scalar) override {
    begin_value();
    m_json += m_dialect.scalar(scalar);
    end_value();
  }

  std::string take() { return std::move(m_json); }

 private:
  struct Open {
    bool is_map = false;
    bool has_items = false;
  };

  void open(std::string_view bracket, bool is_map) {
    begin_value();
    m_json += bracket;
    m_open.push_back({is_map});
  }
  void close(std::string_view bracket) {
    m_json += bracket;
    m_open.pop_back();
    end_value();
  }
  // A map's items are separated before their keys.
  void begin_value() {
    if (!m_open.empty() && !m_open.back().is_map) {
      separate();
    }
  }
  void end_value() {
    if (!m_open.empty() && m_open.back().is_map) {
      m_json += m_dialect.end_entry;
    }
  }
  void separate() {
    if (m_open.back().has_items) {
      m_json += ',';
    }
    m_open.back().has_items = true;
  }

  const Dialect& m_dialect;
  std::string m_json;
  std::vector<Open> m_open;
};

std::string shown_scalar(const Scalar& scalar) {
  switch (scalar.type) {
    case ValueType::text:
      return to_json_string(scalar.text);
    case ValueType::boolean:
      return scalar.boolean ? "true" : "false";
    case ValueType::integer:
      return integer_json(scalar.integer);
    case ValueType::real:
      return real_json(scalar.real);
    case ValueType::bytes:
      return "{\"base64\":" + to_json_string(scalar.text) + "}";
    case ValueType::empty:
    case ValueType::array:
    case ValueType::map:
      break;
  }
  return "null";
}

std::string otlp_scalar(const Scalar& scalar) {
  switch (scalar.type) {
    case ValueType::text:
      return "{\"stringValue\":" + to_json_string(scalar.text) + "}";
    case ValueType::boolean:
      return scalar.boolean ? "{\"boolValue\":true}" : "{\"boolValue\":false}";
    case ValueType::integer:
      return fmt::format("{{\"intValue\":\"{}\"}}", scalar.integer);
    case ValueType::real:
      return "{\"doubleValue\":" + real_json(scalar.real) + "}";
    case ValueType::bytes: {
      const std::string base64 = padded_base64(scalar.text);
      const bool is_base64 = !base64.empty() || scalar.text.empty();
      return is_base64 ? "{\"bytesValue\":\"" + base64 + "\"}"
                       : "{\"stringValue\":" + to_json_string(scalar.text) + "}";
    }
    case ValueType::empty:
    case ValueType::array:
    case ValueType::map:
      break;
  }
  return "{}";
}

std::string plain_scalar(const Scalar& scalar) {
  switch (scalar.type) {
    case ValueType::integer:
      return fmt::format("{}", scalar.integer);
    case ValueType::real:
      return std::isfinite(scalar.real) ? fmt::format("{}", scalar.real) : real_json(scalar.real);
    case ValueType::bytes:
      return to_json_string(scalar.text);
    default:
      return shown_scalar(scalar);
  }
}

constexpr Dialect k_shown = {shown_scalar, "[", "]", "{", "}", "", ":", ""};
constexpr Dialect k_plain = {plain_scalar, "[", "]", "{", "}", "", ":", ""};
constexpr Dialect k_otlp = {otlp_scalar,   "{\"arrayValue\":{\"values\":[",
                            "]}}",         "{\"kvlistValue\":{\"values\":[",
                            "]}}",         "{\"key\":",
                            ",\"value\":", "}"};

bool is_nested(Value value) {
  return value.type() == ValueType::array || value.type() == ValueType::map;
}

Scalar scalar_of(const StringPool& texts, Value value) {
  Scalar scalar{value.type()};
  switch (value.type()) {
    case ValueType::boolean:
      scalar.boolean = value.boolean();
      break;
    case ValueType::integer:
      scalar.integer = value.integer();
      break;
    case ValueType::real:
      scalar.real = value.real();
      break;
    case ValueType::text:
    case ValueType::bytes:
      scalar.text = texts[value.text()];
      break;
    default:
      break;
  }
  return scalar;
}

std::string written(const StringPool& texts, Value value, const Dialect& dialect) {
  if (!is_nested(value)) {
    return dialect.scalar(scalar_of(texts, value));
  }
  NestedJson json(dialect);
  nested::visit(texts[value.text()], json);
  return json.take();
}

}  // namespace

std::string integer_json(std::int64_t number) {
  constexpr std::int64_t k_exact = std::int64_t{1} << 53;
  const bool is_exact = number >= -k_exact && number <= k_exact;
  return is_exact ? fmt::format("{}", number) : fmt::format("\"{}\"", number);
}

std::string real_json(double number) {
  if (std::isnan(number)) {
    return "\"NaN\"";
  }
  if (std::isinf(number)) {
    return number > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  }
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".e") == std::string::npos) {
    text += ".0";
  }
  return text;
}

std::string padded_base64(std::string_view text) {
  const auto bytes = decode_base64(text);
  return bytes ? encode_base64(*bytes) : std::string();
}

std::string value_json(const StringPool& texts, Value value) {
  return written(texts, value, k_shown);
}

std::string otlp_value_json(const StringPool& texts, Value value) {
  return written(texts, value, k_otlp);
}

std::string plain_value_json(const StringPool& texts, Value value) {
  return written(texts, value, k_plain);
}

std::string value_text(const StringPool& texts, Value value) {
  switch (value.type()) {
    case ValueType::empty:
      return {};
    case ValueType::text:
    case ValueType::bytes:
      return std::string(texts[value.text()]);
    case ValueType::real:
      return std::isnan(value.real())   ? "NaN"
             : std::isinf(value.real()) ? (value.real() > 0 ? "Infinity" : "-Infinity")
                                        : fmt::format("{}", value.real());
    default:
      return written(texts, value, k_plain);
  }
}

}  // namespace otelctl::trace
