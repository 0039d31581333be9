// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/canary.hpp"

#include <array>
#include <cstdint>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "otlp/json_codec.hpp"
#include "otlp/resource.hpp"
#include "query/json_events.hpp"
#include "query/otlp_json.hpp"
#include "trace/builder.hpp"

namespace otelctl::smoke {
namespace {

// The trace's length. Its parts are odd numbers of nanoseconds, so that a store that keeps
// microseconds cannot be taken for one that keeps them all.
constexpr nanoseconds k_length{5'000'789};

// opentelemetry/proto/trace/v1/trace.proto: SpanKind, Status.StatusCode, SpanFlags.
enum Kind { k_internal = 1, k_server = 2, k_client = 3, k_producer = 4, k_consumer = 5 };
enum Code { k_unset = 0, k_ok = 1, k_error = 2 };
constexpr int k_sampled_and_random = 0x3;
constexpr int k_knows_parent = 0x100;
constexpr int k_parent_is_remote = 0x200;

struct CanarySpan {
  std::string_view name;
  Kind kind;
  Code code;
  int parent;  // the place of its parent in the list; -1: none
  bool is_remote_parent;
  bool is_callee;       // of the second service
  std::int64_t start;   // nanoseconds after the trace's
  std::int64_t length;  // nanoseconds
};

constexpr std::array<CanarySpan, 6> k_spans{{
    {"otelctl canary", k_server, k_unset, -1, false, false, 0, k_length.count()},
    {"otelctl canary call", k_client, k_ok, 0, false, false, 200'111, 2'000'333},
    {"otelctl canary answer", k_server, k_unset, 1, true, true, 500'123, 1'000'457},
    {"otelctl canary publish", k_producer, k_unset, 0, false, false, 2'500'009, 300'007},
    {"otelctl canary process", k_consumer, k_unset, 3, true, true, 3'000'013, 900'019},
    {"otelctl canary check", k_internal, k_error, 0, false, false, 4'100'021, 500'033},
}};

// Writes the trace once, as OTLP/JSON: what is sent and what is expected are both read from that.
class CanaryDocument {
 public:
  CanaryDocument(const settings::OtlpSettings& settings, Random& random, Time now)
      : m_settings(settings), m_trace_id(random.trace_id()), m_start(now - k_length) {
    for (std::size_t index = 0; index < k_spans.size(); ++index) {
      m_ids.push_back(random.span_id());
    }
    m_linked_trace = random.trace_id();
    m_linked_span = random.span_id();
  }

  Result<std::string> write() {
    auto resource = otlp::resource_of(m_settings, "otelctl-canary");
    if (!resource) {
      return fail(std::move(resource).error());
    }
    m_json.begin_object().key("resourceSpans").begin_array();
    resource_spans(*resource, false);
    for (otlp::Attribute& attribute : *resource) {
      if (attribute.key == "service.name") {
        std::get<std::string>(attribute.value) += "-callee";
      }
    }
    resource_spans(*resource, true);
    m_json.end_array().end_object();
    return m_text.str();
  }

  const TraceId& trace_id() const { return m_trace_id; }

 private:
  void resource_spans(const std::vector<otlp::Attribute>& resource, bool is_callee) {
    m_json.begin_object().key("resource").begin_object().key("attributes").begin_array();
    for (const otlp::Attribute& attribute : resource) {
      std::visit([&](const auto& value) { typed(attribute.key, value); }, attribute.value);
    }
    m_json.end_array().end_object();
    m_json.key("scopeSpans").begin_array().begin_object();
    m_json.key("scope").begin_object();
    m_json.member("name", "otelctl.smoke").member("version", "1");
    m_json.key("attributes").begin_array();
    typed("otelctl.canary", true);
    m_json.end_array().end_object().key("spans").begin_array();
    for (std::size_t index = 0; index < k_spans.size(); ++index) {
      if (k_spans[index].is_callee == is_callee) {
        span(index);
      }
    }
    m_json.end_array().end_object().end_array().end_object();
  }

  void span(std::size_t index) {
    const CanarySpan& from = k_spans[index];
    m_json.begin_object();
    m_json.member("traceId", to_hex(m_trace_id)).member("spanId", to_hex(m_ids[index]));
    int flags = k_sampled_and_random | k_knows_parent;
    if (from.parent >= 0) {
      m_json.member("parentSpanId", to_hex(m_ids[static_cast<std::size_t>(from.parent)]));
      flags |= from.is_remote_parent ? k_parent_is_remote : 0;
    }
    m_json.member("flags", flags).member("traceState", "otelctl=canary");
    m_json.member("name", from.name).member("kind", static_cast<int>(from.kind));
    time("startTimeUnixNano", from.start);
    time("endTimeUnixNano", from.start + from.length);
    m_json.key("attributes").begin_array();
    typed("otelctl.canary", true);
    if (index == 0) {
      every_type();
    }
    m_json.end_array();
    events(from);
    if (index == 0) {
      link();
    }
    m_json.key("status").begin_object().member("code", static_cast<int>(from.code));
    if (from.code == k_error) {
      m_json.member("message", "otelctl canary: not a real error");
    }
    m_json.end_object().end_object();
  }

  void every_type() {
    typed("otelctl.canary.text", std::string("na\u00efve \"\u20ac\" \u65e5\u672c \U0001f426 <&>"));
    typed("otelctl.canary.flag", false);
    // Beyond 2^53, where a reader that knows only doubles rounds.
    typed("otelctl.canary.int", std::int64_t{9'007'199'254'740'993});
    typed("otelctl.canary.least", std::int64_t{INT64_MIN});
    typed("otelctl.canary.double", 0.1);
    value("otelctl.canary.bytes", "bytesValue", R"("AAH+/w==")");
    typed("otelctl.canary.texts", std::vector<std::string>{"a", "\u00e9"});
    value("otelctl.canary.ints", "arrayValue",
          R"({"values":[{"intValue":"1"},{"intValue":"-2"}]})");
    value("otelctl.canary.map", "kvlistValue",
          R"({"values":[{"key":"bird","value":{"stringValue":"canary"}},)"
          R"({"key":"songs","value":{"intValue":"3"}}]})");
  }

  void events(const CanarySpan& span) {
    if (span.parent >= 0 && span.code != k_error) {
      return;
    }
    m_json.key("events").begin_array().begin_object();
    time("timeUnixNano", span.start + 100'003);
    m_json.member("name", span.code == k_error ? "exception" : "otelctl canary event");
    m_json.key("attributes").begin_array();
    if (span.code == k_error) {
      typed("exception.type", std::string("otelctl.Canary"));
      typed("exception.message", std::string("not a real error"));
    } else {
      typed("otelctl.canary.step", std::int64_t{1});
    }
    m_json.end_array().end_object().end_array();
  }

  void link() {
    m_json.key("links").begin_array().begin_object();
    m_json.member("traceId", to_hex(m_linked_trace)).member("spanId", to_hex(m_linked_span));
    m_json.member("traceState", "otelctl=linked").member("flags", k_sampled_and_random);
    m_json.key("attributes").begin_array();
    typed("otelctl.canary.link", true);
    m_json.end_array().end_object().end_array();
  }

  void time(std::string_view name, std::int64_t after) {
    m_json.member(name, fmt::format("{}", m_start.time_since_epoch().count() + after));
  }

  void typed(std::string_view key, const std::string& text) {
    value(key, "stringValue", to_json_string(text));
  }
  void typed(std::string_view key, bool truth) {
    value(key, "boolValue", truth ? "true" : "false");
  }
  void typed(std::string_view key, std::int64_t number) {
    value(key, "intValue", fmt::format("\"{}\"", number));
  }
  void typed(std::string_view key, double number) {
    std::ostringstream text;
    JsonWriter(text).value(number);
    value(key, "doubleValue", text.str());
  }
  void typed(std::string_view key, const std::vector<std::string>& texts) {
    std::string items;
    for (const std::string& text : texts) {
      items +=
          (items.empty() ? "" : ",") + fmt::format("{{\"stringValue\":{}}}", to_json_string(text));
    }
    value(key, "arrayValue", fmt::format("{{\"values\":[{}]}}", items));
  }

  void value(std::string_view key, std::string_view type, std::string_view json) {
    m_json.begin_object().member("key", key);
    m_json.key("value").begin_object().key(type).raw(json).end_object().end_object();
  }

  const settings::OtlpSettings& m_settings;
  TraceId m_trace_id;
  std::vector<SpanId> m_ids;
  TraceId m_linked_trace;
  SpanId m_linked_span;
  Time m_start;
  std::ostringstream m_text;
  JsonWriter m_json{m_text, JsonWriter::Layout::compact};
};

Result<trace::Trace> read(std::string_view json) {
  trace::TraceBuilder builder;
  query::OtlpJsonReader reader(builder);
  query::JsonFeed feed(reader);
  if (auto fed = feed.feed(json); !fed) {
    return fail(std::move(fed).error());
  }
  if (auto finished = feed.finish(); !finished) {
    return fail(std::move(finished).error());
  }
  auto traces = builder.finish();
  if (traces.size() != 1) {
    return fail(ErrorKind::internal, "the canary is not one trace");
  }
  return std::move(traces.front());
}

}  // namespace

Result<Canary> make_canary(const settings::OtlpSettings& settings, Random& random, Time now) {
  CanaryDocument document(settings, random, now);
  const auto json = document.write();
  if (!json) {
    return fail(json.error());
  }
  auto payload = otlp::json_to_payload(Signal::traces, *json);
  if (!payload) {
    return fail(std::move(payload).error());
  }
  auto trace = read(*json);
  if (!trace) {
    return fail(std::move(trace).error());
  }
  return Canary{{std::move(*payload), document.trace_id()}, std::move(*trace)};
}

}  // namespace otelctl::smoke
