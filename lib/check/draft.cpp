// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/draft.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "trace/summary.hpp"
#include "yaml/yaml_text.hpp"

namespace otelctl::check {
namespace {

constexpr std::size_t k_most_kinds_of_span = 50;
constexpr std::size_t k_most_lines = 60;
constexpr std::uint32_t k_most_levels = 12;
constexpr std::size_t k_longest_name = 200;

// Attributes that say what a span does; most others change from trace to trace.
constexpr std::array<std::string_view, 16> k_lasting_keys{"db.system",
                                                          "db.system.name",
                                                          "db.operation.name",
                                                          "error.type",
                                                          "gen_ai.operation.name",
                                                          "gen_ai.provider.name",
                                                          "gen_ai.system",
                                                          "http.method",
                                                          "http.request.method",
                                                          "http.response.status_code",
                                                          "http.route",
                                                          "http.status_code",
                                                          "messaging.system",
                                                          "rpc.method",
                                                          "rpc.service",
                                                          "rpc.system"};

// `$` begins a reference in files of expectations.
std::string doubled_dollars(std::string_view text) {
  std::string doubled;
  for (const char c : text) {
    doubled += c;
    doubled += c == '$' ? "$" : "";
  }
  return doubled;
}

std::string literal(std::string_view text) {
  return yaml::yaml_text(doubled_dollars(text));
}

std::string pattern(std::string_view text) {
  return literal(pattern_of(text));
}

bool is_drafted(std::string_view name) {
  return !name.empty() && name.size() <= k_longest_name && is_valid_utf8(name) &&
         trim(name) == name;
}

// Three times as long, rounded up to one digit: 700ms for 213ms. At least some milliseconds.
std::string generous(nanoseconds duration) {
  constexpr std::int64_t k_least = 10'000'000;
  const std::int64_t wanted =
      std::max(k_least, std::min<std::int64_t>(duration.count(), INT64_MAX / 30) * 3);
  std::int64_t unit = 1;
  while (wanted / unit >= 10) {
    unit *= 10;
  }
  return format_duration_exact(nanoseconds((wanted + unit - 1) / unit * unit));
}

// Spans that look alike.
struct Group {
  std::string_view name;
  std::string_view service;
  trace::SpanKind kind = trace::SpanKind::unspecified;
  std::vector<const trace::Span*> spans;
};

class Draft {
 public:
  Draft(std::ostream& out, const trace::Analysis& analysis)
      : m_out(out), m_trace(analysis.trace), m_tree(analysis.tree) {}

  void write() {
    const trace::Summary summary = trace::summarize(m_trace, m_tree);
    m_out << fmt::format(
        "# Drafted by otelctl from trace {}: look it over.\n"
        "# otelctl check-traces --help says what else can be written here.\n"
        "version: 1\n"
        "defaults: {{timeout: 30s, settle: 2s}}\n"
        "expect:\n"
        "  - name: {}\n",
        to_hex(m_trace.id), literal(is_drafted(summary.root_name) ? summary.root_name : "trace"));
    write_find(summary);
    write_trace(summary);
    write_spans();
    write_tree();
  }

 private:
  void write_find(const trace::Summary& summary) {
    m_out << "    find:    # add a tag that only this run has, or give --trace-id\n";
    if (is_drafted(summary.root_service)) {
      m_out << fmt::format("      service: {}\n", literal(summary.root_service));
    }
    if (is_drafted(summary.root_name)) {
      m_out << fmt::format("      operation: {}\n", literal(summary.root_name));
    }
    m_out << "      since: 1h\n";
  }

  void write_trace(const trace::Summary& summary) {
    std::vector<std::string> services;
    for (const trace::ServiceCount& service : summary.services) {
      if (is_drafted(service.name)) {
        services.push_back(pattern(service.name));
      }
    }
    m_out << fmt::format("    trace:\n      spans: \">={}\"\n", summary.span_count);
    if (!services.empty()) {
      m_out << fmt::format("      services: [{}]\n", join(services, ", "));
    }
    m_out << fmt::format("      max_duration: {}\n", generous(summary.duration));
    m_out << (summary.error_count == 0
                  ? std::string("      errors: 0\n")
                  : fmt::format("      errors: \"<={}\"\n", summary.error_count));
    const std::size_t orphans = m_tree.count(trace::Oddity::orphan);
    if (orphans == 0) {
      m_out << fmt::format("      orphans: 0\n      roots: {}\n", m_tree.roots.size());
    } else {
      m_out << fmt::format("      orphans: \"<={}\"    # their parents are missing\n", orphans);
    }
  }

  std::vector<Group> groups() const {
    std::vector<Group> groups;
    std::map<std::tuple<trace::Text, std::string_view, trace::SpanKind>, std::size_t> known;
    for (const std::uint32_t index : m_tree.order) {
      const trace::Span& span = m_trace.spans[index];
      const std::string_view name = m_trace.text(span.name);
      const auto key = std::make_tuple(span.name, m_trace.service(span), span.kind);
      const auto found = known.find(key);
      if (found != known.end()) {
        groups[found->second].spans.push_back(&span);
      } else if (is_drafted(name) && groups.size() < k_most_kinds_of_span) {
        known.emplace(key, groups.size());
        groups.push_back({name, m_trace.service(span), span.kind, {&span}});
      }
    }
    return groups;
  }

  void write_spans() {
    const std::vector<Group> all = groups();
    if (!all.empty()) {
      m_out << "    spans:\n";
    }
    for (const Group& group : all) {
      std::vector<std::string> match{"name: " + pattern(group.name)};
      if (is_drafted(group.service)) {
        match.push_back("service: " + pattern(group.service));
      }
      if (group.kind != trace::SpanKind::unspecified) {
        match.push_back(fmt::format("kind: {}", name_of(group.kind)));
      }
      const auto slowest = std::max_element(group.spans.begin(), group.spans.end(),
                                            [](const trace::Span* left, const trace::Span* right) {
                                              return left->duration < right->duration;
                                            });
      m_out << fmt::format("      - match: {{{}}}\n", join(match, ", "));
      m_out << fmt::format("        count: \">={}\"\n", group.spans.size());
      m_out << fmt::format("        each: {{max_duration: {}}}\n", generous((*slowest)->duration));
      write_attributes(group);
    }
  }

  void write_attributes(const Group& group) {
    std::vector<std::string> lines;
    for (const std::string_view key : k_lasting_keys) {
      if (const auto value = common_value(group, key)) {
        lines.push_back(fmt::format("{}: {}", key, *value));
      }
    }
    if (!lines.empty()) {
      m_out << fmt::format("        attributes: {{{}}}\n", join(lines, ", "));
    }
  }

  // The value that all spans of the group have, as the file writes it.
  std::optional<std::string> common_value(const Group& group, std::string_view key) const {
    std::optional<trace::Value> common;
    for (const trace::Span* const span : group.spans) {
      const auto attributes = m_trace.attributes(span->attributes);
      const auto found = std::find_if(
          attributes.begin(), attributes.end(),
          [&](const trace::Attribute& attribute) { return m_trace.text(attribute.key) == key; });
      if (found == attributes.end() || (common && *common != found->value)) {
        return std::nullopt;
      }
      common = found->value;
    }
    if (!common) {
      return std::nullopt;
    }
    if (common->type() == trace::ValueType::integer) {
      return std::to_string(common->integer());
    }
    const bool is_text = common->type() == trace::ValueType::text;
    const std::string_view text = is_text ? m_trace.text(common->text()) : std::string_view();
    if (!is_drafted(text) || text == "present" || text == "absent" || text.front() == '<' ||
        text.front() == '>' || text.front() == '=' || text.front() == '!') {
      return std::nullopt;
    }
    return pattern(text);
  }

  // A name that a line of the tree can hold: YAML lets a block have neither control characters nor
  // escapes for them.
  static bool is_line(std::string_view name) {
    return is_drafted(name) && name.find('@') == std::string_view::npos &&
           escape_for_terminal(name) == name;
  }

  void write_tree() {
    std::vector<std::string> lines;
    add_lines(lines);
    if (lines.empty()) {
      return;
    }
    m_out << "    # In the order of their start; other spans may stand between.\n    tree: |\n";
    for (const std::string& line : lines) {
      m_out << "      " << line << '\n';
    }
  }

  // Of the spans of a level those that follow each other: the order of what runs at the same time
  // is chance. Under each of them its children, from a stack of levels.
  void add_lines(std::vector<std::string>& lines) const {
    std::vector<std::uint32_t> waiting = in_sequence(m_tree.roots);
    std::reverse(waiting.begin(), waiting.end());
    while (!waiting.empty() && lines.size() < k_most_lines) {
      const std::uint32_t index = waiting.back();
      waiting.pop_back();
      const trace::Span& span = m_trace.spans[index];
      std::string line(std::size_t{m_tree.depth[index]} * 2, ' ');
      line += pattern_of(m_trace.text(span.name));
      if (is_line(m_trace.service(span))) {
        line += fmt::format(" @{}", pattern_of(m_trace.service(span)));
      }
      lines.push_back(doubled_dollars(line));
      if (m_tree.depth[index] + 1 < k_most_levels) {
        const auto children = in_sequence(m_tree.children(index));
        waiting.insert(waiting.end(), children.rbegin(), children.rend());
      }
    }
  }

  template <typename Spans>
  std::vector<std::uint32_t> in_sequence(const Spans& level) const {
    std::vector<std::uint32_t> chosen;
    Time end{};
    for (const std::uint32_t index : level) {
      const bool is_after = chosen.empty() || m_tree.start[index] >= end;
      if (is_after && is_line(m_trace.text(m_trace.spans[index].name))) {
        chosen.push_back(index);
        end = m_tree.end[index];
      }
    }
    return chosen;
  }

  std::ostream& m_out;
  const trace::Trace& m_trace;
  const trace::Tree& m_tree;
};

}  // namespace

void write_draft(std::ostream& out, const trace::Analysis& analysis) {
  Draft(out, analysis).write();
}

}  // namespace otelctl::check
