// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <deque>
#include <iterator>

#include <fmt/format.h>

#include "base/base64.hpp"
#include "base/ids.hpp"
#include "otlp/json_codec.hpp"
#include "otlp/json_text.hpp"
#include "otlp/wire_reader.hpp"
#include "otlp/wire_schema.hpp"

namespace otelctl::otlp {
namespace {

// How often the bytes of a request may be copied to join messages that stand in parts. One level of
// that copies them once; 64 MiB of parts within parts would be copied a hundred times.
constexpr std::size_t k_most_copies = 4;

// Writes messages as JSON from their bytes. The fields of a message may stand in any order there,
// so each frame first notes where its fields are.
class Encoder {
 public:
  Encoder(std::size_t root, std::string_view payload, std::string& json)
      : m_json(json), m_bytes_to_join(k_most_copies * payload.size()) {
    enter(root, payload);
  }

  Result<void> run() {
    while (m_depth > 0 && m_fault == nullptr) {
      Frame& frame = m_frames[m_depth - 1];
      if (frame.is_in_array) {
        next_element(frame);
      } else if (frame.fields != 0) {
        const auto number = static_cast<std::uint32_t>(std::countr_zero(frame.fields));
        frame.fields &= frame.fields - 1;
        write_field(frame, number);
      } else {
        m_json += '}';
        --m_depth;
      }
    }
    if (m_fault != nullptr) {
      return fail(ErrorKind::not_understood, std::string("the protobuf message ") + m_fault);
    }
    return {};
  }

 private:
  struct Frame {
    const MessageSchema* message = nullptr;
    std::string_view content{};
    std::uint32_t fields = 0;  // bits of those still to be written
    std::uint32_t twice = 0;   // bits of singular messages that must be merged
    // Of a repeated field its first record, of a singular one its last.
    std::array<std::uint32_t, k_highest_field + 1> places{};
    bool is_first = true;
    bool is_in_array = false;
    // The array of messages that is being written.
    std::uint32_t array_field = 0;
    bool array_is_empty = true;
    WireReader array{};
  };

  void enter(std::size_t message, std::string_view content) {
    if (m_depth == m_frames.size()) {
      m_fault = "is nested too deep";
      return;
    }
    Frame& frame = m_frames[m_depth++];
    frame.message = &m_schema.message(message);
    frame.content = content;
    frame.fields = frame.twice = 0;
    frame.is_first = true;
    frame.is_in_array = false;
    m_json += '{';
    note_places(frame);
  }

  void note_places(Frame& frame) {
    WireReader reader(frame.content);
    std::uint32_t in_oneof = 0;
    for (WireField field; reader.next(field);) {
      const FieldRule& rule = frame.message->rule(field.number);
      if (rule.kind == FieldKind::unknown) {
        continue;
      }
      if (field.type != wire_type_of(rule.kind) &&
          !(rule.is_repeated && field.type == WireType::length)) {
        m_fault = "has a field of another wire type";
        return;
      }
      const std::uint32_t bit = 1U << field.number;
      if (rule.is_in_oneof && in_oneof != bit) {
        frame.fields &= ~in_oneof;
        in_oneof = bit;
      }
      if ((frame.fields & bit) != 0) {
        if (rule.is_repeated) {
          continue;
        }
        frame.twice |= rule.kind == FieldKind::message ? bit : 0;
      }
      frame.fields |= bit;
      frame.places[field.number] =
          static_cast<std::uint32_t>(field.record.data() - frame.content.data());
    }
    if (reader.failed()) {
      m_fault = reader.fault();
    }
  }

  void write_field(Frame& frame, std::uint32_t number) {
    const FieldRule& rule = frame.message->rule(number);
    WireReader reader(frame.content.substr(frame.places[number]));
    if (rule.kind == FieldKind::message && rule.is_repeated) {
      write_key(frame, number);
      m_json += '[';
      frame.is_in_array = true;
      frame.array_field = number;
      frame.array_is_empty = true;
      frame.array = reader;
      return;
    }
    if (rule.is_repeated) {
      write_numbers(frame, number, reader);
      return;
    }
    WireField field;
    reader.next(field);
    if (rule.kind == FieldKind::message) {
      write_key(frame, number);
      const bool is_twice = (frame.twice & (1U << number)) != 0;
      enter(rule.message, is_twice ? merged(frame, number) : field.content);
    } else if (rule.has_presence || field.value != 0 || !field.content.empty()) {
      write_key(frame, number);
      write_scalar(rule.kind, field);
    }
  }

  void next_element(Frame& frame) {
    for (WireField field; frame.array.next(field);) {
      if (field.number == frame.array_field) {
        if (!frame.array_is_empty) {
          m_json += ',';
        }
        frame.array_is_empty = false;
        enter(frame.message->rule(field.number).message, field.content);
        return;
      }
    }
    m_json += ']';
    frame.is_in_array = false;
  }

  // Protobuf takes a singular message that stands more than once as one: its parts joined.
  std::string_view merged(const Frame& frame, std::uint32_t number) {
    std::string& whole = m_merged.emplace_back();
    WireReader reader(frame.content);
    for (WireField field; reader.next(field);) {
      if (field.number == number) {
        whole += field.content;
      }
    }
    if (whole.size() > m_bytes_to_join) {
      m_fault = "has too many parts of messages inside each other";
    }
    m_bytes_to_join -= std::min(m_bytes_to_join, whole.size());
    return whole;
  }

  void write_key(Frame& frame, std::uint32_t number) {
    m_json += frame.is_first ? "\"" : ",\"";
    frame.is_first = false;
    m_json += frame.message->keys[number];
    m_json += "\":";
  }

  void write_numbers(Frame& frame, std::uint32_t number, WireReader reader) {
    const FieldKind kind = frame.message->rule(number).kind;
    write_key(frame, number);
    m_json += '[';
    for (WireField field; reader.next(field);) {
      if (field.number != number) {
        continue;
      }
      if (field.type == wire_type_of(kind)) {
        write_element(kind, field);
        continue;
      }
      WireReader packed(field.content);
      while (!packed.at_end()) {
        WireField element;
        if (!packed.read_value(wire_type_of(kind), element.value)) {
          m_fault = "has malformed packed numbers";
          return;
        }
        write_element(kind, element);
      }
    }
    m_json += ']';
  }

  void write_element(FieldKind kind, const WireField& field) {
    if (m_json.back() != '[') {
      m_json += ',';
    }
    write_scalar(kind, field);
  }

  void write_scalar(FieldKind kind, const WireField& field) {
    const auto out = std::back_inserter(m_json);
    switch (kind) {
      case FieldKind::boolean:
        m_json += field.value != 0 ? "true" : "false";
        break;
      case FieldKind::enumeration:
      case FieldKind::int32:
        fmt::format_to(out, "{}", static_cast<std::int32_t>(field.value));
        break;
      case FieldKind::uint32:
      case FieldKind::fixed32:
        fmt::format_to(out, "{}", static_cast<std::uint32_t>(field.value));
        break;
      case FieldKind::sint32:
        fmt::format_to(out, "{}", zigzag_decoded(static_cast<std::uint32_t>(field.value)));
        break;
      case FieldKind::int64:
      case FieldKind::sfixed64:
        fmt::format_to(out, "\"{}\"", static_cast<std::int64_t>(field.value));
        break;
      case FieldKind::uint64:
      case FieldKind::fixed64:
        fmt::format_to(out, "\"{}\"", field.value);
        break;
      case FieldKind::real:
        append_json_number(m_json, std::bit_cast<double>(field.value));
        break;
      case FieldKind::text:
        append_json_string(m_json, field.content);
        break;
      case FieldKind::bytes:
        m_json += '"' + encode_base64(field.content) + '"';
        break;
      case FieldKind::id:
        m_json += '"' + bytes_to_hex(field.content) + '"';
        break;
      case FieldKind::message:
      case FieldKind::unknown:
        break;
    }
  }

  static std::int32_t zigzag_decoded(std::uint32_t value) {
    return static_cast<std::int32_t>((value >> 1U) ^ (~(value & 1U) + 1U));
  }

  const WireSchema& m_schema = WireSchema::get();
  std::string& m_json;
  std::array<Frame, k_max_nesting> m_frames;
  std::size_t m_depth = 0;
  std::deque<std::string> m_merged;
  std::size_t m_bytes_to_join;  // at most, from here on
  const char* m_fault = nullptr;
};

}  // namespace

Result<void> append_json(Signal signal, std::string_view payload, std::string& json) {
  return Encoder(WireSchema::get().request_of(signal), payload, json).run();
}

Result<std::string> payload_to_json(Signal signal, std::string_view payload) {
  std::string json;
  if (auto done = append_json(signal, payload, json); !done) {
    return fail(std::move(done).error());
  }
  return json;
}

}  // namespace otelctl::otlp
