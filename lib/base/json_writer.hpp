// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl {

// Writes one JSON document as it goes, without building it first, so that a trace of any size costs
// no memory. `spread` indents for a person, `compact` keeps a document on one line (JSON lines).
// The caller keeps begin and end in step; strings may hold anything and come out as valid JSON
// (malformed UTF-8 as U+FFFD).
class JsonWriter {
 public:
  enum class Layout { spread, compact };

  explicit JsonWriter(std::ostream& out, Layout layout = Layout::spread)
      : m_out(out), m_layout(layout) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(bool truth);
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(std::uint64_t number);
  JsonWriter& value(int number) { return value(std::int64_t{number}); }
  // NaN and the infinities, which JSON lacks, come out as the strings of OTLP/JSON.
  JsonWriter& value(double number);

  // A value that is JSON already.
  JsonWriter& raw(std::string_view json);

  template <typename T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

 private:
  void separate();
  void indent();
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);

  std::ostream& m_out;
  Layout m_layout;
  // For each open bracket: how many items it holds so far.
  std::vector<std::size_t> m_items;
  bool m_after_key = false;
};

// The text as a JSON string with its quotes: malformed UTF-8 as U+FFFD, and every control character
// escaped, C1 too, which JSON would allow and terminals obey.
std::string to_json_string(std::string_view text);
void append_json_string(std::string& json, std::string_view text);

}  // namespace otelctl
