// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/picture_text.hpp"
#include "report/pictures.hpp"
#include "report/trace_formats.hpp"
#include "report/trace_warnings.hpp"
#include "trace/analysis.hpp"
#include "trace/self_time.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {
namespace {

constexpr std::size_t k_longest_name = 80;
constexpr std::string_view k_red = "#c62828";

// For a string in quotes that is a label: a backslash begins graphviz's own escapes, & an entity.
std::string escape_dot(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&') {
      safe += "&amp;";
      continue;
    }
    if (c == '"' || c == '\\') {
      safe += '\\';
    }
    safe += c;
  }
  return safe;
}

struct Work {
  std::size_t count = 0;
  std::size_t failed = 0;
  nanoseconds time{0};
  bool is_message = false;  // between a producer and a consumer

  void add(const trace::Span& span, nanoseconds spent) {
    ++count;
    failed += span.has_failed() ? 1U : 0U;
    time = trace::sum_of_times(time, spent);
  }
};

class ServiceGraph {
 public:
  explicit ServiceGraph(const TraceDetail& detail) : m_trace(detail.trace), m_drawn(detail.trace) {}

  void write(std::ostream& out) {
    number_services();
    for (const std::uint32_t index : m_drawn.tree.order) {
      add(index);
    }
    add_links();
    write_head(out);
    for (std::size_t node = 0; node < m_nodes.size(); ++node) {
      write_node(out, node);
    }
    for (const auto& [ends, calls] : m_calls) {
      write_call(out, ends, calls);
    }
    for (const auto& [ends, count] : m_links) {
      out << fmt::format("  s{} -> s{} [style=dotted, constraint=false, label=\"{}\"];\n",
                         ends.first, ends.second, counted(count, "link"));
    }
    out << "}\n";
  }

 private:
  using Ends = std::pair<std::size_t, std::size_t>;

  trace::Text service_of(std::uint32_t index) const {
    return m_trace.columns->resources[m_trace.spans[index].resource].service;
  }

  // In the order of the tree, which is that of the calls; of too many those with the most spans.
  void number_services() {
    std::unordered_map<trace::Text, std::size_t> counts;
    std::vector<trace::Text> services;
    for (const std::uint32_t index : m_drawn.tree.order) {
      if (++counts[service_of(index)] == 1) {
        services.push_back(service_of(index));
      }
    }
    std::vector<std::size_t> places(services.size());
    std::iota(places.begin(), places.end(), 0U);
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return counts.at(services[a]) > counts.at(services[b]);
    });
    places.resize(std::min(places.size(), k_most_graph_services));
    std::sort(places.begin(), places.end());
    for (const std::size_t place : places) {
      m_numbers.emplace(services[place], m_names.size());
      m_names.push_back(services[place]);
    }
    m_others = services.size() - places.size();
    m_nodes.resize(m_names.size() + (m_others > 0 ? 1 : 0));
  }

  std::size_t node_of(std::uint32_t index) const {
    const auto known = m_numbers.find(service_of(index));
    return known == m_numbers.end() ? m_names.size() : known->second;
  }

  void add(std::uint32_t index) {
    const trace::Span& span = m_trace.spans[index];
    const std::size_t node = node_of(index);
    m_nodes[node].add(span, m_drawn.self[index]);
    const std::uint32_t parent = m_drawn.tree.parent[index];
    if (parent == trace::k_no_span || service_of(parent) == service_of(index)) {
      return;
    }
    Work& calls = m_calls[{node_of(parent), node}];
    calls.add(span, span.duration);
    calls.is_message = calls.is_message || span.kind == trace::SpanKind::consumer;
  }

  void add_links() {
    std::unordered_map<SpanId, std::uint32_t> by_id;
    for (const std::uint32_t index : m_drawn.tree.order) {
      by_id.try_emplace(m_trace.spans[index].id, index);
    }
    for (const std::uint32_t index : m_drawn.tree.order) {
      for (const trace::Link& link : m_trace.links(m_trace.spans[index])) {
        const auto found = by_id.find(link.span_id);
        if (link.trace_id == m_trace.id && found != by_id.end()) {
          ++m_links[{node_of(found->second), node_of(index)}];
        }
      }
    }
  }

  void write_head(std::ostream& out) const {
    const trace::Summary summary = trace::summarize(m_trace, m_drawn.tree);
    std::string label = fmt::format(
        "{}: {}\\n{}, {}, {}, {}\\n{}",
        escape_dot(picture_service(summary.root_service, k_longest_name)),
        escape_dot(picture_name(summary.root_name, k_longest_name)),
        counted(summary.span_count, "span"), counted(summary.services.size(), "service"),
        counted(summary.error_count, "error"), format_duration(summary.duration),
        to_hex(summary.id));
    for (const std::string& warning : trace_warnings(m_trace, m_drawn.tree)) {
      label += "\\nwarning: " + escape_dot(picture_text(warning, 200));
    }
    out << "digraph trace {\n"
        << "  graph [rankdir=LR, labelloc=t, fontname=\"Helvetica,Arial,sans-serif\",\n"
        << "         label=\"" << label << "\"];\n"
        << "  node [shape=box, style=\"rounded,filled\", fillcolor=white, penwidth=2,\n"
        << "        fontname=\"Helvetica,Arial,sans-serif\"];\n"
        << "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11];\n";
  }

  static std::string failures(std::size_t count) {
    return count == 0 ? "" : fmt::format("\\n✗ {}", counted(count, "error"));
  }

  void write_node(std::ostream& out, std::size_t node) {
    const Work& work = m_nodes[node];
    const bool is_rest = node == m_names.size();
    const std::string name = is_rest ? counted(m_others, "other service")
                                     : picture_service(m_trace.text(m_names[node]), k_longest_name);
    const std::string_view colour = is_rest ? "#888888" : m_colours.of(m_trace.text(m_names[node]));
    out << fmt::format("  s{} [label=\"{}\\n{}, {} in itself{}\", color=\"{}\"{}];\n", node,
                       escape_dot(name), counted(work.count, "span"), format_duration(work.time),
                       failures(work.failed), colour,
                       work.failed > 0 ? fmt::format(", fontcolor=\"{}\"", k_red) : "");
  }

  static void write_call(std::ostream& out, const Ends& ends, const Work& calls) {
    out << fmt::format(
        "  s{} -> s{} [label=\"{}, {}{}\"{}{}];\n", ends.first, ends.second,
        counted(calls.count, calls.is_message ? "message" : "call"), format_duration(calls.time),
        failures(calls.failed), calls.is_message ? ", style=dashed" : "",
        calls.failed > 0 ? fmt::format(", color=\"{0}\", fontcolor=\"{0}\"", k_red) : "");
  }

  const trace::Trace& m_trace;
  const trace::Analysis m_drawn;
  ServiceColours m_colours;
  std::unordered_map<trace::Text, std::size_t> m_numbers;
  std::vector<trace::Text> m_names;
  // How many services share the last node.
  std::size_t m_others = 0;
  std::vector<Work> m_nodes;
  std::map<Ends, Work> m_calls;
  std::map<Ends, std::size_t> m_links;
};

}  // namespace

void write_trace_dot(std::ostream& out, const TraceDetail& detail) {
  ServiceGraph(detail).write(out);
}

TraceFormat dot_trace_format() {
  return {"dot", write_trace_dot};
}

}  // namespace otelctl::report
