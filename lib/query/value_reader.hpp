// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/json_events.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Puts one OTLP AnyValue together while its JSON comes by. Arrays and maps nest; what is below the
// outermost value is packed at once (trace/nested_value.hpp).
class ValueReader {
 public:
  // An AnyValue object begins or ends. Begin and end come in pairs, from outside to inside.
  void begin();
  // Its content, of the type that its field names: text, boolean, integer, real or bytes.
  void scalar(trace::ValueType type, const JsonScalar& value);
  // The containers of the value that was begun last.
  void begin_array();
  void end_array();
  void begin_map();
  void end_map();
  // Within a map: an entry's key, in any order with its value; the entry ends.
  void entry_key(std::string_view key);
  void end_entry();
  // Ends the value that was begun last; `is_entry` says whether it is a map entry's value rather
  // than an array's element. Not for the outermost one.
  void end_inner(bool is_entry);
  // Ends the outermost value.
  trace::Value end(trace::TraceBuilder& builder);

 private:
  struct Open {
    trace::ValueType type = trace::ValueType::empty;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0;
    std::string text;         // or base64, or what a container holds so far, packed
    std::string entry_key;    // of a map: the entry that is being read
    std::string entry_value;  // packed; empty: none yet
  };

  Open& top() { return m_open[m_depth - 1]; }
  static void pack(std::string& packed, const Open& value);

  // Kept between values, so that their strings keep their memory.
  std::vector<Open> m_open;
  std::size_t m_depth = 0;
};

}  // namespace otelctl::query
