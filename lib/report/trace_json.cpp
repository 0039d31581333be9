// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "report/trace_warnings.hpp"
#include "report/traces.hpp"
#include "trace/analysis.hpp"
#include "trace/value_json.hpp"

namespace otelctl::report {
namespace {

class TraceJson {
 public:
  TraceJson(std::ostream& out, const TraceDetail& detail)
      : m_json(out),
        m_detail(detail),
        m_trace(detail.trace),
        m_analysis(detail.trace),
        m_tree(m_analysis.tree) {}

  void write() {
    m_json.begin_object().member("schema", "otelctl.trace/1");
    write_head_members(m_json, m_detail.backend, m_trace.is_truncated, m_detail.notes);
    write_summary_members(m_json, trace::summarize(m_trace, m_tree));
    strings("warnings", trace_warnings(m_trace, m_tree));
    number_resources();
    m_json.key("spans").begin_array();
    for (const std::uint32_t index : m_tree.order) {
      write_span(index);
    }
    m_json.end_array();
    write_resources();
    m_json.end_object();
  }

 private:
  template <typename Strings>
  void strings(std::string_view name, const Strings& values) {
    m_json.key(name).begin_array();
    for (const auto& value : values) {
      m_json.value(std::string_view(value));
    }
    m_json.end_array();
  }

  // Backends repeat a resource for each batch or even each span; here each is there once.
  void number_resources() {
    std::unordered_map<std::string, std::size_t> known;
    for (const std::uint32_t index : m_tree.order) {
      const std::uint32_t number = m_trace.spans[index].resource;
      if (m_resource_numbers.contains(number)) {
        continue;
      }
      const trace::Resource& resource = m_trace.columns->resources[number];
      std::string content = fmt::format("{}", static_cast<std::uint32_t>(resource.service));
      for (const trace::Attribute& attribute : m_trace.attributes(resource.attributes)) {
        content += fmt::format(" {}={}", static_cast<std::uint32_t>(attribute.key),
                               trace::value_json(m_trace.columns->texts, attribute.value));
      }
      const auto [found, is_new] = known.try_emplace(std::move(content), m_resources.size());
      if (is_new) {
        m_resources.push_back(number);
      }
      m_resource_numbers.emplace(number, found->second);
    }
  }

  void write_resources() {
    m_json.key("resources").begin_array();
    for (const std::uint32_t number : m_resources) {
      const trace::Resource& resource = m_trace.columns->resources[number];
      m_json.begin_object().member("service", m_trace.text(resource.service));
      write_attributes(resource.attributes);
      m_json.end_object();
    }
    m_json.end_array();
  }

  void write_span(std::uint32_t index) {
    const trace::Span& span = m_trace.spans[index];
    const trace::Scope& scope = m_trace.columns->scopes[span.scope];
    m_json.begin_object()
        .member("span_id", to_hex(span.id))
        .member("parent_span_id", span.parent_id.is_valid() ? to_hex(span.parent_id) : "")
        .member("service", m_trace.service(span))
        .member("name", m_trace.text(span.name))
        .member("kind", name_of(span.kind))
        .member("start", format_rfc3339(m_tree.start[index]))
        .member("duration_ns", std::int64_t{span.duration.count()})
        .member("self_ns", std::int64_t{m_analysis.self[index].count()})
        .member("depth", std::uint64_t{m_tree.depth[index]})
        .member("critical", bool{m_analysis.path.contains[index]})
        .member("status", name_of(span.status))
        .member("status_message", m_trace.text(span.status_message))
        .key("scope")
        .begin_object()
        .member("name", m_trace.text(scope.name))
        .member("version", m_trace.text(scope.version))
        .end_object()
        .member("resource", std::uint64_t{m_resource_numbers.at(span.resource)});
    write_attributes(span.attributes);
    write_events(span);
    write_links(span);
    write_warnings(index);
    m_json.end_object();
  }

  void write_attributes(trace::Range range) {
    const auto attributes = m_trace.attributes(range);
    const bool has_repeats = note_repeats(attributes);
    m_json.key("attributes").begin_object();
    for (const trace::Attribute& attribute : attributes) {
      const std::string_view key = m_trace.text(attribute.key);
      const std::size_t seen = has_repeats ? ++m_seen[attribute.key] : 1;
      // Jaeger's tags may repeat; a JSON object's keys should not, and nothing may be lost.
      m_json.key(seen == 1 ? std::string(key) : fmt::format("{}#{}", key, seen));
      m_json.raw(trace::value_json(m_trace.columns->texts, attribute.value));
    }
    m_json.end_object();
  }

  // Whether a key is there twice. Counting each would cost more than writing them.
  bool note_repeats(std::span<const trace::Attribute> attributes) {
    m_keys.clear();
    for (const trace::Attribute& attribute : attributes) {
      m_keys.push_back(attribute.key);
    }
    std::sort(m_keys.begin(), m_keys.end());
    m_seen.clear();
    return std::adjacent_find(m_keys.begin(), m_keys.end()) != m_keys.end();
  }

  void write_events(const trace::Span& span) {
    m_json.key("events").begin_array();
    for (const trace::Event& event : m_trace.events(span)) {
      m_json.begin_object()
          .member("time", format_rfc3339(event.time))
          .member("name", m_trace.text(event.name));
      write_attributes(event.attributes);
      m_json.end_object();
    }
    m_json.end_array();
  }

  void write_links(const trace::Span& span) {
    m_json.key("links").begin_array();
    for (const trace::Link& link : m_trace.links(span)) {
      m_json.begin_object()
          .member("trace_id", to_hex(link.trace_id))
          .member("span_id", to_hex(link.span_id));
      write_attributes(link.attributes);
      m_json.end_object();
    }
    m_json.end_array();
  }

  void write_warnings(std::uint32_t index) {
    std::vector<std::string_view> warnings;
    for (const trace::Oddity oddity : trace::k_oddities) {
      if (m_tree.has(index, oddity)) {
        warnings.push_back(name_of(oddity));
      }
    }
    for (const trace::Text warning : m_trace.warnings_of(m_trace.spans[index])) {
      warnings.push_back(m_trace.text(warning));
    }
    strings("warnings", warnings);
  }

  JsonWriter m_json;
  const TraceDetail& m_detail;
  const trace::Trace& m_trace;
  const trace::Analysis m_analysis;
  const trace::Tree& m_tree;
  // The columns' numbers of the resources that are shown, and what number each is shown by.
  std::vector<std::uint32_t> m_resources;
  std::unordered_map<std::uint32_t, std::size_t> m_resource_numbers;
  std::vector<trace::Text> m_keys;
  std::unordered_map<trace::Text, std::size_t> m_seen;
};

}  // namespace

void write_trace_json(std::ostream& out, const TraceDetail& detail) {
  TraceJson(out, detail).write();
}

}  // namespace otelctl::report
