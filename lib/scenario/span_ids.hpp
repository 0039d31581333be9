// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "synth/scenario.hpp"

namespace otelctl::scenario {

// Ids for the spans that others refer to, made of their names; no two are the same.
class SpanIdTexts {
 public:
  explicit SpanIdTexts(const synth::Scenario& scenario);

  // Empty for spans that nothing refers to.
  const std::string& of(const synth::SpanReference& span) const {
    return m_ids[span.trace][span.span];
  }

 private:
  std::vector<std::vector<std::string>> m_ids;
};

// By what name a file refers to each service: its own, unless several are called so.
std::vector<std::string> service_ids(const synth::Scenario& scenario);

}  // namespace otelctl::scenario
