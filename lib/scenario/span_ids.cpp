// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/span_ids.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "scenario/yaml_words.hpp"

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

// Who refers to a span: nobody, spans of its trace, or metrics and logs, which know all traces.
enum class Need { none, of_spans, of_records };

std::vector<std::vector<Need>> needs_of(const synth::Scenario& scenario) {
  std::vector<std::vector<Need>> needs;
  for (const synth::TraceSpec& trace : scenario.traces) {
    auto& needed = needs.emplace_back(trace.spans.size());
    for (const synth::SpanSpec& span : trace.spans) {
      if (span.parent) {
        needed[*span.parent] = Need::of_spans;
      }
      for (const synth::LinkSpec& link : span.links) {
        needed[link.span] = Need::of_spans;
      }
    }
  }
  const auto add = [&](const std::optional<synth::SpanReference>& span) {
    if (span) {
      needs[span->trace][span->span] = Need::of_records;
    }
  };
  for (const synth::MetricSpec& metric : scenario.metrics) {
    add(metric.exemplar);
  }
  for (const synth::LogSpec& log : scenario.logs) {
    add(log.span);
  }
  return needs;
}

// How many spans have each name.
std::map<std::string_view, std::size_t> name_counts(std::span<const synth::TraceSpec> traces) {
  std::map<std::string_view, std::size_t> counts;
  for (const synth::TraceSpec& trace : traces) {
    for (const synth::SpanSpec& span : trace.spans) {
      ++counts[span.name];
    }
  }
  return counts;
}

}  // namespace

SpanIdTexts::SpanIdTexts(const synth::Scenario& scenario) {
  const std::vector<std::vector<Need>> needs = needs_of(scenario);
  const auto counts = name_counts(scenario.traces);
  Words words;
  // No id is the same as a name.
  for (const auto& [name, count] : counts) {
    words.take(std::string(name));
  }
  for (std::size_t trace = 0; trace < needs.size(); ++trace) {
    auto& ids = m_ids.emplace_back(needs[trace].size());
    const auto own_counts = name_counts({&scenario.traces[trace], 1});
    for (std::size_t span = 0; span < ids.size(); ++span) {
      const std::string& name = scenario.traces[trace].spans[span].name;
      const Need need = needs[trace][span];
      const bool is_clear =
          own_counts.at(name) == 1 && (need != Need::of_records || counts.at(name) == 1);
      if (need != Need::none && is_clear && !name.empty() && yaml_text(name) == name) {
        ids[span].text = name;
      } else if (need != Need::none) {
        ids[span] = {words.take(word_of(name)), true};
      }
    }
  }
}

std::vector<std::string> service_ids(const synth::Scenario& scenario) {
  Words words;
  std::vector<std::string> ids;
  ids.reserve(scenario.services.size());
  for (const synth::Service& service : scenario.services) {
    ids.push_back(words.take(service.name));
  }
  return ids;
}

}  // namespace otelctl::scenario
