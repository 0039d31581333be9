// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

#include "base/base64.hpp"
#include "base/text.hpp"
#include "otlp/json_codec.hpp"
#include "otlp/json_values.hpp"
#include "otlp/wire_schema.hpp"
#include "otlp/wire_writer.hpp"

namespace otelctl::otlp {
namespace {

using ErrorCode = boost::json::error_code;

constexpr std::size_t k_shown = 40;      // of a bad value, in messages
constexpr std::size_t k_kept_keys = 16;  // of a document; a good one has one

// What the parser calls; it writes the protobuf bytes as the JSON goes by.
class Decoder {
 public:
  // The bounds that Boost.JSON asks for; the input is bounded by who hands it in.
  // NOLINTBEGIN(readability-identifier-naming): the names are Boost's
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();
  // NOLINTEND(readability-identifier-naming)

  explicit Decoder(std::size_t root) : m_root(root) {}

  std::string take() { return std::move(m_out); }
  std::vector<std::string> take_keys() { return std::move(m_keys); }
  // What is wrong with a value; "" when it was the JSON itself.
  const std::string& fault() const { return m_fault; }

  bool on_document_begin(ErrorCode&) { return true; }
  bool on_document_end(ErrorCode&) { return true; }

  bool on_object_begin(ErrorCode& ec) {
    if (m_skipping > 0) {
      ++m_skipping;
      return true;
    }
    if (m_frames.empty()) {
      m_frames.push_back({&m_schema.message(m_root), 0});
      return true;
    }
    Frame& frame = m_frames.back();
    if (frame.field == 0) {
      m_skipping = 1;
      return true;
    }
    const FieldRule& rule = frame.message->rule(frame.field);
    if (rule.kind != FieldKind::message || rule.is_repeated != frame.is_in_array) {
      return refuse(ec, "an object");
    }
    const std::size_t length_at = begin_length(m_out, frame.field);
    m_frames.push_back({&m_schema.message(rule.message), length_at});
    return true;
  }

  bool on_object_end(std::size_t, ErrorCode&) {
    if (m_skipping > 0) {
      --m_skipping;
      return true;
    }
    const std::size_t length_at = m_frames.back().length_at;
    m_frames.pop_back();
    if (!m_frames.empty()) {
      end_length(m_out, length_at);
      value_done();
    }
    return true;
  }

  bool on_array_begin(ErrorCode& ec) {
    if (m_skipping > 0) {
      ++m_skipping;
      return true;
    }
    if (m_frames.empty()) {
      return refuse(ec, "an array");
    }
    Frame& frame = m_frames.back();
    if (frame.field == 0) {
      m_skipping = 1;
      return true;
    }
    const FieldRule& rule = frame.message->rule(frame.field);
    if (!rule.is_repeated || frame.is_in_array) {
      return refuse(ec, "an array");
    }
    frame.is_in_array = true;
    frame.index = 0;
    if (rule.kind != FieldKind::message) {
      frame.packed_at = begin_length(m_out, frame.field);
    }
    return true;
  }

  bool on_array_end(std::size_t, ErrorCode&) {
    if (m_skipping > 0) {
      --m_skipping;
      return true;
    }
    Frame& frame = m_frames.back();
    if (frame.message->rule(frame.field).kind != FieldKind::message) {
      end_length(m_out, frame.packed_at);
    }
    frame.is_in_array = false;
    return true;
  }

  bool on_key_part(boost::json::string_view part, std::size_t, ErrorCode&) {
    m_text.append(part.data(), part.size());
    return true;
  }
  bool on_key(boost::json::string_view part, std::size_t, ErrorCode&) {
    m_text.append(part.data(), part.size());
    if (m_skipping == 0) {
      m_frames.back().field = m_frames.back().message->find_key(m_text);
      if (m_frames.size() == 1 && m_keys.size() < k_kept_keys) {
        m_keys.push_back(m_text);
      }
    }
    m_text.clear();
    return true;
  }

  bool on_string_part(boost::json::string_view part, std::size_t, ErrorCode&) {
    m_text.append(part.data(), part.size());
    return true;
  }
  bool on_string(boost::json::string_view part, std::size_t, ErrorCode& ec) {
    m_text.append(part.data(), part.size());
    const bool is_taken = !wants_value(ec, "a string") || take_text(m_text) ||
                          refuse(ec, "'" + escape_for_terminal(m_text.substr(0, k_shown)) + "'");
    m_text.clear();
    return is_taken && m_fault.empty();
  }

  bool on_number_part(boost::json::string_view part, ErrorCode&) {
    m_text.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t value, boost::json::string_view part, ErrorCode& ec) {
    m_text.append(part.data(), part.size());
    const bool is_negative_zero = value == 0 && m_text.starts_with('-');
    m_text.clear();
    return on_number(is_negative_zero ? number_of(-0.0) : number_of(value), ec);
  }
  bool on_uint64(std::uint64_t value, boost::json::string_view, ErrorCode& ec) {
    m_text.clear();
    return on_number(number_of(value), ec);
  }
  // The parser's own double may be off by one in the last place (Boost.JSON 1.81 scales by powers
  // of ten), so the digits are read again.
  bool on_double(double value, boost::json::string_view part, ErrorCode& ec) {
    m_text.append(part.data(), part.size());
    const auto exact = real_in(m_text);
    m_text.clear();
    return on_number(number_of(exact.value_or(value)), ec);
  }

  bool on_bool(bool value, ErrorCode& ec) {
    if (!wants_value(ec, "a boolean")) {
      return m_fault.empty();
    }
    if (rule().kind != FieldKind::boolean) {
      return refuse(ec, value ? "true" : "false");
    }
    write_number(value ? 1 : 0);
    return true;
  }

  // Null is "not set"; in an array of messages it is one that is empty, so that the others keep
  // their places.
  bool on_null(ErrorCode&) {
    if (m_skipping == 0 && !m_frames.empty() && m_frames.back().is_in_array &&
        rule().kind == FieldKind::message) {
      append_head(m_out, m_frames.back().field, 0);
      value_done();
    }
    return true;
  }

  bool on_comment_part(boost::json::string_view, ErrorCode&) { return true; }
  bool on_comment(boost::json::string_view, ErrorCode&) { return true; }

 private:
  struct Frame {
    const MessageSchema* message;
    std::size_t length_at;    // where its length stands in m_out
    std::uint32_t field = 0;  // whose value comes next; 0 for an unknown key
    bool is_in_array = false;
    std::size_t index = 0;
    std::size_t packed_at = 0;
  };

  const FieldRule& rule() const { return m_frames.back().message->rule(m_frames.back().field); }

  // Whether a value of this form belongs to a field; otherwise it is passed over or refused.
  bool wants_value(ErrorCode& ec, std::string_view form) {
    if (m_skipping > 0) {
      return false;
    }
    if (m_frames.empty()) {
      return refuse(ec, form);
    }
    const Frame& frame = m_frames.back();
    if (frame.field == 0) {
      return false;
    }
    return rule().is_repeated == frame.is_in_array || refuse(ec, form);
  }

  bool on_number(const JsonNumber& number, ErrorCode& ec) {
    if (!wants_value(ec, "a number")) {
      return m_fault.empty();
    }
    return take_number(number) || refuse(ec, number.integer ? fmt::format("{}", *number.integer)
                                                            : fmt::format("{}", number.real));
  }

  bool take_text(const std::string& text) {
    switch (rule().kind) {
      case FieldKind::text:
        write_text(text);
        return true;
      case FieldKind::id: {
        const auto raw = unhex(text);
        return raw && write_text(*raw);
      }
      case FieldKind::bytes: {
        const auto raw = decode_base64(text);
        return raw && write_text(*raw);
      }
      case FieldKind::enumeration:
        for (const auto& [name, value] : m_frames.back().message->values[m_frames.back().field]) {
          if (name == text) {
            return take_number(number_of(std::int64_t{value}));
          }
        }
        break;
      case FieldKind::boolean:
      case FieldKind::message:
        return false;
      default:
        break;
    }
    const auto number = number_in(text);
    return number && take_number(*number);
  }

  bool take_number(const JsonNumber& number) {
    const auto value = wire_value_of(rule().kind, number);
    return value && write_number(*value);
  }

  bool write_text(const std::string& text) {
    if (rule().has_presence || !text.empty()) {
      append_head(m_out, m_frames.back().field, text.size());
      m_out += text;
    }
    value_done();
    return true;
  }

  bool write_number(std::uint64_t value) {
    const Frame& frame = m_frames.back();
    const WireType type = wire_type_of(rule().kind);
    if (frame.is_in_array || rule().has_presence || value != 0) {
      if (!frame.is_in_array) {
        append_tag(m_out, frame.field, type);
      }
      append_number(m_out, type, value);
    }
    value_done();
    return true;
  }

  void value_done() { ++m_frames.back().index; }

  // Notes that the value does not fit its field; always false.
  bool refuse(ErrorCode& ec, std::string_view value) {
    ec = boost::json::make_error_code(boost::json::error::syntax);
    if (m_frames.empty()) {
      m_fault = fmt::format("the document is {}, not an object", value);
      return false;
    }
    std::string place;
    for (const Frame& frame : m_frames) {
      place += place.empty() ? "" : ".";
      place += frame.message->keys[frame.field];
      if (frame.is_in_array) {
        place += fmt::format("[{}]", frame.index);
      }
    }
    m_fault = fmt::format("{}: {} is not {}", place, value, wanted());
    return false;
  }

  std::string_view wanted() const {
    if (rule().is_repeated && !m_frames.back().is_in_array) {
      return "an array";
    }
    return form_of(rule().kind);
  }

  const WireSchema& m_schema = WireSchema::get();
  std::size_t m_root;
  std::string m_out;
  std::vector<Frame> m_frames;
  std::size_t m_skipping = 0;  // open brackets below an unknown key
  std::string m_text;
  std::vector<std::string> m_keys;  // of the document itself
  std::string m_fault;
};

struct Parsed {
  std::string payload;
  std::vector<std::string> keys;
  std::size_t used;
  std::string fault;  // of a value
  ErrorCode syntax;
};

Parsed parse(Signal signal, std::string_view json) {
  boost::json::parse_options options;
  options.max_depth = k_max_json_depth;
  boost::json::basic_parser<Decoder> parser(options, WireSchema::get().request_of(signal));
  ErrorCode ec;
  const std::size_t used = parser.write_some(false, json.data(), json.size(), ec);
  Decoder& decoder = parser.handler();
  return {decoder.take(), decoder.take_keys(), used, decoder.fault(), ec};
}

// "line 3, column 7" of the byte, both from 1, columns in bytes.
std::string position(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n') + 1;
  return fmt::format("line {}, column {}", lines + 1, at - line_start + 1);
}

}  // namespace

Result<std::string> json_to_payload(Signal signal, std::string_view json) {
  Parsed parsed = parse(signal, json);
  constexpr std::string_view k_hint = "the body must be an OTLP/JSON export request";
  if (!parsed.fault.empty()) {
    return fail(ErrorKind::not_understood, parsed.fault, std::string(k_hint));
  }
  if (parsed.syntax || parsed.used < json.size()) {
    const std::string what =
        parsed.syntax ? parsed.syntax.message() : "something follows the document";
    return fail(ErrorKind::not_understood,
                fmt::format("not JSON: {}: {}", position(json, parsed.used), what),
                std::string(k_hint));
  }
  return std::move(parsed.payload);
}

tl::expected<JsonDocument, JsonFault> read_json_document(Signal signal, std::string_view json) {
  Parsed parsed = parse(signal, json);
  if (!parsed.fault.empty()) {
    return tl::unexpected(JsonFault{parsed.used, std::move(parsed.fault)});
  }
  if (parsed.syntax) {
    return tl::unexpected(JsonFault{parsed.used, "not JSON: " + parsed.syntax.message()});
  }
  return JsonDocument{std::move(parsed.payload), parsed.used, std::move(parsed.keys)};
}

}  // namespace otelctl::otlp
