// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_lines.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/glob.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"
#include "report/waterfall_words.hpp"
#include "terminal/width.hpp"
#include "trace/value_json.hpp"

namespace otelctl::report {
namespace {

// The names of the semantic conventions for exceptions on spans.
constexpr std::string_view k_exception_type = "exception.type";
constexpr std::string_view k_exception_message = "exception.message";
constexpr std::string_view k_exception_prefix = "exception.";

class LinesBelow {
 public:
  LinesBelow(const trace::Analysis& drawn, std::uint32_t index, const terminal::Terminal& terminal)
      : m_drawn(drawn),
        m_trace(drawn.trace),
        m_index(index),
        m_span(drawn.trace.spans[index]),
        m_terminal(terminal) {}

  std::vector<LineBelow> of(const WaterfallOptions& options) {
    if (m_span.has_failed()) {
      add_failure(options.with_events);
    }
    for (const std::string& pattern : options.attributes) {
      note_attributes(pattern);
    }
    add_noted();
    if (options.with_events) {
      add_warnings();
      add_events();
      add_links();
    }
    return std::move(m_lines);
  }

 private:
  void add(std::string text, bool is_bad = false) { m_lines.push_back({std::move(text), is_bad}); }

  std::string shown(trace::Text text) const { return shown_text(m_trace.text(text), m_terminal); }

  std::string text_of(trace::Value value) const {
    return value.type() == trace::ValueType::text
               ? std::string(m_trace.text(value.text()))
               : trace::value_json(m_trace.columns->texts, value);
  }

  std::string shown(std::string_view key, trace::Value value) const {
    return shown_text(redacted(key, text_of(value)), m_terminal);
  }

  std::string find(trace::Range range, std::string_view key) const {
    for (const trace::Attribute& attribute : m_trace.attributes(range)) {
      if (m_trace.text(attribute.key) == key) {
        return shown(key, attribute.value);
      }
    }
    return {};
  }

  // "PaymentDeclined: card expired"; empty where the event is no exception.
  std::string exception_in(const trace::Event& event) const {
    const std::string type = find(event.attributes, k_exception_type);
    const std::string message = find(event.attributes, k_exception_message);
    return type + (type.empty() || message.empty() ? "" : ": ") + message;
  }

  // What the span says of its failure, and the exceptions that say more; those that follow as
  // events are not said twice.
  void add_failure(bool events_follow) {
    std::vector<std::string> exceptions;
    std::unordered_set<std::string> seen;
    for (const trace::Event& event : m_trace.events(m_span)) {
      std::string exception = exception_in(event);
      if (!exception.empty() && seen.insert(exception).second) {
        exceptions.push_back(std::move(exception));
      }
    }
    const std::string message = shown(m_span.status_message);
    const bool is_repeated = std::any_of(
        exceptions.begin(), exceptions.end(),
        [&](const std::string& exception) { return exception.find(message) != std::string::npos; });
    if (!message.empty() && !is_repeated) {
      add("! " + message, true);
    }
    for (const std::string& exception : exceptions) {
      if (!events_follow) {
        add("! " + exception, true);
      }
    }
  }

  // Those of the span; where it has none that is meant, the resource's.
  void note_attributes(const std::string& pattern) {
    if (!note_attributes(m_span.attributes, pattern)) {
      note_attributes(m_trace.columns->resources[m_span.resource].attributes, pattern);
    }
  }

  bool note_attributes(trace::Range range, const std::string& pattern) {
    bool has_any = false;
    for (const trace::Attribute& attribute : m_trace.attributes(range)) {
      const std::string_view key = m_trace.text(attribute.key);
      if (matches_glob(pattern, key)) {
        note(key, attribute.value);
        has_any = true;
      }
    }
    return has_any;
  }

  void note(std::string_view key, trace::Value value) {
    std::string text = shown_text(key, m_terminal) + "=" + shown(key, value);
    if (m_noted_texts.insert(text).second) {
      m_noted.push_back(std::move(text));
    }
  }

  // As many on a line as fit in it; where it begins is not known here, so it is two thirds.
  void add_noted() {
    const std::size_t room = m_terminal.width * 2 / 3;
    std::string line;
    for (const std::string& text : m_noted) {
      const std::size_t used = terminal::display_width(line);
      if (used > 0 && used + 2 + terminal::display_width(text) > room) {
        add(std::exchange(line, {}));
      }
      line += line.empty() ? "" : "  ";
      line += text;
    }
    if (!line.empty()) {
      add(std::move(line));
    }
    m_noted.clear();
    m_noted_texts.clear();
  }

  void add_warnings() {
    for (const trace::Text warning : m_trace.warnings_of(m_span)) {
      add("warning: " + shown(warning));
    }
  }

  void add_events() {
    for (const trace::Event& event : m_trace.events(m_span)) {
      const nanoseconds after = event.time - m_drawn.tree.start[m_index];
      const std::string when =
          (after < nanoseconds{0} ? "-" : "+") + format_duration(std::chrono::abs(after));
      const std::string exception = exception_in(event);
      if (!exception.empty()) {
        add(fmt::format("! {} {} {}", shown(event.name), exception, when), true);
      } else {
        add(fmt::format("{} {} {}", m_terminal.unicode ? "·" : "-", shown(event.name), when));
      }
      for (const trace::Attribute& attribute : m_trace.attributes(event.attributes)) {
        // Type and message are shown, a stack trace is no line.
        if (exception.empty() || !m_trace.text(attribute.key).starts_with(k_exception_prefix)) {
          note(m_trace.text(attribute.key), attribute.value);
        }
      }
      add_noted_indented();
    }
  }

  void add_noted_indented() {
    const std::size_t first = m_lines.size();
    add_noted();
    for (std::size_t line = first; line < m_lines.size(); ++line) {
      m_lines[line].text.insert(0, "  ");
    }
  }

  void add_links() {
    for (const trace::Link& link : m_trace.links(m_span)) {
      const std::string_view arrow = m_terminal.unicode ? "→" : "->";
      add(link.trace_id == m_trace.id ? fmt::format("{} span {}", arrow, to_hex(link.span_id))
                                      : fmt::format("{} trace {} span {}", arrow,
                                                    to_hex(link.trace_id), to_hex(link.span_id)));
      for (const trace::Attribute& attribute : m_trace.attributes(link.attributes)) {
        note(m_trace.text(attribute.key), attribute.value);
      }
      add_noted_indented();
    }
  }

  const trace::Analysis& m_drawn;
  const trace::Trace& m_trace;
  const std::uint32_t m_index;
  const trace::Span& m_span;
  const terminal::Terminal& m_terminal;
  std::vector<std::string> m_noted;
  std::unordered_set<std::string> m_noted_texts;  // the same
  std::vector<LineBelow> m_lines;
};

}  // namespace

std::vector<LineBelow> lines_below(const trace::Analysis& drawn, std::uint32_t span,
                                   const WaterfallOptions& options,
                                   const terminal::Terminal& terminal) {
  return LinesBelow(drawn, span, terminal).of(options);
}

}  // namespace otelctl::report
