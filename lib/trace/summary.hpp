// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "trace/trace.hpp"
#include "trace/tree.hpp"

namespace otelctl::trace {

struct ServiceCount {
  std::string name;
  std::size_t span_count = 0;

  friend bool operator==(const ServiceCount&, const ServiceCount&) = default;
};

// What a list of traces shows of each one. Texts are as the backend gave them, not yet escaped.
struct Summary {
  TraceId id;
  std::string root_service;
  std::string root_name;
  Time start;
  nanoseconds duration{0};
  std::size_t span_count = 0;
  std::size_t error_count = 0;
  std::vector<ServiceCount> services;  // most spans first, then by name
};

// The span that a trace is named after: the earliest one without a parent, where there is none the
// earliest orphan. k_no_span: the trace is empty.
std::uint32_t main_root(const Tree& tree);

Summary summarize(const Trace& trace, const Tree& tree);
Summary summarize(const Trace& trace);

// Most spans first, then by name.
void sort_services(std::vector<ServiceCount>& services);

}  // namespace otelctl::trace
