// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/span_ids.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

namespace otelctl::scenario {
namespace {

// Letters, digits, '_' and '.' of a name, and one '-' for what stands between them.
std::string word_of(std::string_view name) {
  constexpr std::size_t k_longest = 40;
  constexpr std::string_view k_letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.";
  std::string word;
  bool is_gap = false;
  for (const char c : name) {
    // Braces are not of the name that a person reads.
    if (c == '{' || c == '}') {
      continue;
    }
    const bool is_letter = k_letters.find(c) != std::string_view::npos;
    if (is_letter && word.size() < k_longest) {
      word += is_gap && !word.empty() ? "-" : "";
      word += c;
    }
    is_gap = !is_letter;
  }
  return word.empty() ? "span" : word;
}

class Words {
 public:
  // The word, or one with a number behind it where it is taken.
  std::string take(const std::string& word) {
    std::string text = word;
    while (!m_taken.insert(text).second) {
      text = fmt::format("{}-{}", word, ++m_last.try_emplace(word, 1).first->second);
    }
    return text;
  }

 private:
  std::set<std::string> m_taken;
  std::map<std::string, std::size_t> m_last;
};

}  // namespace

SpanIdTexts::SpanIdTexts(const synth::Scenario& scenario) {
  std::vector<std::vector<bool>> is_needed;
  for (const synth::TraceSpec& trace : scenario.traces) {
    auto& needed = is_needed.emplace_back(trace.spans.size());
    for (const synth::SpanSpec& span : trace.spans) {
      if (span.parent) {
        needed[*span.parent] = true;
      }
      for (const synth::LinkSpec& link : span.links) {
        needed[link.span] = true;
      }
    }
  }
  for (const synth::MetricSpec& metric : scenario.metrics) {
    if (metric.exemplar) {
      is_needed[metric.exemplar->trace][metric.exemplar->span] = true;
    }
  }
  for (const synth::LogSpec& log : scenario.logs) {
    if (log.span) {
      is_needed[log.span->trace][log.span->span] = true;
    }
  }
  Words words;
  for (std::size_t trace = 0; trace < is_needed.size(); ++trace) {
    auto& ids = m_ids.emplace_back(is_needed[trace].size());
    for (std::size_t span = 0; span < ids.size(); ++span) {
      if (is_needed[trace][span]) {
        ids[span] = words.take(word_of(scenario.traces[trace].spans[span].name));
      }
    }
  }
}

std::vector<std::string> service_ids(const synth::Scenario& scenario) {
  Words words;
  std::vector<std::string> ids;
  for (const synth::Service& service : scenario.services) {
    ids.push_back(words.take(service.name));
  }
  return ids;
}

}  // namespace otelctl::scenario
