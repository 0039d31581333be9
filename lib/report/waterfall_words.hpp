// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "report/waterfall_rows.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

// The texts of the waterfall's lines, safe to print: escaped, cut, without secrets.
class WaterfallWords {
 public:
  WaterfallWords(const trace::Analysis& drawn, const terminal::Terminal& terminal)
      : m_drawn(drawn), m_trace(drawn.trace), m_terminal(terminal) {}

  // "-" where the span names none; empty for lines that are no spans.
  const std::string& service(const WaterfallRow& row);
  // As it came, for its colour.
  std::string_view raw_service(const WaterfallRow& row) const;
  std::string name(const WaterfallRow& row);
  // What follows the name and is never cut: how many, what is odd, what is hidden below.
  std::string suffix(const WaterfallRow& row) const;

 private:
  const std::string& escaped(trace::Text text, const std::string& when_empty);
  trace::Text service_of(std::uint32_t span) const {
    return m_trace.columns->resources[m_trace.spans[span].resource].service;
  }
  std::string oddities(std::uint32_t span) const;
  std::string gap(const WaterfallRow& row) const;

  const trace::Analysis& m_drawn;
  const trace::Trace& m_trace;
  const terminal::Terminal& m_terminal;
  // Names repeat in most rows.
  std::unordered_map<trace::Text, std::string> m_escaped;
  const std::string m_nothing;
  const std::string m_no_service = "-";
  const std::string m_no_name = "(no name)";
};

// A name or value from outside as all lines show it: without what looks like a secret, escaped, and
// cut at 200 columns, for some hold whole SQL statements.
std::string shown_text(std::string_view text, const terminal::Terminal& terminal);

}  // namespace otelctl::report
