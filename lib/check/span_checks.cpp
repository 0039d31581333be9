// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/span_checks.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "check/attribute_lookup.hpp"
#include "check/nearest.hpp"
#include "check/words.hpp"

namespace otelctl::check {
namespace {

class SpanChecks {
 public:
  SpanChecks(const trace::Analysis& analysis, const SpanExpectation& expectation, Typing typing)
      : m_analysis(analysis),
        m_trace(analysis.trace),
        m_expectation(expectation),
        m_typing(typing),
        m_label("span " + match_words(expectation.match)) {
    const SpanMatcher matcher(m_trace, expectation.match, typing);
    for (const std::uint32_t index : analysis.tree.order) {
      if (matcher.matches(m_trace.spans[index])) {
        m_matching.push_back(&m_trace.spans[index]);
      }
    }
  }

  std::vector<Check> run() {
    add_count();
    if (m_matching.empty()) {
      return std::move(m_checks);
    }
    for (const DurationExpectation& duration : m_expectation.durations) {
      add_duration(duration);
    }
    add_choice("kind", m_expectation.kinds, [](const trace::Span& span) { return span.kind; });
    add_choice("status", m_expectation.statuses,
               [](const trace::Span& span) { return span.status; });
    add_attributes();
    for (const EventExpectation& event : m_expectation.events) {
      add_event(event);
    }
    return std::move(m_checks);
  }

 private:
  using Holds = std::function<bool(const trace::Span&)>;
  using Words = std::function<std::string(const trace::Span&)>;

  void add_count() {
    const auto count = static_cast<std::int64_t>(m_matching.size());
    Check& check = m_checks.emplace_back();
    check.name = m_label;
    check.ok = m_expectation.count.holds(count);
    check.expected = m_expectation.count.words();
    check.got = std::to_string(count);
    check.may_heal = m_expectation.count.may_grow_into(count);
    check.line = m_expectation.count_line;
    if (!m_matching.empty()) {
      check.span_id = m_matching.front()->id;
    } else if (!check.ok) {
      check.nearest = nearest_miss(m_analysis, m_expectation.match, m_typing);
    }
  }

  // One check over all spans that match: it fails with the first that is not as it should be.
  Check& add(const std::string& part, std::string expected, std::uint32_t line, const Holds& holds,
             const Words& words) {
    const trace::Span* first = nullptr;
    std::size_t failing = 0;
    for (const trace::Span* const span : m_matching) {
      if (!holds(*span)) {
        first = first == nullptr ? span : first;
        ++failing;
      }
    }
    const trace::Span& shown = first == nullptr ? *m_matching.front() : *first;
    Check& check = m_checks.emplace_back();
    check.name = m_label + ": " + part;
    check.ok = failing == 0;
    check.expected = std::move(expected);
    check.got = words(shown);
    check.span_id = shown.id;
    check.line = line;
    if (m_matching.size() > 1 && failing > 0) {
      check.got = fmt::format("{} in {} of {} spans", check.got, failing, m_matching.size());
    }
    return check;
  }

  void add_duration(const DurationExpectation& duration) {
    // The slowest first: of several that are too long it is the one to look at.
    std::stable_sort(m_matching.begin(), m_matching.end(),
                     [](const trace::Span* left, const trace::Span* right) {
                       return left->duration > right->duration;
                     });
    add(
        duration.key, duration.amount.words(), duration.line,
        [&](const trace::Span& span) { return duration.amount.holds(span.duration.count()); },
        [](const trace::Span& span) { return format_duration(span.duration); });
  }

  template <typename Choice, typename Get>
  void add_choice(const std::string& part, const std::vector<Choice>& choices, Get get) {
    if (choices.empty()) {
      return;
    }
    add(
        part, names_of(choices), m_expectation.line,
        [&](const trace::Span& span) {
          return std::find(choices.begin(), choices.end(), get(span)) != choices.end();
        },
        [&](const trace::Span& span) { return std::string(name_of(get(span))); });
  }

  void add_attributes() {
    const AttributeKeys keys(m_trace, m_expectation.attributes);
    for (std::size_t index = 0; index < m_expectation.attributes.size(); ++index) {
      const AttributeExpectation& attribute = m_expectation.attributes[index];
      const trace::StringPool& texts = m_trace.columns->texts;
      std::string hint;
      Check& check = add(
          "attribute " + attribute.key, attribute.condition.words(attribute.key), attribute.line,
          [&](const trace::Span& span) {
            const auto value = keys.on_span(span, index);
            const bool holds = attribute.condition.matches(texts, value, m_typing);
            if (!holds && value && hint.empty()) {
              hint = attribute.condition.type_hint(texts, *value);
            }
            return holds;
          },
          [&](const trace::Span& span) {
            return found_words(m_trace, attribute.key, keys.on_span(span, index));
          });
      check.nearest = hint;
    }
  }

  void add_event(const EventExpectation& event) {
    const AttributeKeys keys(m_trace, event.attributes);
    const auto count_on = [&](const trace::Span& span) {
      const auto events = m_trace.events(span);
      return std::count_if(events.begin(), events.end(), [&](const trace::Event& each) {
        return event.name.matches(m_trace.text(each.name)) && has_attributes(keys, each, event);
      });
    };
    Check& check = add(
        "event " + event.name.words(), event.count.words(), event.line,
        [&](const trace::Span& span) { return event.count.holds(count_on(span)); },
        [&](const trace::Span& span) { return std::to_string(count_on(span)); });
    if (!check.ok && event.count.least() > 0) {
      check.nearest = other_events(*check.span_id);
    }
  }

  bool has_attributes(const AttributeKeys& keys, const trace::Event& event,
                      const EventExpectation& expectation) const {
    for (std::size_t index = 0; index < expectation.attributes.size(); ++index) {
      if (!expectation.attributes[index].condition.matches(m_trace.columns->texts,
                                                           keys.on_event(event, index), m_typing)) {
        return false;
      }
    }
    return true;
  }

  std::string other_events(const SpanId& id) const {
    const auto found = std::find_if(m_matching.begin(), m_matching.end(),
                                    [&](const trace::Span* span) { return span->id == id; });
    std::vector<std::string> names;
    for (const trace::Event& event : m_trace.events(**found)) {
      names.emplace_back(m_trace.text(event.name));
    }
    return names.empty() ? "the span has no events" : "its events are: " + listed(names);
  }

  const trace::Analysis& m_analysis;
  const trace::Trace& m_trace;
  const SpanExpectation& m_expectation;
  Typing m_typing;
  std::string m_label;
  std::vector<const trace::Span*> m_matching;
  std::vector<Check> m_checks;
};

}  // namespace

std::vector<Check> check_spans(const trace::Analysis& analysis, const SpanExpectation& expectation,
                               Typing typing) {
  return SpanChecks(analysis, expectation, typing).run();
}

}  // namespace otelctl::check
