// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/progress.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::report;
using namespace std::chrono_literals;
using synth::SendProgress;

namespace {

const SendProgress k_before{.elapsed = 12'000ms, .generated = 1'000'000};
const SendProgress k_now{.elapsed = 12'250ms,
                         .generated = 1'250'000,
                         .accepted = 1'240'000,
                         .rejected = 12,
                         .failed = 5'904,
                         .in_flight = 4096,
                         .p50 = 1'250us,
                         .p99 = 17ms};

}  // namespace

TEST_CASE("the line has the time, the present rate, what became of the records and the latency") {
  CHECK(progress_line(k_now, k_before, Signal::traces, 200) ==
        "12s  1.00M spans/s  1.24M accepted, 12 rejected, 5.90k failed, 4.10k in flight  "
        "p50 1.25ms, p99 17.0ms");
  CHECK(progress_line(k_now, k_before, Signal::metrics, 200).find("data points/s") !=
        std::string::npos);
}

TEST_CASE("what does not fit into the width is left out, from the right") {
  CHECK(progress_line(k_now, k_before, Signal::traces, 40) == "12s  1.00M spans/s  1.24M accepted");
  for (std::size_t width = 0; width < 120; ++width) {
    CHECK(progress_line(k_now, k_before, Signal::logs, width).size() <= width);
  }
}

TEST_CASE("a run that has just begun has a rate of 0") {
  CHECK(progress_line({}, {}, Signal::traces, 30) == "0s  0 spans/s  0 accepted");
}
