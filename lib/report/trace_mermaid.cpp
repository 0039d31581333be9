// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/picture_text.hpp"
#include "report/pictures.hpp"
#include "report/trace_formats.hpp"
#include "report/trace_warnings.hpp"
#include "report/waterfall_rows.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {
namespace {

// So short that the longest diagram stays below Mermaid's maxTextSize of 50000 characters.
constexpr std::size_t k_longest_name = 40;
constexpr std::size_t k_longest_note = 120;

// Everything that could mean something to Mermaid or to HTML as one of Mermaid's entities: #35;.
std::string escape_mermaid(std::string_view text) {
  constexpr std::string_view k_plain = " -_./()[],'=+*?!@";
  std::string safe;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || byte >= 0x80 ||
                          k_plain.find(c) != std::string_view::npos;
    safe += is_plain ? std::string(1, c) : fmt::format("#{};", byte);
  }
  return safe;
}

class SequenceDiagram {
 public:
  SequenceDiagram(std::ostream& out, const TraceDetail& detail)
      : m_out(out), m_trace(detail.trace), m_drawn(detail.trace) {
    WaterfallOptions options;
    options.max_spans = k_most_mermaid_rows;
    m_chosen = choose_span_rows(m_drawn, options);
  }

  void write() {
    write_head();
    find_plain_calls();
    for (const WaterfallRow& row : m_chosen.rows) {
      close_until(row.depth);
      open(row);
    }
    close_until(0);
    write_foot();
  }

 private:
  struct Open {
    const WaterfallRow* row;
    std::uint32_t depth;
    std::string caller;  // empty where nobody waits for the answer
    std::string callee;
  };

  trace::Text service_of(std::uint32_t index) const {
    return m_trace.columns->resources[m_trace.spans[index].resource].service;
  }

  void write_head() {
    const trace::Summary summary = trace::summarize(m_trace, m_drawn.tree);
    m_out << "sequenceDiagram\n"
          << fmt::format("    %% trace {}, {}\n", to_hex(summary.id),
                         format_rfc3339(summary.start, 3));
    m_out << fmt::format("    title {}, {}, {}\n",
                         escape_mermaid(picture_service(summary.root_service, k_longest_name) +
                                        ": " + picture_name(summary.root_name, k_longest_name)),
                         format_duration(summary.duration), counted(summary.span_count, "span"));
    for (const WaterfallRow& row : m_chosen.rows) {
      const auto [known, is_new] = m_actors.try_emplace(service_of(row.span), m_actors.size());
      if (is_new) {
        m_out << fmt::format(
            "    participant s{} as {}\n", known->second,
            escape_mermaid(picture_service(m_trace.text(known->first), k_longest_name)));
      }
    }
    for (const std::string& warning : trace_warnings(m_trace, m_drawn.tree)) {
      note("warning: " + warning);
    }
  }

  // Over all participants.
  void note(std::string_view text) {
    if (m_actors.empty()) {
      m_out << "    participant s0 as (nothing)\n";
      m_actors.emplace(trace::Text::empty, 0);
    }
    const std::string place =
        m_actors.size() == 1 ? "s0" : fmt::format("s0,s{}", m_actors.size() - 1);
    m_out << fmt::format("    Note over {}: {}\n", place,
                         escape_mermaid(picture_text(text, k_longest_note)));
  }

  // A client's span whose call is there as the server's span would only say it twice.
  void find_plain_calls() {
    m_is_plain_call.assign(m_trace.spans.size(), false);
    for (const WaterfallRow& row : m_chosen.rows) {
      const std::uint32_t parent = m_drawn.tree.parent[row.span];
      if (parent == trace::k_no_span || m_drawn.tree.parent[parent] == trace::k_no_span ||
          service_of(parent) == service_of(row.span)) {
        continue;
      }
      const trace::Span& caller = m_trace.spans[parent];
      const bool is_call =
          caller.kind == trace::SpanKind::client || caller.kind == trace::SpanKind::producer;
      m_is_plain_call[parent] = is_call && m_drawn.tree.children(parent).size() == 1 &&
                                service_of(m_drawn.tree.parent[parent]) == service_of(parent) &&
                                caller.has_failed() == m_trace.spans[row.span].has_failed();
    }
  }

  void close_until(std::uint32_t depth) {
    while (!m_open.empty() && m_open.back().depth >= depth) {
      const Open last = m_open.back();
      m_open.pop_back();
      if (last.caller.empty()) {
        m_out << fmt::format("    deactivate {}\n", last.callee);
      } else {
        m_out << fmt::format("    {}{}-{}: {}\n", last.callee,
                             is_failed(*last.row) ? "--x" : "-->>", last.caller,
                             outcome(*last.row));
      }
    }
  }

  bool is_failed(const WaterfallRow& row) const { return m_trace.spans[row.span].has_failed(); }

  void open(const WaterfallRow& row) {
    const std::uint32_t parent =
        row.parent == k_no_row ? trace::k_no_span : m_chosen.rows[row.parent].span;
    const std::string actor = fmt::format("s{}", m_actors.at(service_of(row.span)));
    if (m_is_plain_call[row.span]) {
      return;
    }
    if (parent == trace::k_no_span) {
      m_out << fmt::format("    Note over {}: {}, {}\n    activate {}\n", actor, title(row),
                           outcome(row), actor);
      m_open.push_back({&row, row.depth, "", actor});
      return;
    }
    if (service_of(parent) == service_of(row.span)) {
      m_out << fmt::format("    {0}{1}{0}: {2}, {3}\n", actor, is_failed(row) ? "-x" : "->>",
                           title(row), outcome(row));
      return;
    }
    const std::string caller = fmt::format("s{}", m_actors.at(service_of(parent)));
    const bool is_message = m_trace.spans[row.span].kind == trace::SpanKind::consumer;
    if (is_message) {
      // Nobody waits for an answer.
      m_out << fmt::format("    {}-)+{}: {}, {}\n", caller, actor, title(row), outcome(row));
      m_open.push_back({&row, row.depth, "", actor});
      return;
    }
    m_out << fmt::format("    {}->>+{}: {}\n", caller, actor, title(row));
    m_open.push_back({&row, row.depth, caller, actor});
  }

  std::string title(const WaterfallRow& row) const {
    std::string text =
        escape_mermaid(picture_name(m_trace.text(m_trace.spans[row.span].name), k_longest_name));
    if (row.count > 1) {
      text += fmt::format(" ×{}", row.count);
    }
    if (row.hidden > 0) {
      text += fmt::format(" (+{})", row.hidden);
    }
    return text;
  }

  // How long it took, and why it failed.
  std::string outcome(const WaterfallRow& row) const {
    const trace::Span& span = m_trace.spans[row.span];
    std::string text = format_duration(row.duration);
    if (row.count > 1) {
      text += fmt::format(" (max {})", format_duration(row.longest));
    }
    if (span.has_failed()) {
      const std::string why = picture_text(m_trace.text(span.status_message), k_longest_name);
      text += " ✗ " + (why.empty() ? "failed" : escape_mermaid(why));
    }
    return text;
  }

  void write_foot() {
    if (m_chosen.hidden == 0 && !m_trace.spans.empty()) {
      return;
    }
    std::string text = fmt::format("{} not shown", counted(m_chosen.hidden, "span"));
    if (m_chosen.hidden_failed > 0) {
      text += fmt::format(", {} of them failed", m_chosen.hidden_failed);
    }
    m_out << "    %% " << text << "\n";
    note(text);
  }

  std::ostream& m_out;
  const trace::Trace& m_trace;
  const trace::Analysis m_drawn;
  WaterfallRows m_chosen;
  std::unordered_map<trace::Text, std::size_t> m_actors;
  std::vector<bool> m_is_plain_call;
  // The calls that have not yet come back.
  std::vector<Open> m_open;
};

}  // namespace

void write_trace_mermaid(std::ostream& out, const TraceDetail& detail) {
  SequenceDiagram(out, detail).write();
}

TraceFormat mermaid_trace_format() {
  return {"mermaid", write_trace_mermaid};
}

}  // namespace otelctl::report
