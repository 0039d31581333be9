// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "synth/scenario.hpp"

namespace otelctl::scenario {

// By what a file refers to spans: by their names where these are clear and plain, else by ids that
// are made of them.
class SpanIdTexts {
 public:
  explicit SpanIdTexts(const synth::Scenario& scenario);

  // What references say. Empty for spans that nothing refers to.
  const std::string& of(const synth::SpanReference& span) const {
    return m_ids[span.trace][span.span].text;
  }
  // Whether the span has to say its id.
  bool is_written(const synth::SpanReference& span) const {
    return m_ids[span.trace][span.span].is_written;
  }

 private:
  struct Id {
    std::string text = {};
    bool is_written = false;
  };
  std::vector<std::vector<Id>> m_ids;
};

// By what name a file refers to each service: its own, unless several are called so.
std::vector<std::string> service_ids(const synth::Scenario& scenario);

}  // namespace otelctl::scenario
