// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_words.hpp"

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/redact_text.hpp"
#include "base/text.hpp"
#include "terminal/width.hpp"

namespace otelctl::report {
namespace {

using trace::k_no_span;
using trace::Oddity;
using Kind = WaterfallRow::Kind;

constexpr std::size_t k_longest_text = 200;
// Below it, the average and the longest of the spans on one line are left out.
constexpr std::size_t k_times_from = 100;

}  // namespace

std::string shown_text(std::string_view text, const terminal::Terminal& terminal) {
  return terminal::shorten(escape_for_terminal(redact_text(text)), k_longest_text,
                           terminal.unicode);
}

const std::string& WaterfallWords::escaped(trace::Text text, const std::string& when_empty) {
  if (text == trace::Text::empty) {
    return when_empty;
  }
  const auto [found, is_new] = m_escaped.try_emplace(text);
  if (is_new) {
    found->second = shown_text(m_trace.text(text), m_terminal);
  }
  return found->second;
}

const std::string& WaterfallWords::service(const WaterfallRow& row) {
  return row.kind == Kind::spans ? escaped(service_of(row.span), m_no_service) : m_nothing;
}

std::string_view WaterfallWords::raw_service(const WaterfallRow& row) const {
  return row.kind == Kind::spans ? m_trace.text(service_of(row.span)) : std::string_view();
}

std::string WaterfallWords::name(const WaterfallRow& row) {
  switch (row.kind) {
    case Kind::spans:
      return escaped(m_trace.spans[row.span].name, m_no_name);
    case Kind::missing_parent:
      return "parent missing: " + to_hex(row.missing);
    case Kind::gap:
      return gap(row);
  }
  return {};
}

std::string WaterfallWords::gap(const WaterfallRow& row) const {
  std::string text = fmt::format("{} {} not shown", m_terminal.unicode ? "…" : "...",
                                 counted(row.levels, "level"));
  if (row.hidden != row.levels) {
    text += fmt::format(" with {}", counted(row.hidden, "span"));
  }
  if (row.hidden_failed > 0) {
    text += fmt::format(", {} failed", row.hidden_failed);
  }
  return text;
}

std::string WaterfallWords::oddities(std::uint32_t index) const {
  const trace::Tree& tree = m_drawn.tree;
  const trace::Span& span = m_trace.spans[index];
  const std::uint32_t parent = tree.parent[index];
  std::string text;
  if (parent != k_no_span && m_trace.spans[parent].name == span.name &&
      m_trace.spans[parent].kind != span.kind) {
    // A call at both of its ends: only the kind tells them apart.
    text += fmt::format(" ({})", trace::name_of(span.kind));
  }
  text += tree.has(index, Oddity::cycle) ? " (ring)" : "";
  text += tree.has(index, Oddity::duplicate_id) ? " (id twice)" : "";
  text += span.start == Time{} ? " (no start)" : "";
  text += parent != k_no_span && tree.start[index] < tree.start[parent] ? " (early)" : "";
  return text;
}

std::string WaterfallWords::suffix(const WaterfallRow& row) const {
  if (row.kind == Kind::gap) {
    return {};
  }
  std::string suffix;
  if (row.count > 1) {
    suffix += fmt::format(" {}{}", m_terminal.unicode ? "×" : "x", row.count);
    if (m_terminal.width >= k_times_from) {
      suffix += fmt::format(" (avg {}, max {})",
                            format_duration(row.duration / static_cast<std::int64_t>(row.count)),
                            format_duration(row.longest));
    }
  }
  if (row.kind == Kind::spans) {
    suffix += oddities(row.span);
  }
  if (row.hidden > 0) {
    suffix += fmt::format(" (+{}", row.hidden);
    suffix += row.hidden_failed > 0
                  ? fmt::format(" {}{}", m_terminal.unicode ? "✗" : "x", row.hidden_failed)
                  : "";
    suffix += ')';
  }
  return suffix;
}

}  // namespace otelctl::report
