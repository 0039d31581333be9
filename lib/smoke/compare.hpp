// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "smoke/fidelity.hpp"
#include "trace/trace.hpp"

namespace otelctl::smoke {

// One field that came back otherwise than it was sent. Values are JSON; empty where there is none.
// Not yet escaped.
struct Difference {
  std::string path;  // spans["otelctl canary"].attributes["otelctl.canary.int"]
  std::string sent;
  std::string got;
  bool is_whole_span = false;  // the span is not there
};

struct Comparison {
  std::vector<Difference> differences;
  // Losses that are known of some storages behind such a backend, each kind once.
  std::vector<std::string> warnings;
  // What was added on the way, and what this backend's form cannot hold.
  std::vector<std::string> notes;
};

// Compares every field of every span that was sent with the one of the same id. Attributes, events,
// links and spans that were not sent are notes.
Comparison compare(const trace::Trace& sent, const trace::Trace& got, const Fidelity& fidelity);

// How many of the spans that were sent are there.
std::size_t count_present(const trace::Trace& sent, const trace::Trace& got);

}  // namespace otelctl::smoke
