// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "trace/trace.hpp"

namespace otelctl::test {

// What a search of a Jaeger asks for; all of it must hold for one span of the trace.
struct WantedTraces {
  std::string service = {};     // "" is any
  std::string operation = {};   // likewise
  std::string attributes = {};  // {"k":"v"}, compared as text
  Time start = {};
  Time end = {};
  std::size_t limit = 100;
};

// The store behind the fake Jaegers.
class HeldTraces {
 public:
  explicit HeldTraces(std::vector<trace::Trace> traces) : m_traces(std::move(traces)) {}

  void add(trace::Trace trace) { m_traces.push_back(std::move(trace)); }
  enum class Order { newest_first, oldest_first };
  void sort(Order order);

  std::set<std::string> services() const;
  std::set<std::string> operations(const std::string& service) const;
  // In the order in which they are held.
  std::vector<const trace::Trace*> find(const WantedTraces& wanted) const;
  // The one with that id; null when there is none.
  const trace::Trace* find(const std::string& hex) const;

 private:
  std::vector<trace::Trace> m_traces;
};

}  // namespace otelctl::test
