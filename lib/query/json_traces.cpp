// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/json_traces.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::query {
namespace {

constexpr std::size_t k_max_kept_events = 10'000;
constexpr std::size_t k_max_kept_bytes = std::size_t{4} << 20U;
constexpr std::size_t k_named_keys = 4;
constexpr std::size_t k_longest_shown_key = 40;

bool is_among(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

JsonTraces::JsonTraces(trace::TraceBuilder& builder, std::string name)
    : m_name(std::move(name)),
      m_otlp(builder),
      m_jaeger(builder),
      m_zipkin(builder),
      m_feed(*this, k_file_words),
      m_builder(builder) {}

JsonTraces::Meaning JsonTraces::meaning_of(std::string_view key) {
  // `result` is Jaeger's api_v3, `batches` and `trace` are Tempo's.
  if (is_among(key, {"resourceSpans", "resource_spans", "result", "batches", "trace"})) {
    return {TraceFormat::otlp_json, {}};
  }
  if (is_among(key, {"data", "spans", "processes", "traceID"})) {
    return {TraceFormat::jaeger_json, {}};
  }
  if (key == "traceId") {
    return {TraceFormat::zipkin_json, {}};
  }
  if (is_among(key, {"resourceMetrics", "resource_metrics"})) {
    return {{}, 0};
  }
  if (is_among(key, {"resourceLogs", "resource_logs"})) {
    return {{}, 1};
  }
  if (is_among(key, {"resourceProfiles", "resource_profiles"})) {
    return {{}, 2};
  }
  return {};
}

Result<void> JsonTraces::feed(std::string_view bytes) {
  m_piece = bytes;
  auto fed = m_feed.feed(bytes);
  if (m_error) {
    return fail(*m_error);
  }
  if (!fed) {
    return fail(std::move(fed).error().within(place_of(m_feed.bytes())));
  }
  line_at(m_piece_at + bytes.size());
  m_piece_at += bytes.size();
  return {};
}

Result<void> JsonTraces::finish() {
  auto finished = m_feed.finish();
  if (finished || m_error) {
    return verdict();
  }
  if (m_whole_texts == 0) {
    return fail(std::move(finished).error().within(fmt::format("{}:{}", m_name, m_line)));
  }
  m_cut_line = m_text_line;
  return {};
}

Result<void> JsonTraces::verdict() const {
  return m_error ? fail(*m_error) : check_span_count(m_builder);
}

void JsonTraces::begin_text() {
  // The feed counts what was before the text.
  m_text_line = line_at(m_feed.bytes());
  m_arrays = 0;
  m_depth = 0;
  m_is_other = false;
  m_unknown_keys.clear();
  m_events.clear();
  m_texts.clear();
}

void JsonTraces::end_text() {
  ++m_whole_texts;
  if (!m_unknown_keys.empty()) {
    fail_text(fmt::format("neither OTLP nor Jaeger nor Zipkin: its keys are {}",
                          join(m_unknown_keys, ", ")),
              std::string(k_formats_hint));
  }
}

void JsonTraces::begin_object() {
  keep(Event::Kind::begin_object);
  ++m_depth;
}

void JsonTraces::end_object() {
  keep(Event::Kind::end_object);
  --m_depth;
  if (m_depth == m_arrays) {
    forget_object();
  }
}

void JsonTraces::begin_array() {
  keep(Event::Kind::begin_array);
  if (m_depth == m_arrays) {
    ++m_arrays;
  }
  ++m_depth;
}

void JsonTraces::end_array() {
  --m_depth;
  if (m_depth < m_arrays) {
    --m_arrays;
    m_events.resize(m_arrays);
  } else {
    keep(Event::Kind::end_array);
  }
}

void JsonTraces::key(std::string_view name) {
  keep(Event::Kind::key, {}, name);
  if (m_depth != m_arrays + 1 || m_is_other) {
    return;
  }
  const Meaning meaning = meaning_of(name);
  if (meaning.format) {
    hand_on(*meaning.format);
  } else if (meaning.other) {
    ++m_others[*meaning.other];
    m_unknown_keys.clear();
    forget_object();
    m_is_other = true;
  } else {
    m_last_key = name;
    if (m_unknown_keys.size() < k_named_keys) {
      m_unknown_keys.push_back(
          fmt::format("'{}'", escape_for_terminal(name.substr(0, k_longest_shown_key))));
    }
  }
}

void JsonTraces::scalar(const JsonScalar& value) {
  if (m_depth == m_arrays) {
    if (value.type != JsonScalar::Type::null) {
      fail_text("neither OTLP nor Jaeger nor Zipkin: it is no object", std::string(k_formats_hint));
    }
    return;
  }
  if (m_depth == m_arrays + 1 && m_last_key == "schema" && value.text.starts_with("otelctl.")) {
    fail_text(fmt::format("a report of otelctl ({}), which is not read back",
                          escape_for_terminal(value.text.substr(0, k_longest_shown_key))),
              "save a trace with 'otelctl show-trace ID --format otlp-json'");
  }
  keep(Event::Kind::scalar, value, value.text);
}

void JsonTraces::keep(Event::Kind kind, const JsonScalar& value, std::string_view text) {
  if (m_is_other || m_error) {
    return;
  }
  if (m_events.size() == k_max_kept_events || text.size() > k_max_kept_bytes - m_texts.size()) {
    fail_text("nothing in its first values tells what it is", std::string(k_formats_hint));
    return;
  }
  m_events.push_back({kind, value, m_texts.size(), text.size()});
  m_texts += text;
}

// What remains is what is around the object.
void JsonTraces::forget_object() {
  m_events.resize(std::min(m_events.size(), m_arrays));
  m_texts.clear();
  m_is_other = false;
  m_last_key.clear();
}

void JsonTraces::hand_on(TraceFormat format) {
  if (m_error) {
    return;
  }
  if (!m_format) {
    m_format = format;
  }
  m_unknown_keys.clear();
  JsonHandler& reader = format == TraceFormat::otlp_json     ? static_cast<JsonHandler&>(m_otlp)
                        : format == TraceFormat::jaeger_json ? static_cast<JsonHandler&>(m_jaeger)
                                                             : static_cast<JsonHandler&>(m_zipkin);
  replay(reader);
  m_feed.hand_on(reader);
}

void JsonTraces::replay(JsonHandler& reader) {
  for (Event& event : m_events) {
    const std::string_view text = std::string_view(m_texts).substr(event.text_at, event.text_size);
    switch (event.kind) {
      case Event::Kind::begin_object:
        reader.begin_object();
        break;
      case Event::Kind::end_object:
        reader.end_object();
        break;
      case Event::Kind::begin_array:
        reader.begin_array();
        break;
      case Event::Kind::end_array:
        reader.end_array();
        break;
      case Event::Kind::key:
        reader.key(text);
        break;
      case Event::Kind::scalar:
        event.value.text = text;
        reader.scalar(event.value);
        break;
    }
  }
}

void JsonTraces::fail_text(std::string what, std::string hint) {
  if (!m_error) {
    m_error = Error{ErrorKind::not_understood, std::move(what), std::move(hint)}.within(
        fmt::format("{}:{}", m_name, m_text_line));
  }
}

std::uint64_t JsonTraces::line_at(std::uint64_t byte) {
  std::string_view uncounted = m_piece.substr(m_counted_to - m_piece_at, byte - m_counted_to);
  m_counted_to = byte;
  m_line += static_cast<std::uint64_t>(std::count(uncounted.begin(), uncounted.end(), '\n'));
  if (const auto last = uncounted.rfind('\n'); last != std::string_view::npos) {
    m_line_at = byte - uncounted.size() + last + 1;
  }
  return m_line;
}

std::string JsonTraces::place_of(std::uint64_t byte) {
  const std::uint64_t line = line_at(byte);
  return fmt::format("{}:{}:{}", m_name, line, byte - m_line_at + 1);
}

}  // namespace otelctl::query
