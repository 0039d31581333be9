// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "scenario/names.hpp"
#include "scenario/patterns.hpp"
#include "scenario/reading.hpp"
#include "synth/scenario.hpp"

namespace otelctl::scenario {

// The spans of all traces by their ids, for records that point to them.
class SpanIds {
 public:
  // `node` is where the id stands.
  void add(const yaml::Document& document, yaml::NodeId node, synth::SpanReference span) {
    m_ids.add_weak(document.node(node).text, node, m_spans.size());
    m_spans.push_back(span);
  }
  // Nothing, and a note, for an id that no span has, or several traces' spans.
  std::optional<synth::SpanReference> find(Notes& notes, const Spot& spot) {
    const auto index = m_ids.find(notes, spot);
    return index ? std::optional(m_spans[*index]) : std::nullopt;
  }

 private:
  Names m_ids{"span"};
  std::vector<synth::SpanReference> m_spans;
};

struct TraceContext {
  Notes& notes;
  Patterns& patterns;
  Names& services;
  SpanIds& spans;
};

std::vector<synth::TraceSpec> read_traces(TraceContext& context, const Spot& spot);

}  // namespace otelctl::scenario
