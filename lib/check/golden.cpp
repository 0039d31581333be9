// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/golden.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"
#include "check/limits.hpp"
#include "check/words.hpp"
#include "trace/value_json.hpp"

namespace otelctl::check {
namespace {

constexpr std::string_view k_span_mark = "- ";
constexpr std::string_view k_detail_indent = "    ";

// A span of a golden file, or of a trace on its way into one.
struct Node {
  std::size_t depth = 0;
  std::string head;                  // "- POST /orders @checkout server"
  std::vector<std::string> details;  // without their indentation
  std::vector<std::size_t> children;
};

bool is_ignored(const GoldenExpectation& golden, std::string_view key) {
  return !key.empty() &&
         std::any_of(golden.ignored.begin(), golden.ignored.end(),
                     [&](const TextPattern& pattern) { return pattern.matches(key); });
}

// The key of the attribute that a line is about; nothing for lines that are about something else.
std::string_view key_of(std::string_view detail) {
  detail = trim(detail);
  const auto end = detail.find(" = ");
  return end == std::string_view::npos ? std::string_view() : detail.substr(0, end);
}

class GoldenTrace {
 public:
  GoldenTrace(const trace::Analysis& analysis, const GoldenExpectation& golden)
      : m_trace(analysis.trace), m_tree(analysis.tree), m_golden(golden) {}

  // In the order of the tree, so parents come before their children.
  std::vector<Node> nodes() const {
    std::vector<Node> nodes(m_tree.order.size());
    std::vector<std::size_t> place(m_trace.spans.size());
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      const std::uint32_t index = m_tree.order[at];
      place[index] = at;
      nodes[at] = node_of(index);
      if (const std::uint32_t parent = m_tree.parent[index]; parent != trace::k_no_span) {
        nodes[place[parent]].children.push_back(at);
      }
    }
    return nodes;
  }

 private:
  Node node_of(std::uint32_t index) const {
    const trace::Span& span = m_trace.spans[index];
    Node node;
    node.depth = m_tree.depth[index];
    node.head = fmt::format("{}{} @{}", k_span_mark, escape_for_terminal(m_trace.text(span.name)),
                            escape_for_terminal(m_trace.service(span)));
    if (span.kind != trace::SpanKind::unspecified) {
      node.head += fmt::format(" {}", name_of(span.kind));
    }
    if (span.status != trace::SpanStatus::unset) {
      node.head += fmt::format(" status={}", name_of(span.status));
    }
    add_resource(index, node.details);
    add_attributes(span.attributes, "", node.details);
    std::vector<std::string> events;
    for (const trace::Event& event : m_trace.events(span)) {
      std::vector<std::string> lines{"event " + escape_for_terminal(m_trace.text(event.name))};
      add_attributes(event.attributes, "  ", lines);
      events.push_back(join(lines, "\n"));
    }
    std::sort(events.begin(), events.end());
    for (const std::string& event : events) {
      for (const std::string_view line : split(event, '\n')) {
        node.details.emplace_back(line);
      }
    }
    return node;
  }

  // Once for the spans of one service below each other.
  void add_resource(std::uint32_t index, std::vector<std::string>& lines) const {
    const std::uint32_t parent = m_tree.parent[index];
    const trace::Range own = resource_of(index);
    if (parent != trace::k_no_span && is_same(own, resource_of(parent))) {
      return;
    }
    add_attributes(own, "resource:", lines);
  }

  trace::Range resource_of(std::uint32_t index) const {
    return m_trace.columns->resources[m_trace.spans[index].resource].attributes;
  }

  bool is_same(trace::Range left, trace::Range right) const {
    const auto of_left = m_trace.attributes(left);
    const auto of_right = m_trace.attributes(right);
    return std::equal(of_left.begin(), of_left.end(), of_right.begin(), of_right.end());
  }

  void add_attributes(trace::Range range, std::string_view prefix,
                      std::vector<std::string>& lines) const {
    const auto first = static_cast<std::ptrdiff_t>(lines.size());
    for (const trace::Attribute& attribute : m_trace.attributes(range)) {
      const std::string key = escape_for_terminal(m_trace.text(attribute.key));
      if (is_ignored(m_golden, std::string(trim(prefix)) + key)) {
        continue;
      }
      const bool is_secret =
          is_secret_attribute(key) || (attribute.value.type() == trace::ValueType::text &&
                                       looks_secret(m_trace.text(attribute.value.text())));
      lines.push_back(fmt::format("{}{} = {}", prefix, key,
                                  is_secret ? std::string(k_redacted)
                                            : escape_for_terminal(trace::value_json(
                                                  m_trace.columns->texts, attribute.value))));
    }
    std::sort(lines.begin() + first, lines.end());
  }

  const trace::Trace& m_trace;
  const trace::Tree& m_tree;
  const GoldenExpectation& m_golden;
};

// Reads a file back; lines that are none of a golden file's are details that match nothing.
std::vector<Node> read_nodes(const GoldenExpectation& golden) {
  std::vector<Node> nodes;
  std::vector<std::size_t> way;
  for (std::string_view line : split(golden.content, '\n')) {
    line = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    const std::string_view text = trim(line);
    if (text.empty() || text.starts_with('#')) {
      continue;
    }
    const std::size_t indent = line.find_first_not_of(' ');
    if (!line.substr(indent).starts_with(k_span_mark)) {
      if (!nodes.empty() && !is_ignored(golden, key_of(line))) {
        const std::size_t own = nodes.back().depth * 2 + k_detail_indent.size();
        nodes.back().details.emplace_back(line.substr(std::min(own, indent)));
      }
      continue;
    }
    Node node;
    node.depth = std::min<std::size_t>({indent / 2, way.size(), k_most_golden_depth + 1});
    node.head = line.substr(indent);
    way.resize(node.depth);
    if (!way.empty()) {
      nodes[way.back()].children.push_back(nodes.size());
    }
    way.push_back(nodes.size());
    nodes.push_back(std::move(node));
  }
  return nodes;
}

// The nodes as lines, siblings sorted by all that they hold.
std::string lines_of(std::vector<Node> nodes) {
  std::vector<std::string> texts(nodes.size());
  const auto by_text = [&](std::size_t left, std::size_t right) {
    return texts[left] < texts[right];
  };
  const auto append = [&](std::vector<std::size_t>& some, std::string& to) {
    std::stable_sort(some.begin(), some.end(), by_text);
    for (const std::size_t each : some) {
      to += std::exchange(texts[each], {});
    }
  };
  std::vector<std::size_t> roots;
  // Children first: they stand behind their parents.
  for (std::size_t at = nodes.size(); at-- > 0;) {
    Node& node = nodes[at];
    const std::string indent(node.depth * 2, ' ');
    texts[at] = fmt::format("{}{}\n", indent, node.head);
    for (const std::string& detail : node.details) {
      texts[at] += fmt::format("{}{}{}\n", indent, k_detail_indent, detail);
    }
    append(node.children, texts[at]);
    if (node.depth == 0) {
      roots.push_back(at);
    }
  }
  std::string all;
  append(roots, all);
  return all;
}

Result<void> check_size(const trace::Analysis& analysis) {
  const auto& tree = analysis.tree;
  const bool is_deep = std::any_of(tree.order.begin(), tree.order.end(), [&](std::uint32_t index) {
    return tree.depth[index] > k_most_golden_depth;
  });
  if (tree.order.size() > k_most_golden_spans || is_deep) {
    return fail(ErrorKind::failed,
                fmt::format("the trace has {}, too many or too deep for a golden file",
                            counted(tree.order.size(), "span")),
                fmt::format("it may have {} spans and {} levels; check parts of it with spans and "
                            "tree",
                            k_most_golden_spans, k_most_golden_depth));
  }
  return {};
}

using Lines = std::vector<std::string_view>;

// How many lines of each side differ from here on until both go on alike; both to their ends where
// that is not near.
std::pair<std::size_t, std::size_t> different_lines(const Lines& wanted, std::size_t at,
                                                    const Lines& found, std::size_t place) {
  constexpr std::size_t k_farthest = 200;
  for (std::size_t sum = 1; sum <= k_farthest; ++sum) {
    for (std::size_t less = 0; less <= sum; ++less) {
      const std::size_t more = sum - less;
      if (at + less < wanted.size() && place + more < found.size() &&
          wanted[at + less] == found[place + more]) {
        return {less, more};
      }
    }
  }
  return {wanted.size() - at, found.size() - place};
}

// The first lines that differ, in the manner of a diff.
std::string difference(std::string_view expected, std::string_view got) {
  constexpr std::size_t k_most = 20;
  const Lines wanted = split(expected, '\n');
  const Lines found = split(got, '\n');
  std::vector<std::string> lines;
  std::size_t at = 0;
  std::size_t place = 0;
  while ((at < wanted.size() || place < found.size()) && lines.size() <= k_most) {
    if (at < wanted.size() && place < found.size() && wanted[at] == found[place]) {
      ++at;
      ++place;
      continue;
    }
    const auto [less, more] = different_lines(wanted, at, found, place);
    for (std::size_t end = at + less; at < end; ++at) {
      lines.push_back(fmt::format("-{}", cut(wanted[at])));
    }
    for (std::size_t end = place + more; place < end; ++place) {
      lines.push_back(fmt::format("+{}", cut(found[place])));
    }
  }
  if (lines.size() > k_most) {
    lines.resize(k_most);
    lines.emplace_back("...");
  }
  return join(lines, "\n");
}

}  // namespace

bool is_golden(std::string_view content) {
  return content.starts_with(k_golden_head);
}

Result<std::string> write_golden(const trace::Analysis& analysis, const GoldenExpectation& golden) {
  if (auto fits = check_size(analysis); !fits) {
    return fail(std::move(fits).error());
  }
  return fmt::format("{}\n{}", k_golden_head, lines_of(GoldenTrace(analysis, golden).nodes()));
}

Check check_golden(const trace::Analysis& analysis, const GoldenExpectation& golden) {
  Check check;
  check.name = "golden " + golden.path;
  check.line = golden.line;
  if (auto fits = check_size(analysis); !fits) {
    check.expected = "the structure of the file";
    check.got = fits.error().message;
    check.nearest = fits.error().hint;
    return check;
  }
  const std::vector<Node> nodes = read_nodes(golden);
  check.expected = counted(nodes.size(), "span");
  const std::string expected = lines_of(nodes);
  const std::string got = lines_of(GoldenTrace(analysis, golden).nodes());
  check.ok = expected == got;
  check.got = counted(analysis.tree.order.size(), "span") + (check.ok ? "" : ", which differ");
  if (!check.ok) {
    check.nearest = difference(expected, got);
    check.may_heal = analysis.tree.order.size() < nodes.size();
  }
  return check;
}

}  // namespace otelctl::check
