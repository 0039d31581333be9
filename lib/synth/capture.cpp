// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/capture.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "otlp/json_codec.hpp"
#include "otlp/wire_reader.hpp"
#include "otlp/wire_schema.hpp"

namespace otelctl::synth {
namespace {

using otlp::FieldKind;
using otlp::MessageSchema;
using otlp::WireField;
using otlp::WireReader;
using otlp::WireSchema;

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
// How far into a file its form is looked for.
constexpr std::size_t k_looked_at = std::size_t{64} << 10U;
constexpr std::size_t k_length_bytes = 4;
// The tag of field 1, the list of every request.
constexpr char k_first_tag = 0x0A;

constexpr std::array<Signal, 3> k_signals{Signal::traces, Signal::metrics, Signal::logs};
constexpr std::string_view k_profiles = "resourceProfiles";
// Of the documents, as they stand there.
constexpr std::array<std::string_view, 7> k_json_keys{
    "\"resourceSpans\"",  "\"resourceMetrics\"",  "\"resourceLogs\"", "\"resourceProfiles\"",
    "\"resource_spans\"", "\"resource_metrics\"", "\"resource_logs\""};

tl::unexpected<Error> refuse(std::string_view name, std::string_view what,
                             std::string hint = std::string(k_capture_hint)) {
  return fail(ErrorKind::settings, fmt::format("{}: {}", name, what), std::move(hint));
}

std::string_view without_mark(std::string_view bytes) {
  return bytes.starts_with(k_byte_order_mark) ? bytes.substr(k_byte_order_mark.size()) : bytes;
}

bool is_json(std::string_view bytes) {
  return trim(without_mark(bytes.substr(0, k_looked_at))).starts_with('{');
}

// Control characters that no text has.
bool is_binary(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
  });
}

// "zstd" for bytes that the Collector's file exporter compressed, which puts a length before them.
std::string_view compression_of(std::string_view bytes) {
  constexpr std::string_view k_zstd = "\x28\xB5\x2F\xFD";
  if (bytes.starts_with(k_zstd) ||
      (bytes.size() > k_length_bytes && bytes.substr(k_length_bytes).starts_with(k_zstd))) {
    return "zstd";
  }
  return bytes.starts_with("\x1F\x8B") ? "gzip" : "";
}

// A message begins with a tag or a length, neither of which is a printable character in files of
// this size; a scenario begins with one, whatever was written into its middle.
bool begins_as_text(std::string_view bytes) {
  return bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE") ||
         bytes.starts_with(k_byte_order_mark) ||
         (compression_of(bytes).empty() && !bytes.empty() && bytes.front() >= ' ' &&
          bytes.front() <= '~');
}

// What may be done about a file whose last document, at this byte, is not whole.
std::string hint_of_cut(std::size_t at) {
  return fmt::format(
      "it ends within what begins there, as when it is still being written; "
      "'head -c {} FILE' is what comes before",
      at);
}

bool has_list_of(Signal signal, const std::string& key) {
  const WireSchema& schema = WireSchema::get();
  return schema.message(schema.request_of(signal)).find_key(key) == 1;
}

// "name:3:17", line and column of the byte from 1, columns in bytes.
std::string place_in(std::string_view name, std::string_view bytes, std::size_t at) {
  const std::string_view before = bytes.substr(0, at);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  return fmt::format("{}:{}:{}", name, lines + 1, at - (before.rfind('\n') + 1) + 1);
}

// Whether the bytes can be this message: its fields have the wire types of the schema, its texts
// are texts.
bool fits(const MessageSchema& message, std::string_view bytes) {
  WireReader reader(bytes);
  WireField field;
  while (reader.next(field)) {
    const otlp::FieldRule& rule = message.rule(field.number);
    if (rule.kind == FieldKind::unknown) {
      continue;
    }
    const bool is_packed = rule.is_repeated && field.type == otlp::WireType::length;
    if ((field.type != otlp::wire_type_of(rule.kind) && !is_packed) ||
        (rule.kind == FieldKind::text && !is_valid_utf8(field.content))) {
      return false;
    }
  }
  return !reader.failed();
}

std::string_view text_of(std::string_view bytes, std::uint32_t number) {
  WireReader reader(bytes);
  WireField field;
  while (reader.next(field)) {
    if (field.number == number) {
      return field.content;
    }
  }
  return {};
}

// The first span, metric or log record: all requests nest them in the same way.
std::optional<std::string_view> first_item(std::string_view payload) {
  WireReader resources(payload);
  WireField resource;
  while (resources.next(resource)) {
    WireReader scopes(resource.number == 1 ? resource.content : std::string_view());
    WireField scope;
    while (scopes.next(scope)) {
      WireReader items(scope.number == 2 ? scope.content : std::string_view());
      WireField item;
      while (items.next(item)) {
        if (item.number == 2 && item.type == otlp::WireType::length) {
          return item.content;
        }
      }
    }
  }
  return std::nullopt;
}

// Protobuf does not say which message it is; its first item does. Nothing when it cannot be told.
std::optional<Signal> signal_of(std::string_view payload) {
  const auto item = first_item(payload);
  if (!item || item->empty()) {
    return std::nullopt;
  }
  const WireSchema& schema = WireSchema::get();
  const auto can_be = [&](std::string_view message) {
    return fits(schema.message(schema.index_of(message)), *item);
  };
  const bool is_span = can_be("Span");
  if (is_span && text_of(*item, 1).size() == TraceId{}.bytes.size()) {
    return Signal::traces;
  }
  // A metric without a name is none.
  if (can_be("Metric") && !text_of(*item, 1).empty()) {
    return Signal::metrics;
  }
  if (can_be("LogRecord")) {
    return Signal::logs;
  }
  return is_span ? std::optional(Signal::traces) : std::nullopt;
}

bool is_message(std::string_view bytes) {
  WireReader reader(bytes);
  WireField field;
  while (reader.next(field)) {
  }
  return !reader.failed();
}

std::uint32_t length_at(std::string_view bytes, std::size_t at) {
  std::uint32_t length = 0;
  for (const char byte : bytes.substr(at, k_length_bytes)) {
    length = length << 8U | static_cast<unsigned char>(byte);
  }
  return length;
}

class Reader {
 public:
  Reader(std::string_view bytes, std::string_view name, Signal signal)
      : m_bytes(bytes), m_name(name), m_signal(signal) {}

  Result<Capture> read() {
    if (m_bytes.size() > k_max_capture_bytes) {
      return refuse(m_name, "is larger than 256 MiB",
                    "cut it; JSON lines and messages with their lengths can be cut between two");
    }
    if (trim(m_bytes).empty()) {
      return refuse(m_name, "is empty");
    }
    if (const std::string_view compression = compression_of(m_bytes); !compression.empty()) {
      return refuse(m_name, fmt::format("is compressed with {}", compression),
                    "decompress it first");
    }
    auto read = is_json(m_bytes) ? read_json() : read_protobuf();
    if (!read) {
      return fail(std::move(read).error());
    }
    return std::move(m_capture);
  }

 private:
  Result<void> read_json() {
    m_capture.is_json = true;
    std::size_t at = m_bytes.size() - without_mark(m_bytes).size();
    at += m_bytes.substr(at).find('{');
    while (at < m_bytes.size()) {
      auto document = otlp::read_json_document(m_signal, m_bytes.substr(at));
      if (!document) {
        const otlp::JsonFault& fault = document.error();
        const bool is_cut = at > 0 && trim(m_bytes.substr(at + fault.at)).empty();
        return refuse(place_in(m_name, m_bytes, at + fault.at), fault.what,
                      is_cut ? hint_of_cut(at) : std::string(k_capture_hint));
      }
      if (!take_document(std::move(*document), at)) {
        return refuse(place_in(m_name, m_bytes, at),
                      "no OTLP: neither resourceSpans nor resourceMetrics nor resourceLogs");
      }
      at += m_last_size;
    }
    return {};
  }

  // False for one that is no OTLP.
  bool take_document(otlp::JsonDocument document, std::size_t at) {
    m_last_size = document.size;
    bool is_known = document.keys.empty();
    for (const std::string& key : document.keys) {
      for (const Signal signal : k_signals) {
        if (!has_list_of(signal, key)) {
          continue;
        }
        is_known = true;
        if (signal != m_signal) {
          pass_over(signal);
        }
      }
      if (key == k_profiles) {
        is_known = true;
        ++m_capture.profiles;
      }
    }
    if (!document.payload.empty()) {
      m_capture.decoded.push_back(std::move(document.payload));
      m_capture.requests.push_back({m_capture.decoded.back(), at});
    }
    return is_known;
  }

  Result<void> read_protobuf() {
    if (!is_binary(m_bytes)) {
      return refuse(m_name, "is neither OTLP/JSON nor OTLP as protobuf");
    }
    if (m_bytes.front() == k_first_tag && (is_message(m_bytes) || !has_lengths())) {
      take_message(m_bytes, 0);
      return {};
    }
    std::size_t at = 0;
    while (at < m_bytes.size()) {
      const std::size_t left = m_bytes.size() - at;
      const std::size_t length = left < k_length_bytes ? 0 : length_at(m_bytes, at);
      if (left < k_length_bytes || length > left - k_length_bytes) {
        return refuse(m_name,
                      fmt::format("byte {}: the length of a message is cut off, or more "
                                  "than follows",
                                  at),
                      at > 0 ? hint_of_cut(at) : std::string(k_capture_hint));
      }
      take_message(m_bytes.substr(at + k_length_bytes, length), at + k_length_bytes);
      at += k_length_bytes + length;
    }
    return {};
  }

  // Whether the lengths lead from message to message to the file's end.
  bool has_lengths() const {
    std::size_t at = 0;
    while (m_bytes.size() - at >= k_length_bytes) {
      const std::size_t length = length_at(m_bytes, at);
      if (length > m_bytes.size() - at - k_length_bytes) {
        return false;
      }
      at += k_length_bytes + length;
    }
    return at == m_bytes.size();
  }

  void take_message(std::string_view payload, std::size_t at) {
    const Signal signal = signal_of(payload).value_or(m_signal);
    if (signal == m_signal) {
      m_capture.requests.push_back({payload, at});
    } else {
      pass_over(signal);
    }
  }

  void pass_over(Signal signal) { ++m_capture.others[static_cast<std::size_t>(signal)]; }

  std::string_view m_bytes;
  std::string_view m_name;
  Signal m_signal;
  std::size_t m_last_size = 0;
  Capture m_capture;
};

}  // namespace

bool looks_like_capture(std::string_view bytes) {
  const std::string_view front = bytes.substr(0, k_looked_at);
  if (!is_json(front)) {
    return !begins_as_text(front) && (is_binary(front) || !compression_of(front).empty());
  }
  return std::any_of(k_json_keys.begin(), k_json_keys.end(), [front](std::string_view key) {
    return front.find(key) != std::string_view::npos;
  });
}

Result<Capture> read_capture(std::string_view bytes, std::string_view name, Signal signal) {
  return Reader(bytes, name, signal).read();
}

}  // namespace otelctl::synth
