// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/protobuf_feed.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace otelctl::query {
namespace {

// An array in an attribute takes two. Protobuf's own parsers stop at 100 by default.
constexpr std::size_t k_max_depth = 128;
constexpr std::uint64_t k_max_text = std::uint64_t{64} << 20U;
// Protobuf's parsers refuse tags and lengths that are padded to more bytes than 32 bits need.
constexpr unsigned k_longest_short_varint = 5;
constexpr unsigned k_longest_varint = 10;
constexpr std::string_view k_past_the_end = "runs past the end of its message";

}  // namespace

ProtobufFeed::ProtobufFeed(ProtobufHandler& handler, std::uint8_t root, const SourceWords& words,
                           std::uint64_t first_byte)
    : m_handler(handler), m_words(words), m_first(first_byte), m_at(first_byte) {
  // How long the outermost message is, only its last byte tells.
  m_open.push_back({std::numeric_limits<std::uint64_t>::max(), 0, root});
}

Result<void> ProtobufFeed::feed(std::string_view bytes) {
  m_piece = bytes;
  while (!m_piece.empty()) {
    if (!step()) {
      return fail(m_error);
    }
  }
  return m_handler.verdict();
}

Result<void> ProtobufFeed::finish() {
  if (m_open.size() > 1 || m_step != Step::tag || m_value_bytes > 0) {
    return fail(ErrorKind::not_understood,
                fmt::format("{} is cut short after {} bytes", m_words.subject, m_at - m_first),
                std::string(m_words.when_cut));
  }
  return m_handler.verdict();
}

bool ProtobufFeed::step() {
  switch (m_step) {
    case Step::tag:
      return read_tag();
    case Step::varint:
      return read_varint();
    case Step::fixed:
      return read_fixed();
    case Step::length:
      return read_length();
    case Step::text:
      return read_text();
    case Step::passed_over:
      return pass_over();
  }
  return false;
}

bool ProtobufFeed::take_varint(unsigned longest, std::string_view fault) {
  const std::uint64_t end = m_open.back().end;
  while (!m_piece.empty()) {
    if (m_at == end) {
      fail_field(k_past_the_end);
      return false;
    }
    const auto byte = static_cast<unsigned char>(m_piece.front());
    advance(1);
    m_value |= std::uint64_t{byte & 0x7FU} << (7 * m_value_bytes);
    ++m_value_bytes;
    if (byte < 0x80) {
      m_value_bytes = 0;
      return true;
    }
    if (m_value_bytes == longest) {
      fail_field(fault);
      return false;
    }
  }
  return false;
}

// The readers of a number return false only for a fault: a number that is not whole yet goes on
// with the next piece.
bool ProtobufFeed::read_tag() {
  if (m_value_bytes == 0) {
    m_field_at = m_at;
    m_number = 0;
    m_value = 0;
  }
  if (!take_varint(k_longest_short_varint, "is a malformed tag")) {
    return !m_has_failed;
  }
  constexpr std::uint64_t k_highest_tag = std::numeric_limits<std::uint32_t>::max();
  const std::uint64_t tag = m_value;
  m_value = 0;
  if ((tag >> 3U) == 0 || tag > k_highest_tag || (tag & 7U) > 5) {
    return fail_field("is a malformed tag");
  }
  m_number = static_cast<std::uint32_t>(tag >> 3U);
  m_field = m_open.back().group == 0 ? m_handler.field_of(node(), m_number) : ProtobufField{};
  return read_content(static_cast<WireType>(tag & 7U));
}

bool ProtobufFeed::read_content(WireType type) {
  const auto is_of = [&](ProtobufType wanted) {
    return m_field.type == ProtobufType::unknown || m_field.type == wanted;
  };
  switch (type) {
    case WireType::varint:
      m_step = Step::varint;
      return is_of(ProtobufType::varint) || fail_field("has the wire type of a varint");
    case WireType::fixed64:
      m_step = Step::fixed;
      m_fixed_size = 8;
      return is_of(ProtobufType::fixed64) || fail_field("has the wire type of a fixed64");
    case WireType::fixed32:
      m_step = Step::fixed;
      m_fixed_size = 4;
      return is_of(ProtobufType::fixed32) || fail_field("has the wire type of a fixed32");
    case WireType::length:
      m_step = Step::length;
      return is_of(ProtobufType::message) || m_field.type == ProtobufType::text ||
             fail_field("has the wire type of a text or a packed list");
    case WireType::group:
      if (m_field.type != ProtobufType::unknown) {
        return fail_field("has the wire type of a group");
      }
      m_step = Step::tag;
      return open({m_open.back().end, m_number, 0});
    case WireType::group_end:
      return end_group();
  }
  return false;
}

bool ProtobufFeed::end_group() {
  if (m_open.back().group != m_number) {
    return fail_field("ends a group that was not begun");
  }
  m_open.pop_back();
  return finish_field();
}

bool ProtobufFeed::read_varint() {
  if (!take_varint(k_longest_varint, "has a malformed varint")) {
    return !m_has_failed;
  }
  if (m_field.type != ProtobufType::unknown) {
    m_handler.number(node(), m_number, m_value);
  }
  return finish_field();
}

bool ProtobufFeed::read_fixed() {
  if (m_value_bytes == 0 && m_open.back().end - m_at < m_fixed_size) {
    return fail_field(k_past_the_end);
  }
  while (!m_piece.empty() && m_value_bytes < m_fixed_size) {
    m_value |= std::uint64_t{static_cast<unsigned char>(m_piece.front())} << (8 * m_value_bytes);
    ++m_value_bytes;
    advance(1);
  }
  if (m_value_bytes < m_fixed_size) {
    return true;
  }
  m_value_bytes = 0;
  if (m_field.type != ProtobufType::unknown) {
    m_handler.number(node(), m_number, m_value);
  }
  return finish_field();
}

bool ProtobufFeed::read_length() {
  if (!take_varint(k_longest_short_varint, "has a malformed length")) {
    return !m_has_failed;
  }
  m_left = m_value;
  if (m_left > m_open.back().end - m_at) {
    return fail_field(k_past_the_end);
  }
  switch (m_field.type) {
    case ProtobufType::message:
      return begin_message();
    case ProtobufType::text:
      if (m_left > k_max_text) {
        return fail_field(fmt::format("has {} bytes, more than {}", m_left, k_max_text));
      }
      m_text.clear();
      m_step = Step::text;
      return m_left > 0 || finish_text({});
    default:
      m_step = Step::passed_over;
      return m_left > 0 || finish_field();
  }
}

bool ProtobufFeed::begin_message() {
  if (++m_messages > k_max_containers) {
    return fail_with(
        fmt::format("{} holds more than {} messages", m_words.subject, k_max_containers),
        m_words.when_too_large);
  }
  if (!open({m_at + m_left, 0, m_field.node})) {
    return false;
  }
  m_handler.begin(m_field.node);
  return finish_field();
}

bool ProtobufFeed::open(const Open& message) {
  if (m_open.size() == k_max_depth) {
    return fail_with(
        fmt::format("byte {}: messages are nested deeper than {} levels", m_field_at, k_max_depth),
        "no trace is");
  }
  m_open.push_back(message);
  return true;
}

bool ProtobufFeed::read_text() {
  const std::string_view part = m_piece.substr(0, static_cast<std::size_t>(m_left));
  advance(part.size());
  m_left -= part.size();
  if (m_left == 0 && m_text.empty()) {
    return finish_text(part);
  }
  m_text += part;
  return m_left > 0 || finish_text(m_text);
}

bool ProtobufFeed::finish_text(std::string_view content) {
  return m_handler.text(node(), m_number, content) ? finish_field() : leave_out(m_open.size() - 1);
}

bool ProtobufFeed::pass_over() {
  const std::size_t count = std::min<std::uint64_t>(m_left, m_piece.size());
  advance(count);
  m_left -= count;
  return m_left > 0 || finish_field();
}

// Ends the messages that end with the field.
bool ProtobufFeed::finish_field() {
  m_step = Step::tag;
  m_value = 0;
  while (m_at == m_open.back().end) {
    if (m_open.back().group != 0) {
      m_number = m_open.back().group;
      return fail_field("is a group without an end");
    }
    const std::uint8_t ended = node();
    m_open.pop_back();
    m_handler.end(ended);
  }
  return true;
}

// The messages from this one inwards.
bool ProtobufFeed::leave_out(std::size_t index) {
  const Open left_out = m_open[index];
  m_open.resize(index);
  m_handler.leave_out(left_out.node);
  m_left = left_out.end - m_at;
  m_value_bytes = 0;
  m_step = Step::passed_over;
  return m_left > 0 || finish_field();
}

std::string ProtobufFeed::field_name() const {
  if (m_field.type != ProtobufType::unknown) {
    return fmt::format("{}.{}", m_handler.name_of(node()), m_field.name);
  }
  if (m_number == 0) {
    return "what stands there";
  }
  return fmt::format("field {}", m_number);
}

bool ProtobufFeed::fail_field(std::string_view what) {
  for (std::size_t index = m_open.size() - 1; index > 0; --index) {
    if (m_open[index].group == 0 && m_handler.may_leave_out(m_open[index].node)) {
      return leave_out(index);
    }
  }
  return fail_with(fmt::format("byte {}: {} {}", m_field_at, field_name(), what),
                   m_words.when_foreign);
}

bool ProtobufFeed::fail_with(std::string message, std::string_view hint) {
  m_has_failed = true;
  m_error = {ErrorKind::not_understood, std::move(message), std::string(hint)};
  return false;
}

}  // namespace otelctl::query
