// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/value.hpp"

namespace otelctl::trace {

// A value that is neither array nor map. Views last as long as what they were read from.
struct Scalar {
  ValueType type = ValueType::empty;
  bool boolean = false;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text = {};  // or base64
};

// How an array or a map lies in the pool: one text in which every item says its type and its
// length, so that nothing need be escaped and nothing is mistaken for something else (JSON could
// not tell the text "NaN" from the number). A map's entries are a text and a value each, in their
// order; keys may repeat. Parts are put together by appending.
namespace nested {

inline constexpr char k_begin_array = '[';
inline constexpr char k_end_array = ']';
inline constexpr char k_begin_map = '{';
inline constexpr char k_end_map = '}';

void append(std::string& packed, const Scalar& scalar);
void append_text(std::string& packed, std::string_view text);

// Meets the parts in their order. Begin and end come in pairs.
class Visitor {
 public:
  virtual ~Visitor() = default;
  virtual void begin_array() = 0;
  virtual void end_array() = 0;
  virtual void begin_map() = 0;
  virtual void end_map() = 0;
  // Of the map's entry whose value comes next.
  virtual void key(std::string_view name) = 0;
  virtual void scalar(const Scalar& scalar) = 0;
};

// `packed` is what append() and the brackets made of one array or map.
void visit(std::string_view packed, Visitor& visitor);

// The texts in an array or a map, without its keys.
std::vector<std::string> texts_in(std::string_view packed);

}  // namespace nested
}  // namespace otelctl::trace
