// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/evaluate.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "check/golden.hpp"
#include "check/nearest.hpp"
#include "check/span_checks.hpp"
#include "check/tree_match.hpp"
#include "check/words.hpp"

namespace otelctl::check {
namespace {

using trace::Oddity;

class TraceChecks {
 public:
  TraceChecks(const trace::Analysis& analysis, const TraceExpectation& expectation)
      : m_trace(analysis.trace),
        m_tree(analysis.tree),
        m_analysis(analysis),
        m_expectation(expectation) {}

  std::vector<Check> run(bool allow_partial) {
    if (m_trace.is_truncated && !allow_partial) {
      add_truncated();
    }
    if (m_expectation.spans) {
      Check& check = add_count(*m_expectation.spans, m_tree.order.size());
      check.is_of_completeness = check.may_heal;
    }
    if (!m_expectation.services.empty()) {
      add_services();
    }
    for (const DurationExpectation& duration : m_expectation.durations) {
      add_duration(duration);
    }
    for (const CountExpectation& count : m_expectation.counts) {
      add_count(count);
    }
    return std::move(m_checks);
  }

 private:
  // The spans that a key counts.
  std::vector<std::uint32_t> counted_by(const std::string& key) const {
    std::vector<std::uint32_t> spans;
    const auto add_from = [&](const auto& from, auto is_one) {
      std::copy_if(from.begin(), from.end(), std::back_inserter(spans), is_one);
    };
    if (key == "errors") {
      add_from(m_tree.order, [&](std::uint32_t span) { return m_trace.spans[span].has_failed(); });
    } else if (key == "orphans") {
      add_from(m_tree.order, [&](std::uint32_t span) { return m_tree.has(span, Oddity::orphan); });
    } else {
      add_from(m_tree.roots, [&](std::uint32_t span) { return !m_tree.has(span, Oddity::orphan); });
    }
    return spans;
  }

  Check& add_count(const CountExpectation& expectation, std::size_t count) {
    const auto number = static_cast<std::int64_t>(count);
    Check& check = m_checks.emplace_back();
    check.name = expectation.key;
    check.ok = expectation.amount.holds(number);
    check.expected = expectation.amount.words();
    check.got = std::to_string(count);
    check.may_heal = expectation.amount.may_grow_into(number);
    check.line = expectation.line;
    return check;
  }

  void add_count(const CountExpectation& expectation) {
    if (expectation.key == "max_depth") {
      add_depth(expectation);
      return;
    }
    const std::vector<std::uint32_t> spans = counted_by(expectation.key);
    Check& check = add_count(expectation, spans.size());
    // The parent of an orphan may be late.
    check.may_heal = check.may_heal || (!check.ok && expectation.key == "orphans");
    if (!check.ok && !spans.empty()) {
      const trace::Span& first = m_trace.spans[spans.front()];
      check.span_id = first.id;
      check.nearest = span_words(m_trace, first);
      const std::string_view message = m_trace.text(first.status_message);
      if (expectation.key == "errors" && !message.empty()) {
        check.nearest += fmt::format(": {}", cut(message));
      }
    }
  }

  void add_depth(const CountExpectation& expectation) {
    const auto deepest = std::max_element(m_tree.order.begin(), m_tree.order.end(),
                                          [&](std::uint32_t left, std::uint32_t right) {
                                            return m_tree.depth[left] < m_tree.depth[right];
                                          });
    const bool has_spans = deepest != m_tree.order.end();
    Check& check = add_count(expectation, has_spans ? m_tree.depth[*deepest] : 0);
    if (has_spans && !check.ok) {
      check.span_id = m_trace.spans[*deepest].id;
      check.nearest = span_words(m_trace, m_trace.spans[*deepest]);
    }
  }

  void add_duration(const DurationExpectation& expectation) {
    const nanoseconds duration = m_tree.trace_end() - m_tree.trace_start();
    Check& check = m_checks.emplace_back();
    check.name = expectation.key;
    check.ok = expectation.amount.holds(duration.count());
    check.expected = expectation.amount.words();
    check.got = format_duration(duration);
    check.may_heal = expectation.amount.may_grow_into(duration.count());
    check.line = expectation.line;
  }

  void add_services() {
    std::set<std::string_view> there;
    for (const std::uint32_t index : m_tree.order) {
      there.insert(m_trace.service(m_trace.spans[index]));
    }
    std::vector<std::string> wanted;
    std::vector<std::string> missing;
    for (const TextPattern& pattern : m_expectation.services) {
      wanted.push_back(pattern.words());
      if (std::none_of(there.begin(), there.end(),
                       [&](std::string_view name) { return pattern.matches(name); })) {
        missing.push_back(pattern.words());
      }
    }
    Check& check = m_checks.emplace_back();
    check.name = "services";
    check.ok = missing.empty();
    check.expected = listed(wanted);
    check.got = listed({there.begin(), there.end()});
    check.line = m_expectation.services_line;
    check.may_heal = !check.ok;
    check.is_of_completeness = !check.ok;
    if (!check.ok) {
      check.nearest = nearest_service(m_analysis, missing.front());
    }
  }

  void add_truncated() {
    Check& check = m_checks.emplace_back();
    check.name = "whole";
    check.expected = "all spans";
    check.got = fmt::format("the backend kept spans back and gave {}", m_tree.order.size());
    check.nearest = "raise its limit on a trace's spans, or allow it with --allow-partial";
    check.is_of_completeness = true;
  }

  const trace::Trace& m_trace;
  const trace::Tree& m_tree;
  const trace::Analysis& m_analysis;
  const TraceExpectation& m_expectation;
  std::vector<Check> m_checks;
};

}  // namespace

std::vector<Check> evaluate(const trace::Analysis& analysis, const Expectation& expectation,
                            Typing typing) {
  std::vector<Check> checks =
      TraceChecks(analysis, expectation.trace).run(expectation.allow_partial);
  for (const SpanExpectation& spans : expectation.spans) {
    for (Check& check : check_spans(analysis, spans, typing)) {
      checks.push_back(std::move(check));
    }
  }
  if (expectation.tree) {
    checks.push_back(check_tree(analysis, *expectation.tree));
  }
  if (expectation.golden) {
    checks.push_back(check_golden(analysis, *expectation.golden));
  }
  return checks;
}

}  // namespace otelctl::check
