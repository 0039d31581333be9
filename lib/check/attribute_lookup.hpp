// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "check/expectations.hpp"
#include "trace/trace.hpp"

namespace otelctl::check {

inline constexpr std::string_view k_resource_prefix = "resource:";

// The keys of a list of expectations as the texts of one trace, so that looking for them compares
// numbers. A key that the trace does not know is on none of its spans.
class AttributeKeys {
 public:
  AttributeKeys(const trace::Trace& trace, const std::vector<AttributeExpectation>& expectations);

  // The value of the expectation with this index; nothing where it is not there.
  std::optional<trace::Value> on_span(const trace::Span& span, std::size_t index) const;
  std::optional<trace::Value> on_event(const trace::Event& event, std::size_t index) const;

 private:
  struct Key {
    std::optional<trace::Text> text;
    bool is_of_resource = false;
  };

  std::optional<trace::Value> find(trace::Range range, const Key& key) const;

  const trace::Trace& m_trace;
  std::vector<Key> m_keys;
};

// The spans of a trace that a match means, and how well others fit.
class SpanMatcher {
 public:
  SpanMatcher(const trace::Trace& trace, const SpanMatch& match, Typing typing)
      : m_trace(trace), m_match(match), m_typing(typing), m_keys(trace, match.attributes) {}

  bool matches(const trace::Span& span) const {
    return fits_service(span) && fits_name(span) && !first_misfit(span).has_value();
  }
  bool fits_name(const trace::Span& span) const;
  bool fits_service(const trace::Span& span) const;
  // What of kind, status and attributes is not as it should be: "kind is internal, not client".
  std::optional<std::string> first_misfit(const trace::Span& span) const;

 private:
  const trace::Trace& m_trace;
  const SpanMatch& m_match;
  Typing m_typing;
  AttributeKeys m_keys;
};

}  // namespace otelctl::check
