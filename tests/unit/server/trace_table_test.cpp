// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/trace_table.hpp"

#include <map>
#include <memory>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using otelctl::testing::trace_id;

struct Entry {
  TraceId id;
};

TEST_CASE("an empty table finds nothing and takes no memory") {
  const TraceTable<Entry> table;
  CHECK(table.find(trace_id(1)) == nullptr);
  CHECK(table.memory() == 0);
  CHECK(table.growth_cost() > 0);
}

TEST_CASE("the table agrees with a map over random insertions and removals") {
  SeededRandom random(7);
  TraceTable<Entry> table;
  std::map<std::uint64_t, std::unique_ptr<Entry>> expected;
  for (int step = 0; step < 20'000; ++step) {
    // Few ids and phases of growing and shrinking, so that chains form and break up.
    const std::uint64_t number = random.next() % 700;
    const bool grows = step / 2000 % 2 == 0;
    const auto found = expected.find(number);
    if (found == expected.end()) {
      CHECK(table.find(trace_id(number)) == nullptr);
      if (grows || random.next() % 4 == 0) {
        auto entry = std::make_unique<Entry>(Entry{trace_id(number)});
        const std::uint64_t most = table.memory() + table.growth_cost();
        table.insert(entry.get());
        CHECK(table.memory() <= most);
        expected.emplace(number, std::move(entry));
      }
    } else {
      CHECK(table.find(trace_id(number)) == found->second.get());
      if (!grows || random.next() % 4 == 0) {
        table.erase(found->second.get());
        expected.erase(found);
      }
    }
  }
  for (const auto& [number, entry] : expected) {
    CHECK(table.find(trace_id(number)) == entry.get());
  }
}

}  // namespace
}  // namespace otelctl::server
