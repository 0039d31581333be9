// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "trace/string_pool.hpp"
#include "trace/value.hpp"

namespace otelctl::trace {

// The numbers of OTLP's Span.SpanKind and Status.StatusCode.
enum class SpanKind : std::uint8_t { unspecified, internal, server, client, producer, consumer };
enum class SpanStatus : std::uint8_t { unset, ok, error };

std::string_view name_of(SpanKind kind);
std::string_view name_of(SpanStatus status);
// The kind with this name ("server"), case ignored.
std::optional<SpanKind> parse_span_kind(std::string_view name);

// The id in hex, without its upper half where that is zero: as Jaeger's and Zipkin's APIs have it.
std::string short_hex(const TraceId& id);

// A piece of one of the columns.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Event {
  Time time;
  Text name = Text::empty;
  Range attributes;
  std::uint32_t dropped_attributes = 0;
};

struct Link {
  TraceId trace_id;
  SpanId span_id;
  Text trace_state = Text::empty;
  Range attributes;
  std::uint32_t flags = 0;
  std::uint32_t dropped_attributes = 0;
};

struct Resource {
  // Its attribute service.name; empty when there is none.
  Text service = Text::empty;
  Range attributes;
};

struct Scope {
  Text name = Text::empty;
  Text version = Text::empty;
  Range attributes;
};

struct Span {
  SpanId id;
  SpanId parent_id;  // not valid: none
  Time start;        // the epoch: unknown
  nanoseconds duration{0};
  Text name = Text::empty;
  Text status_message = Text::empty;
  Text trace_state = Text::empty;  // W3C tracestate
  std::uint32_t flags = 0;         // OTLP's: the W3C trace flags and whether the parent is remote
  std::uint32_t resource = 0;
  std::uint32_t scope = 0;
  Range attributes;
  Range events;
  Range links;
  Range warnings;
  // What the SDK left out because of its limits.
  std::uint32_t dropped_attributes = 0;
  std::uint32_t dropped_events = 0;
  std::uint32_t dropped_links = 0;
  SpanKind kind = SpanKind::unspecified;
  SpanStatus status = SpanStatus::unset;

  bool has_failed() const { return status == SpanStatus::error; }
};

// What the spans of one or more traces have in common, each thing once. Resource 0 and scope 0 are
// the empty ones.
struct Columns {
  StringPool texts;
  std::vector<Attribute> attributes;
  std::vector<Event> events;
  std::vector<Link> links;
  std::vector<Text> warnings;
  std::vector<Resource> resources = std::vector<Resource>(1);
  std::vector<Scope> scopes = std::vector<Scope>(1);
};

// The spans of one trace, in the order in which they came; tree.hpp knows how they belong together.
// Traces read from one answer share their columns.
struct Trace {
  TraceId id;
  std::vector<Span> spans;
  std::shared_ptr<const Columns> columns;
  // What the backend says about the trace as a whole.
  std::vector<std::string> warnings;
  // The backend says that it kept spans back (Jaeger's max_trace_size).
  bool is_truncated = false;

  std::string_view text(Text text) const { return columns->texts[text]; }
  std::string_view service(const Span& span) const {
    return text(columns->resources[span.resource].service);
  }
  std::span<const Attribute> attributes(Range range) const {
    return std::span(columns->attributes).subspan(range.first, range.count);
  }
  std::span<const Event> events(const Span& span) const {
    return std::span(columns->events).subspan(span.events.first, span.events.count);
  }
  std::span<const Link> links(const Span& span) const {
    return std::span(columns->links).subspan(span.links.first, span.links.count);
  }
  std::span<const Text> warnings_of(const Span& span) const {
    return std::span(columns->warnings).subspan(span.warnings.first, span.warnings.count);
  }
};

}  // namespace otelctl::trace
