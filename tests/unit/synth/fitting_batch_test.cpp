// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/fitting_batch.hpp"

#include "decode.hpp"
#include <doctest/doctest.h>

#include "synth/batch_plan.hpp"
#include "synth/scenarios.hpp"

namespace otelctl::synth {
namespace {

TEST_CASE("small records leave a batch as it is") {
  CHECK(fitting_batch(test::compile(*find_scenario("agentmap")), 512) == 512);
}

TEST_CASE("requests of large records stay below what servers take") {
  const auto traces = test::compile(*find_scenario("large-attributes:64KiB"));
  const std::uint32_t batch = fitting_batch(traces, 512);
  CHECK(batch < 512);
  BatchPlan plan(traces, {.units = 200, .batch = batch}, test::k_start);
  const auto workspace = traces.make_workspace();
  while (const auto request = plan.next(test::k_start)) {
    CHECK(traces.encode(request->slices, Anchor::start, *workspace).size() < k_usual_request_limit);
  }
}

TEST_CASE("one record is the least, however large") {
  CHECK(fitting_batch(test::compile(*find_scenario("large-attributes:8MiB")), 512) == 1);
}

}  // namespace
}  // namespace otelctl::synth
