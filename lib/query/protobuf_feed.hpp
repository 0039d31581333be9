// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "query/byte_reader.hpp"
#include "query/limits.hpp"

namespace otelctl::query {

// What a known field holds. `message` has fields of its own; texts and bytes are `text`.
enum class ProtobufType : std::uint8_t { unknown, message, text, varint, fixed32, fixed64 };

struct ProtobufField {
  ProtobufType type = ProtobufType::unknown;
  std::uint8_t node = 0;  // of a message: what the handler calls it
  std::string_view name{};
};

// Receives the parts of a protobuf message as they come. Messages are called by numbers that the
// handler gives them, its nodes.
class ProtobufHandler {
 public:
  virtual ~ProtobufHandler() = default;
  virtual ProtobufField field_of(std::uint8_t node, std::uint32_t number) const = 0;
  // For messages: "Span".
  virtual std::string_view name_of(std::uint8_t node) const = 0;
  virtual void begin(std::uint8_t node) = 0;
  virtual void end(std::uint8_t node) = 0;
  virtual void number(std::uint8_t node, std::uint32_t field, std::uint64_t value) = 0;
  // False: the rest of this message is to be left out; leave_out() follows.
  virtual bool text(std::uint8_t node, std::uint32_t field, std::string_view content) = 0;
  // Asked when something within an open message is wrong, from inside to outside. True: that
  // message shall be left out, with all that is open in it.
  virtual bool may_leave_out(std::uint8_t node) const = 0;
  virtual void leave_out(std::uint8_t node) = 0;
  // Asked after each piece; an Error ends the reading.
  virtual Result<void> verdict() const = 0;
};

// Takes a protobuf message from the wire in pieces of any size. Never holds more than one text of
// it. Fields that the handler does not know, and groups, are passed over. Limits: 128 messages
// inside each other, 64 MiB a text, 50 million messages. Error kind: not_understood; the message
// names the byte, the first being `first_byte`.
class ProtobufFeed final : public ByteReader {
 public:
  ProtobufFeed(ProtobufHandler& handler, std::uint8_t root, const SourceWords& words,
               std::uint64_t first_byte = 0);

  Result<void> feed(std::string_view bytes) override;
  Result<void> finish() override;

 private:
  // What comes next.
  enum class Step : std::uint8_t { tag, varint, fixed, length, text, passed_over };
  enum class WireType : std::uint8_t { varint, fixed64, length, group, group_end, fixed32 };
  struct Open {
    std::uint64_t end = 0;    // the byte behind it
    std::uint32_t group = 0;  // its number; 0: a message
    std::uint8_t node = 0;
  };

  bool step();
  bool read_tag();
  bool read_content(WireType type);
  bool read_varint();
  bool read_fixed();
  bool read_length();
  bool read_text();
  bool pass_over();
  bool begin_message();
  bool end_group();
  bool finish_field();
  bool finish_text(std::string_view content);
  bool open(const Open& message);
  bool leave_out(std::size_t index);
  // Takes bytes of a varint; true when it is whole.
  bool take_varint(unsigned longest, std::string_view fault);
  void advance(std::size_t count) {
    m_piece.remove_prefix(count);
    m_at += count;
  }
  std::uint8_t node() const { return m_open.back().node; }
  std::string field_name() const;
  bool fail_field(std::string_view what);
  bool fail_with(std::string message, std::string_view hint);

  ProtobufHandler& m_handler;
  SourceWords m_words;
  std::uint64_t m_first;
  std::uint64_t m_at;
  std::string_view m_piece{};
  std::vector<Open> m_open;
  std::size_t m_messages = 0;

  // The field that is being read.
  Step m_step = Step::tag;
  std::uint64_t m_field_at = 0;
  std::uint32_t m_number = 0;
  ProtobufField m_field;
  // A number of which only a part has come.
  std::uint64_t m_value = 0;
  unsigned m_value_bytes = 0;
  unsigned m_fixed_size = 0;
  std::uint64_t m_left = 0;  // bytes of the text, or to pass over
  std::string m_text;        // of a text in several pieces
  bool m_has_failed = false;
  Error m_error;
};

}  // namespace otelctl::query
