// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/byte_reader.hpp"
#include "query/jaeger_json.hpp"
#include "query/json_events.hpp"
#include "query/otlp_json.hpp"
#include "query/trace_format.hpp"
#include "query/zipkin_json.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Reads the JSON of a file: any number of texts (documents, JSON lines, arrays), each in one of the
// formats. Which one, the keys of its outermost object tell, or those of the first object in its
// array; until one of them does, what comes is kept: at most 10,000 values and 4 MiB. Documents of
// metrics, logs and profiles are counted and passed over. Errors, of kind not_understood, begin
// with the place: "trace.json:3:17: ...".
class JsonTraces final : public JsonHandler, public ByteReader {
 public:
  // `name` is what messages call the file.
  JsonTraces(trace::TraceBuilder& builder, std::string name);

  Result<void> feed(std::string_view bytes) override;
  // A last text that is cut short is an error only where no other was whole.
  Result<void> finish() override;

  // That of the first text with traces.
  std::optional<TraceFormat> format() const { return m_format; }
  const OtherRecords& others() const { return m_others; }
  // Set after finish(): the line on which the text begins that is cut short.
  std::optional<std::uint64_t> cut_line() const { return m_cut_line; }

  void begin_object() override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;
  void key(std::string_view name) override;
  void scalar(const JsonScalar& value) override;
  void begin_text() override;
  void end_text() override;
  Result<void> verdict() const override;

 private:
  // What a key says about the object that has it.
  struct Meaning {
    std::optional<TraceFormat> format;
    std::optional<std::size_t> other;  // index into OtherRecords
  };
  struct Event {
    enum class Kind : std::uint8_t {
      begin_object,
      end_object,
      begin_array,
      end_array,
      key,
      scalar
    };
    Kind kind = Kind::scalar;
    JsonScalar value;         // its text is set when it is handed on
    std::size_t text_at = 0;  // in m_texts
    std::size_t text_size = 0;
  };

  static Meaning meaning_of(std::string_view key);
  void keep(Event::Kind kind, const JsonScalar& value = {}, std::string_view text = {});
  void forget_object();
  void hand_on(TraceFormat format);
  void replay(JsonHandler& reader);
  void fail_text(std::string what, std::string hint);
  // Line and column, from 1, of a byte that was fed with the present piece or before it.
  std::uint64_t line_at(std::uint64_t byte);
  std::string place_of(std::uint64_t byte);

  std::string m_name;
  OtlpJsonReader m_otlp;
  JaegerJsonReader m_jaeger;
  ZipkinJsonReader m_zipkin;
  JsonFeed m_feed;
  const trace::TraceBuilder& m_builder;
  std::optional<TraceFormat> m_format;
  OtherRecords m_others{};
  std::size_t m_whole_texts = 0;
  std::optional<std::uint64_t> m_cut_line;
  std::optional<Error> m_error;

  // The text that is being read, while nothing has told its format.
  std::uint64_t m_text_line = 1;
  std::size_t m_arrays = 0;  // around its outermost objects
  std::size_t m_depth = 0;   // objects and arrays that are open
  bool m_is_other = false;   // the object is of another signal
  std::string m_last_key;
  std::vector<std::string> m_unknown_keys;
  std::vector<Event> m_events;
  std::string m_texts;

  // How far lines are counted.
  std::string_view m_piece;
  std::uint64_t m_piece_at = 0;
  std::uint64_t m_counted_to = 0;
  std::uint64_t m_line = 1;
  std::uint64_t m_line_at = 0;  // the byte with which it begins
};

}  // namespace otelctl::query
