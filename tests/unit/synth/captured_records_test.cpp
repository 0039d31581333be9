// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/captured_records.hpp"

#include <doctest/doctest.h>

#include "tests/unit/synth/captured.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

TEST_CASE("records are found with the places of their ids and times") {
  const std::string payload = captured().SerializeAsString();
  RecordScanner scanner(Signal::traces);
  REQUIRE(scanner.scan(payload));
  const CapturedRecords found = scanner.take();
  // Two resources, of which one stands there twice, with a scope each.
  CHECK(found.groups.size() == 4);
  REQUIRE(found.records.size() == 5);
  CHECK(found.bad_ids == 0);
  CHECK(found.records[0].trace_id == k_first_trace);
  CHECK(found.records[0].start == k_captured + 5000);
  CHECK(found.records[0].end == k_captured + 6001);
  CHECK(found.records[0].group == found.records[4].group);
  // A root's two ids and two times, of the child its parent, an event and two links too.
  CHECK(found.records[1].first_patch - found.records[0].first_patch == 4);
  CHECK(found.records[3].first_patch - found.records[2].first_patch == 10);
  int renewed = 0;
  for (std::size_t patch = found.records[2].first_patch; patch < found.records[3].first_patch;
       ++patch) {
    const auto [offset, kind] = found.patches[patch];
    const std::string_view bytes = found.records[2].bytes.substr(offset);
    renewed += kind == RenewedKind::trace_id && bytes.starts_with(k_first_trace) ? 1 : 0;
    renewed += kind == RenewedKind::trace_id && bytes.starts_with(k_foreign_trace) ? 10 : 0;
    renewed += kind == RenewedKind::span_id && bytes.starts_with("root-1--") ? 100 : 0;
    renewed += kind == RenewedKind::span_id && bytes.starts_with("foreign-") ? 1000 : 0;
  }
  CHECK(renewed == 1111);
}

TEST_CASE("a capture of more than can be kept is refused") {
  const std::string payload = captured().SerializeAsString();
  CHECK(RecordScanner(Signal::traces, {.records = 5, .groups = 4}).scan(payload));
  const auto records = RecordScanner(Signal::traces, {.records = 4}).scan(payload);
  REQUIRE_FALSE(records);
  CHECK(records.error().what == "Span: there are more than 4");
  const auto groups = RecordScanner(Signal::traces, {.groups = 3}).scan(payload);
  REQUIRE_FALSE(groups);
  CHECK(groups.error().what == "ScopeSpans: there are more than 3 different ones");
  CHECK(payload.substr(groups.error().at, 1) == "\x12");
}
