// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"

// What makes the requests of a run. A run is a row of units, numbered from 0: a unit is a trace
// with its spans, or one pass over a scenario's metrics or log records. Unit number n of a seed is
// always the same, apart from its time, whichever thread or machine makes it.
namespace otelctl::synth {

// A unit, or a part of it, for one request.
struct Slice {
  std::uint64_t unit = 0;
  // Records of it in the order in which they are sent: of a trace by service, depth first in each.
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  Time time = {};  // where the unit's start, or its end, is put
};

enum class Anchor { start, end };

// What one thread needs to encode a request and uses again for the next. The request's bytes lie in
// it and stay until then.
class Workspace {
 public:
  virtual ~Workspace() = default;
};

// All methods may be called from many threads.
class Generator {
 public:
  virtual ~Generator() = default;

  virtual Signal signal() const = 0;
  // Units of a run that says nothing else: one trace, one pass; of a replay all that it holds.
  virtual std::uint64_t default_units() const { return 1; }
  // Records of a unit, at least 1.
  virtual std::uint32_t size(std::uint64_t unit) const = 0;
  // Whether a unit stays in one request unless it is larger than a batch. Traces do.
  virtual bool keeps_units_whole() const = 0;
  // The trace's id, for the account; nothing for other signals.
  virtual std::optional<TraceId> trace_id(std::uint64_t unit) const = 0;

  // Each request that is under way needs a workspace of its own.
  virtual std::unique_ptr<Workspace> make_workspace() const = 0;
  // One Export*ServiceRequest with the slices: one entry a service that has records in it, its
  // resource and scope once. `workspace` is one of this generator's.
  virtual std::string_view encode(const std::vector<Slice>& slices, Anchor anchor,
                                  Workspace& workspace) const = 0;
};

}  // namespace otelctl::synth
