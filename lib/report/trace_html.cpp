// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"
#include "report/html/page.hpp"
#include "report/junit_text.hpp"
#include "report/picture_text.hpp"
#include "report/pictures.hpp"
#include "report/trace_formats.hpp"
#include "report/trace_values.hpp"
#include "report/trace_warnings.hpp"
#include "report/waterfall_rows.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {
namespace {

constexpr std::size_t k_longest_text = 300;

// JSON within a script element: nothing may look like the element's end or like a comment.
void write_within_script(std::ostream& out, std::string_view json) {
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t next = std::min(json.find('<', at), json.size());
    out << json.substr(at, next - at);
    if (next < json.size()) {
      out << "\\u003c";
    }
    at = next + 1;
  }
}

class HtmlPage {
 public:
  HtmlPage(std::ostream& out, const TraceDetail& detail)
      : m_out(out),
        m_detail(detail),
        m_trace(detail.trace),
        m_drawn(detail.trace),
        m_summary(trace::summarize(m_trace, m_drawn.tree)),
        m_warnings(trace_warnings(m_trace, m_drawn.tree)),
        m_zero(m_drawn.tree.trace_start()) {
    WaterfallOptions options;
    options.max_spans = k_most_html_spans;
    // With what stands below a span, each has a row of its own.
    options.with_events = true;
    m_chosen = choose_span_rows(m_drawn, options);
    if (m_chosen.hidden > 0) {
      m_warnings.push_back(fmt::format("{} not in this page, {} of them failed",
                                       counted(m_chosen.hidden, "span"), m_chosen.hidden_failed));
    }
    m_title = picture_service(m_summary.root_service, k_longest_text) + ": " +
              picture_name(m_summary.root_name, k_longest_text);
    m_facts = fmt::format("{} · {} · {} · {} · {} · trace {}", format_duration(m_summary.duration),
                          counted(m_summary.span_count, "span"),
                          counted(m_summary.services.size(), "service"),
                          counted(m_summary.error_count, "error"),
                          format_rfc3339(m_summary.start, 3), to_hex(m_summary.id));
  }

  void write() {
    std::string_view page = html_page();
    const auto write_until = [&](std::string_view mark) {
      const std::size_t at = page.find(mark);
      m_out << page.substr(0, at);
      page.remove_prefix(at + mark.size());
    };
    write_until("{{title}}");
    m_out << escape_xml(m_title);
    write_until("{{summary}}");
    write_summary();
    write_until("{{data}}");
    write_data();
    m_out << page;
  }

 private:
  // For readers without scripts: what failed and what decided how long it took.
  void write_summary() {
    m_out << "<div class=\"plain\"><h1>" << escape_xml(m_title) << "</h1><p>" << escape_xml(m_facts)
          << "</p>\n<ul>";
    for (const std::string& warning : m_warnings) {
      m_out << "<li>⚠ " << escape_xml(picture_text(warning, k_longest_text)) << "</li>";
    }
    m_out << "</ul>\n<table><tr><th>Service</th><th>Span</th><th>Starts at</th><th>Duration</th>"
             "<th>Failed</th></tr>\n";
    constexpr std::size_t k_most_lines = 100;
    WaterfallOptions options;
    options.max_spans = k_most_lines;
    const WaterfallRows chosen = choose_span_rows(m_drawn, options);
    for (const WaterfallRow& row : chosen.rows) {
      const trace::Span& span = m_trace.spans[row.span];
      m_out << "<tr><td>" << escape_xml(picture_service(m_trace.service(span), k_longest_text))
            << "</td><td>" << escape_xml(picture_name(m_trace.text(span.name), k_longest_text))
            << (row.count > 1 ? fmt::format(" ×{}", row.count) : "") << "</td><td>+"
            << format_duration(after_start(row.start, m_zero)) << "</td><td>"
            << format_duration(row.duration) << "</td><td>";
      if (span.has_failed()) {
        m_out << "✗ "
              << escape_xml(picture_text(m_trace.text(span.status_message), k_longest_text));
      }
      m_out << "</td></tr>\n";
    }
    m_out << "</table><p>" << (chosen.hidden > 0 ? counted(chosen.hidden, "more span") + ". " : "")
          << "With scripts this page draws the whole as a waterfall to zoom and search.</p></div>";
  }

  void write_data() {
    m_json.begin_object()
        .member("title", m_title)
        .member("facts", m_facts)
        .member("page", m_detail.page)
        .member("duration", std::int64_t{(m_drawn.tree.trace_end() - m_zero).count()});
    m_json.key("warnings").begin_array();
    for (const std::string& warning : m_warnings) {
      m_json.value(redacted("", warning));
    }
    m_json.end_array().key("spans").begin_array();
    m_row_of.assign(m_trace.spans.size(), -1);
    for (std::size_t place = 0; place < m_chosen.rows.size(); ++place) {
      m_row_of[m_chosen.rows[place].span] = static_cast<std::int64_t>(place);
    }
    note_ids();
    for (const WaterfallRow& row : m_chosen.rows) {
      m_buffer << '\n';
      write_span(row);
      pass_on();
    }
    m_json.end_array();
    write_lists();
    m_json.end_object();
    pass_on();
  }

  // A trace of any size takes no more memory than one of its spans.
  void pass_on() {
    write_within_script(m_out, m_buffer.str());
    m_buffer.str({});
  }

  // Links may go to spans that are in the page.
  void note_ids() {
    for (const WaterfallRow& row : m_chosen.rows) {
      m_by_id.try_emplace(m_trace.spans[row.span].id, row.span);
    }
  }

  // The fields in the order that page.js knows, 0 for what is empty.
  void write_span(const WaterfallRow& row) {
    const std::uint32_t index = row.span;
    const trace::Span& span = m_trace.spans[index];
    const int flags = (span.has_failed() ? 1 : 0) | (m_drawn.path.contains[index] ? 2 : 0) |
                      (span.status == trace::SpanStatus::ok ? 4 : 0);
    m_json.begin_array()
        .value(row.parent == k_no_row ? std::int64_t{-1} : std::int64_t{row.parent})
        .value(number_of(m_services, m_service_list,
                         m_trace.columns->resources[span.resource].service))
        .value(text(m_trace.text(span.name)))
        .value(static_cast<int>(span.kind))
        .value(std::int64_t{after_start(m_drawn.tree.start[index], m_zero).count()})
        .value(std::int64_t{(m_drawn.tree.end[index] - m_drawn.tree.start[index]).count()})
        .value(std::int64_t{m_drawn.self[index].count()})
        .value(flags)
        .value(to_hex(span.id))
        .value(text(m_trace.text(span.status_message)))
        .value(number_of(m_resources, m_resource_list, span.resource))
        .value(number_of(m_scopes, m_scope_list, span.scope));
    write_attributes(span.attributes);
    write_events(index);
    write_links(span);
    write_warnings(index);
    m_json.end_array();
  }

  // Keys by number and values, in turns.
  void write_attributes(trace::Range range) {
    if (range.count == 0) {
      m_json.value(0);
      return;
    }
    m_json.begin_array();
    for (const trace::Attribute& attribute : m_trace.attributes(range)) {
      m_json.value(text(m_trace.text(attribute.key))).raw(m_values.json(attribute));
    }
    m_json.end_array();
  }

  void write_events(std::uint32_t index) {
    const trace::Span& span = m_trace.spans[index];
    if (span.events.count == 0) {
      m_json.value(0);
      return;
    }
    m_json.begin_array();
    for (const trace::Event& event : m_trace.events(span)) {
      const nanoseconds time = event.time > Time{} ? event.time - m_zero
                                                   : after_start(m_drawn.tree.start[index], m_zero);
      m_json.begin_array().value(std::int64_t{time.count()}).value(text(m_trace.text(event.name)));
      write_attributes(event.attributes);
      m_json.end_array();
    }
    m_json.end_array();
  }

  void write_links(const trace::Span& span) {
    if (span.links.count == 0) {
      m_json.value(0);
      return;
    }
    m_json.begin_array();
    for (const trace::Link& link : m_trace.links(span)) {
      const auto found = m_by_id.find(link.span_id);
      const bool is_here = link.trace_id == m_trace.id && found != m_by_id.end();
      m_json.begin_array()
          .value(to_hex(link.trace_id))
          .value(to_hex(link.span_id))
          .value(is_here ? m_row_of[found->second] : std::int64_t{-1});
      write_attributes(link.attributes);
      m_json.end_array();
    }
    m_json.end_array();
  }

  void write_warnings(std::uint32_t index) {
    std::vector<std::string_view> warnings;
    for (const trace::Oddity oddity : trace::k_oddities) {
      if (m_drawn.tree.has(index, oddity)) {
        warnings.push_back(name_of(oddity));
      }
    }
    for (const trace::Text warning : m_trace.warnings_of(m_trace.spans[index])) {
      warnings.push_back(m_trace.text(warning));
    }
    if (warnings.empty()) {
      m_json.value(0);
      return;
    }
    m_json.begin_array();
    for (const std::string_view warning : warnings) {
      m_json.value(redacted("", warning));
    }
    m_json.end_array();
  }

  // What the spans named by number.
  void write_lists() {
    m_json.key("services").begin_array();
    std::unordered_map<std::string_view, std::size_t> span_counts;
    for (const trace::ServiceCount& service : m_summary.services) {
      span_counts.emplace(service.name, service.span_count);
    }
    for (const trace::Text service : m_service_list) {
      const std::string_view name = m_trace.text(service);
      m_json.begin_object()
          .member("name", redacted("", name))
          .member("colour", m_colours.of(name))
          .member("spans", std::uint64_t{span_counts[name]})
          .end_object();
    }
    m_json.end_array().key("scopes").begin_array();
    for (const std::uint32_t number : m_scope_list) {
      const trace::Scope& scope = m_trace.columns->scopes[number];
      const std::string_view version = m_trace.text(scope.version);
      m_json.value(redacted("", m_trace.text(scope.name)) + (version.empty() ? "" : " ") +
                   redacted("", version));
    }
    m_json.end_array().key("resources").begin_array();
    for (const std::uint32_t number : m_resource_list) {
      const trace::Range range = m_trace.columns->resources[number].attributes;
      if (range.count > 0) {
        write_attributes(range);
      } else {
        m_json.begin_array().end_array();
      }
    }
    m_json.end_array().key("texts").begin_array();
    for (const std::string* known : m_text_list) {
      m_json.value(redacted("", *known));
    }
    m_json.end_array();
  }

  template <typename Key>
  static std::uint64_t number_of(std::unordered_map<Key, std::uint64_t>& numbers,
                                 std::vector<Key>& list, Key key) {
    const auto [known, is_new] = numbers.try_emplace(key, list.size());
    if (is_new) {
      list.push_back(key);
    }
    return known->second;
  }

  std::uint64_t text(std::string_view content) {
    const auto [known, is_new] = m_texts.try_emplace(std::string(content), m_text_list.size());
    if (is_new) {
      m_text_list.push_back(&known->first);
    }
    return known->second;
  }

  std::ostream& m_out;
  const TraceDetail& m_detail;
  const trace::Trace& m_trace;
  const trace::Analysis m_drawn;
  TraceValues m_values{m_trace};
  const trace::Summary m_summary;
  std::vector<std::string> m_warnings;
  const Time m_zero;
  std::string m_title;
  std::string m_facts;
  WaterfallRows m_chosen;
  ServiceColours m_colours;
  std::ostringstream m_buffer;
  JsonWriter m_json{m_buffer, JsonWriter::Layout::compact};
  std::vector<std::int64_t> m_row_of;
  std::unordered_map<SpanId, std::uint32_t> m_by_id;
  std::unordered_map<trace::Text, std::uint64_t> m_services;
  std::vector<trace::Text> m_service_list;
  std::unordered_map<std::uint32_t, std::uint64_t> m_resources;
  std::vector<std::uint32_t> m_resource_list;
  std::unordered_map<std::uint32_t, std::uint64_t> m_scopes;
  std::vector<std::uint32_t> m_scope_list;
  // The list points at the map's keys, which stay where they are.
  std::unordered_map<std::string, std::uint64_t> m_texts;
  std::vector<const std::string*> m_text_list;
};

}  // namespace

void write_trace_html(std::ostream& out, const TraceDetail& detail) {
  HtmlPage(out, detail).write();
}

TraceFormat html_trace_format() {
  return {"html", write_trace_html};
}

}  // namespace otelctl::report
