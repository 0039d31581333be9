// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/nested_value.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace otelctl::trace::nested {
namespace {

// The first byte of an item. Numbers follow in decimal, of a double its bits, up to a ';'. Texts
// follow after their length and a ':'.
constexpr char k_empty = 'n';
constexpr char k_true = 't';
constexpr char k_false = 'f';
constexpr char k_integer = 'i';
constexpr char k_real = 'd';
constexpr char k_text = 's';
constexpr char k_bytes = 'b';

void append_sized(std::string& packed, char type, std::string_view text) {
  packed += type;
  packed += fmt::format_int(text.size()).c_str();
  packed += ':';
  packed += text;
}

class Unpacker {
 public:
  Unpacker(std::string_view packed, Visitor& visitor) : m_rest(packed), m_visitor(visitor) {}

  void run() {
    while (!m_rest.empty()) {
      const char type = m_rest.front();
      m_rest.remove_prefix(1);
      item(type);
    }
  }

 private:
  void item(char type) {
    switch (type) {
      case k_begin_array:
        m_visitor.begin_array();
        m_is_key_next.push_back(false);
        m_is_map.push_back(false);
        return;
      case k_begin_map:
        m_visitor.begin_map();
        m_is_key_next.push_back(true);
        m_is_map.push_back(true);
        return;
      case k_end_array:
        close();
        m_visitor.end_array();
        break;
      case k_end_map:
        close();
        m_visitor.end_map();
        break;
      default:
        if (!m_is_key_next.empty() && m_is_key_next.back()) {
          m_is_key_next.back() = false;
          m_visitor.key(sized());
          return;
        }
        m_visitor.scalar(scalar(type));
    }
    // A value has ended: in a map the next entry's key comes now.
    if (!m_is_map.empty()) {
      m_is_key_next.back() = m_is_map.back();
    }
  }

  void close() {
    m_is_key_next.pop_back();
    m_is_map.pop_back();
  }

  Scalar scalar(char type) {
    Scalar scalar;
    switch (type) {
      case k_true:
      case k_false:
        scalar.type = ValueType::boolean;
        scalar.boolean = type == k_true;
        break;
      case k_integer:
        scalar.type = ValueType::integer;
        scalar.integer = number<std::int64_t>(';');
        break;
      case k_real:
        scalar.type = ValueType::real;
        scalar.real = std::bit_cast<double>(number<std::uint64_t>(';'));
        break;
      case k_text:
        scalar.type = ValueType::text;
        scalar.text = sized();
        break;
      case k_bytes:
        scalar.type = ValueType::bytes;
        scalar.text = sized();
        break;
      default:
        break;
    }
    return scalar;
  }

  template <typename Number>
  Number number(char end) {
    Number value = 0;
    const auto length = std::min(m_rest.find(end), m_rest.size());
    std::from_chars(m_rest.data(), m_rest.data() + length, value);
    m_rest.remove_prefix(std::min(length + 1, m_rest.size()));
    return value;
  }

  std::string_view sized() {
    const auto size = number<std::size_t>(':');
    const std::string_view text = m_rest.substr(0, size);
    m_rest.remove_prefix(text.size());
    return text;
  }

  std::string_view m_rest;
  Visitor& m_visitor;
  // Of each array and map that is open.
  std::vector<bool> m_is_map;
  std::vector<bool> m_is_key_next;
};

class Texts final : public Visitor {
 public:
  void begin_array() override {}
  void end_array() override {}
  void begin_map() override {}
  void end_map() override {}
  void key(std::string_view /*name*/) override {}
  void scalar(const Scalar& scalar) override {
    if (scalar.type == ValueType::text) {
      m_texts.emplace_back(scalar.text);
    }
  }
  std::vector<std::string> take() { return std::move(m_texts); }

 private:
  std::vector<std::string> m_texts;
};

}  // namespace

void append_text(std::string& packed, std::string_view text) {
  append_sized(packed, k_text, text);
}

void append(std::string& packed, const Scalar& scalar) {
  switch (scalar.type) {
    case ValueType::boolean:
      packed += scalar.boolean ? k_true : k_false;
      return;
    case ValueType::integer:
      packed += k_integer;
      packed += fmt::format_int(scalar.integer).c_str();
      packed += ';';
      return;
    case ValueType::real:
      packed += k_real;
      packed += fmt::format_int(std::bit_cast<std::uint64_t>(scalar.real)).c_str();
      packed += ';';
      return;
    case ValueType::text:
      return append_sized(packed, k_text, scalar.text);
    case ValueType::bytes:
      return append_sized(packed, k_bytes, scalar.text);
    case ValueType::empty:
    case ValueType::array:
    case ValueType::map:
      packed += k_empty;
  }
}

void visit(std::string_view packed, Visitor& visitor) {
  Unpacker(packed, visitor).run();
}

std::vector<std::string> texts_in(std::string_view packed) {
  Texts texts;
  visit(packed, texts);
  return texts.take();
}

}  // namespace otelctl::trace::nested
