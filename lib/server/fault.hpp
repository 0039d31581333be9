// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "server/stats.hpp"

namespace otelctl::server {

// What is done to a request that could have been taken.
struct Fault {
  enum class Kind {
    none,
    too_many,     // 429, RESOURCE_EXHAUSTED
    unavailable,  // 503, UNAVAILABLE
    partial,      // taken, but for some of its records
    reset,        // its connection is broken off with a TCP reset, and it is not taken
    drop,         // its connection is closed, and it is not taken
  };
  Kind kind = Kind::none;
  nanoseconds retry_after{0};  // of too_many
  std::uint64_t reject = 0;    // of partial: so many records at most
  nanoseconds delay{0};        // before all of that
};

// What a server says that refuses because of one.
inline constexpr std::string_view k_fault_429 = "too many requests, as --fault 429 asks for";
inline constexpr std::string_view k_fault_unavailable =
    "unavailable, as --fault unavailable asks for";

// One part of a specification. `share` is what the requests are counted with: it befalls `share`
// of every `of`, those that nothing else befalls when `is_rest` is set.
struct FaultRule {
  Fault fault;
  std::uint64_t share = 1;
  std::uint64_t of = 1;
  bool is_rest = false;
};

// Reads what --fault is given, each of parts with commas in between: 429[:retry-after=SECONDS],
// unavailable, partial=K, slow=DURATION and reset, each with a share of the requests ("@10%") or
// without for all of them, and drop-connection-every=N. Shares of those that exclude each other add
// up to 100 % at most, and only one of these may be without. Error kind: usage.
Result<std::vector<FaultRule>> parse_faults(const std::vector<std::string>& specifications);

// What a part begins with: "429", "slow=".
std::vector<std::string> fault_forms();

// Decides over each request as it comes. Shares are exact and even, not drawn: of n requests a rule
// has picked share * n / of, rounded down; where two are due for one request, the later rule takes
// the next (drop-connection-every goes first). Thread-safe.
class FaultPlan {
 public:
  explicit FaultPlan(std::vector<FaultRule> rules = {});

  // Whether requests are ever held back, or connections ever broken off.
  bool holds_back() const { return m_holds_back; }
  bool breaks_connections() const { return m_breaks_connections; }

  // What befalls the next request.
  Fault next();
  // A request that was held back and whose client did not wait for the answer: it is not taken.
  void note_abandoned();
  FaultCounts counts() const;

 private:
  struct Rule {
    FaultRule rule;
    std::uint64_t credit = 0;
  };
  void count(const Fault& fault);

  bool m_holds_back = false;
  bool m_breaks_connections = false;
  mutable std::mutex m_mutex;  // guards what follows
  std::vector<Rule> m_rules;
  FaultCounts m_counts;
};

}  // namespace otelctl::server
