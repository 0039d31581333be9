// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/tree_match.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "check/words.hpp"

namespace otelctl::check {
namespace {

using Nodes = std::vector<std::size_t>;
using Spans = std::span<const std::uint32_t>;

class TreeMatcher {
 public:
  TreeMatcher(const trace::Analysis& analysis, const TreePattern& pattern)
      : m_trace(analysis.trace), m_tree(analysis.tree), m_pattern(pattern) {
    m_matches.resize(pattern.nodes.size());
    // Children stand behind their parents, so theirs are known first.
    for (std::size_t node = pattern.nodes.size(); node-- > 0;) {
      m_matches[node].resize(m_trace.spans.size());
      for (const std::uint32_t span : m_tree.order) {
        m_matches[node][span] = fits(node, span) && !first_unplaced(children(node), spans(span));
      }
    }
  }

  Check run() const {
    Check check;
    check.name = "tree";
    check.line = m_pattern.line;
    check.expected =
        counted(m_pattern.nodes.size(), "span") + (m_pattern.is_strict ? ", no others" : "");
    const Nodes* nodes = &m_pattern.roots;
    Spans level = m_tree.roots;
    std::uint32_t parent = trace::k_no_span;
    auto failure = first_unplaced(*nodes, level);
    check.ok = !failure;
    check.got = failure ? "" : "as expected";
    // Down to the level where it really fails.
    while (failure) {
      const auto nearly = failure->node
                              ? span_that_fits(*failure->node, level.subspan(failure->from))
                              : trace::k_no_span;
      if (nearly == trace::k_no_span) {
        describe(*failure, level, parent, check);
        break;
      }
      parent = nearly;
      nodes = &m_pattern.nodes[*failure->node].children;
      level = m_tree.children(parent);
      failure = first_unplaced(*nodes, level);
    }
    return check;
  }

 private:
  // What of a level is not as the pattern wants it.
  struct Failure {
    std::optional<std::size_t> node;  // that has no span; none: a span is too many
    std::size_t from = 0;             // where it was looked for, or which span that is
    bool may_heal = true;             // spans that are still to come may stand there
  };

  const Nodes& children(std::size_t node) const { return m_pattern.nodes[node].children; }
  Spans spans(std::uint32_t span) const { return m_tree.children(span); }

  bool fits(std::size_t node, std::uint32_t index) const {
    const TreePattern::Node& wanted = m_pattern.nodes[node];
    const trace::Span& span = m_trace.spans[index];
    return (!wanted.name || wanted.name->matches(m_trace.text(span.name))) &&
           (!wanted.service || wanted.service->matches(m_trace.service(span)));
  }

  std::uint32_t span_that_fits(std::size_t node, Spans level) const {
    const auto found = std::find_if(level.begin(), level.end(),
                                    [&](std::uint32_t span) { return fits(node, span); });
    return found == level.end() ? trace::k_no_span : *found;
  }

  // Takes for each node the first span that it matches: if any choice works, this one does.
  std::optional<Failure> first_unplaced(const Nodes& nodes, Spans level) const {
    std::size_t at = 0;
    for (const std::size_t node : nodes) {
      const std::size_t from = at;
      while (at < level.size() && !m_matches[node][level[at]]) {
        if (m_pattern.is_strict) {
          return fits(node, level[at]) ? Failure{node, at}
                                       : Failure{std::nullopt, at, level.size() < nodes.size()};
        }
        ++at;
      }
      if (at == level.size()) {
        return Failure{node, from};
      }
      ++at;
    }
    if (m_pattern.is_strict && at < level.size()) {
      return Failure{std::nullopt, at, false};
    }
    return std::nullopt;
  }

  void describe(const Failure& failure, Spans level, std::uint32_t parent, Check& check) const {
    const std::string place =
        parent == trace::k_no_span ? "the roots" : span_words(m_trace, m_trace.spans[parent]);
    std::vector<std::string> there;
    for (const std::uint32_t span : level) {
      there.push_back(span_words(m_trace, m_trace.spans[span]));
    }
    check.may_heal = failure.may_heal;
    if (!failure.node) {
      const trace::Span& extra = m_trace.spans[level[failure.from]];
      check.got = fmt::format("{} {} {}, which is not in the tree", span_words(m_trace, extra),
                              parent == trace::k_no_span ? "among" : "under", place);
      check.span_id = extra.id;
      return;
    }
    check.got = fmt::format("no '{}' {} {}", m_pattern.nodes[*failure.node].words,
                            parent == trace::k_no_span ? "among" : "under", place);
    if (parent != trace::k_no_span) {
      check.span_id = m_trace.spans[parent].id;
    }
    const bool is_earlier =
        failure.from > 0 &&
        span_that_fits(*failure.node, level.first(failure.from)) != trace::k_no_span;
    check.nearest = there.empty() ? "it has no children"
                    : is_earlier ? "it is there, but starts before the one above it in the tree: " +
                                       listed(there)
                                 : "in order of their start there are: " + listed(there);
  }

  const trace::Trace& m_trace;
  const trace::Tree& m_tree;
  const TreePattern& m_pattern;
  std::vector<std::vector<bool>> m_matches;  // of each node, for each span
};

}  // namespace

Check check_tree(const trace::Analysis& analysis, const TreePattern& pattern) {
  return TreeMatcher(analysis, pattern).run();
}

}  // namespace otelctl::check
