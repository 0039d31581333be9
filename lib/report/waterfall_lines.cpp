// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_lines.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"
#include "terminal/width.hpp"
#include "trace/value_json.hpp"

namespace otelctl::report {
namespace {

constexpr std::size_t k_longest_value = 200;

class LinesBelow {
 public:
  LinesBelow(const trace::Analysis& drawn, const terminal::Terminal& terminal)
      : m_drawn(drawn), m_trace(drawn.trace), m_unicode(terminal.unicode) {}

  std::vector<LineBelow> of(std::uint32_t index, const WaterfallOptions& options) {
    const trace::Span& span = m_trace.spans[index];
    const std::string_view message = m_trace.text(span.status_message);
    if (span.has_failed() && !message.empty()) {
      add("! " + shown(message), true);
    }
    if (!options.attributes.empty()) {
      add_attributes(span, options.attributes);
    }
    if (options.with_events) {
      add_events(index);
      add_links(span);
    }
    return std::move(m_lines);
  }

 private:
  void add(std::string text, bool is_bad = false) { m_lines.push_back({std::move(text), is_bad}); }

  std::string shown(std::string_view text) const {
    return terminal::shorten(escape_for_terminal(text), k_longest_value, m_unicode);
  }

  std::string text_of(std::string_view key, trace::Value value) const {
    const std::string text = value.type() == trace::ValueType::text
                                 ? std::string(m_trace.text(value.text()))
                                 : trace::value_json(m_trace.columns->texts, value);
    return shown(redacted(key, text));
  }

  std::optional<std::string> find(trace::Range range, std::string_view key) const {
    for (const trace::Attribute& attribute : m_trace.attributes(range)) {
      if (m_trace.text(attribute.key) == key) {
        return text_of(key, attribute.value);
      }
    }
    return std::nullopt;
  }

  void add_attributes(const trace::Span& span, const std::vector<std::string>& keys) {
    std::vector<std::string> found;
    for (const std::string& key : keys) {
      auto value = find(span.attributes, key);
      if (!value) {
        value = find(m_trace.columns->resources[span.resource].attributes, key);
      }
      if (value) {
        found.push_back(escape_for_terminal(key) + "=" + *value);
      }
    }
    if (!found.empty()) {
      add(join(found, "  "));
    }
  }

  void add_events(std::uint32_t index) {
    for (const trace::Event& event : m_trace.events(m_trace.spans[index])) {
      const std::string name = shown(m_trace.text(event.name));
      const nanoseconds after = event.time - m_drawn.tree.start[index];
      const std::string when =
          (after < nanoseconds{0} ? "-" : "+") + format_duration(std::chrono::abs(after));
      // The names of the semantic conventions for exceptions on spans.
      const auto type = find(event.attributes, "exception.type");
      const auto message = find(event.attributes, "exception.message");
      if (type || message) {
        add(fmt::format("! {} {}{}{} {}", name, type.value_or(""), type && message ? ": " : "",
                        message.value_or(""), when),
            true);
      } else {
        add(fmt::format("{} {} {}", m_unicode ? "·" : "-", name, when));
      }
    }
  }

  void add_links(const trace::Span& span) {
    for (const trace::Link& link : m_trace.links(span)) {
      add(fmt::format("{} trace {} span {}", m_unicode ? "→" : "->", to_hex(link.trace_id),
                      to_hex(link.span_id)));
    }
  }

  const trace::Analysis& m_drawn;
  const trace::Trace& m_trace;
  const bool m_unicode;
  std::vector<LineBelow> m_lines;
};

}  // namespace

std::vector<LineBelow> lines_below(const trace::Analysis& drawn, std::uint32_t span,
                                   const WaterfallOptions& options,
                                   const terminal::Terminal& terminal) {
  return LinesBelow(drawn, terminal).of(span, options);
}

}  // namespace otelctl::report
