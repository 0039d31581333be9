// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/draft.hpp"

#include <sstream>

#include "tests/unit/check/support.hpp"

using namespace otelctl;
using namespace otelctl::test;

namespace {

std::string draft_of(const trace::Trace& trace) {
  const trace::Analysis analysis(trace);
  std::ostringstream out;
  check::write_draft(out, analysis);
  return out.str();
}

// The trace passes what was drafted from it, and the draft has no findings.
void check_passes(const trace::Trace& trace) {
  const std::string draft = draft_of(trace);
  CAPTURE(draft);
  const auto file = check::read_expectations("draft.yaml", draft, Environment());
  for (const config::Finding& finding : file.report.findings) {
    FAIL_CHECK(finding.line << ": " << finding.message);
  }
  REQUIRE(file.is_valid);
  const trace::Analysis analysis(trace);
  const auto checks = check::evaluate(analysis, file.expectations.front());
  CHECK(lines_of(checks).find("FAIL") == std::string::npos);
  CHECK(checks.size() > 3);
}

}  // namespace

TEST_CASE("a draft says what lasts, with generous bounds") {
  CHECK(draft_of(order_trace()) ==
        "# Drafted by otelctl from trace 00000000000000000000000000000001: look it over.\n"
        "# otelctl check-traces --help says what else can be written here.\n"
        "version: 1\n"
        "defaults: {timeout: 30s, settle: 2s}\n"
        "expect:\n"
        "  - name: POST /orders\n"
        "    find:    # add a tag that only this run has, or give --trace-id\n"
        "      service: checkout\n"
        "      operation: POST /orders\n"
        "      since: 1h\n"
        "    trace:\n"
        "      spans: \">=5\"\n"
        "      services: [payment, checkout]\n"
        "      max_duration: 600ms\n"
        "      errors: \"<=1\"\n"
        "      orphans: 0\n"
        "      roots: 1\n"
        "    spans:\n"
        "      - match: {name: POST /orders, service: checkout, kind: server}\n"
        "        count: \">=1\"\n"
        "        each: {max_duration: 600ms}\n"
        "        attributes: {http.request.method: POST, http.response.status_code: 201}\n"
        "      - match: {name: POST /charge, service: payment, kind: client}\n"
        "        count: \">=1\"\n"
        "        each: {max_duration: 300ms}\n"
        "      - match: {name: SELECT accounts, service: payment, kind: client}\n"
        "        count: \">=2\"\n"
        "        each: {max_duration: 200ms}\n"
        "        attributes: {db.system: postgresql}\n"
        "      - match: {name: POST bank, service: payment, kind: client}\n"
        "        count: \">=1\"\n"
        "        each: {max_duration: 200ms}\n"
        "    # In the order of their start; other spans may stand between.\n"
        "    tree: |\n"
        "      POST /orders @checkout\n"
        "        POST /charge @payment\n"
        "          SELECT accounts @payment\n"
        "          SELECT accounts @payment\n"
        "        POST bank @payment\n");
}

TEST_CASE("a trace passes its own draft") {
  check_passes(order_trace());
}

TEST_CASE("names that mean something in a file") {
  check_passes(make_full_trace({
      {1, 0, 0, 100, "SELECT * FROM a", "==shop"},
      {2, 1, 10, 20, "/a b/", "a@b"},
      {3, 1, 30, 40, "${HOME} costs $5", "x"},
      {4, 1, 50, 60, "# no: comment", "- y"},
      {5,
       1,
       61,
       62,
       "!=x",
       "true",
       trace::SpanKind::client,
       trace::SpanStatus::ok,
       {{"http.route", "/a/*/b?"},
        {"http.method", "present"},
        {"error.type", "200"},
        {"db.system", ">=5"},
        {"rpc.method", ""},
        {"http.status_code", std::int64_t{-1}}}},
      {6, 1, 63, 64, "line\nend", "z"},
      {7, 1, 65, 66, "  spaces  ", "z"},
      {8, 1, 67, 68, "\xff\xfe", "\xff"},
      {9, 1, 69, 70, "", ""},
      {10, 1, 71, 72, "~", "null"},
      {11, 1, 73, 74, std::string_view("nul\0l", 5), std::string_view("#\0", 2)},
      {12, 1, 75, 76, "\x1b[31mred", "\x7f"},
      {13, 1, 77, 78, "\u0085\u2028", "\ufeff"},
  }));
}

TEST_CASE("what runs at the same time has no order") {
  const std::string draft = draft_of(make_full_trace(
      {{1, 0, 0, 100, "root"}, {2, 1, 10, 50, "a"}, {3, 1, 20, 60, "b"}, {4, 1, 70, 80, "c"}}));
  CHECK(
      draft.find("    tree: |\n      root @checkout\n        a @checkout\n        c @checkout\n") !=
      std::string::npos);
}

TEST_CASE("odd traces pass their drafts too") {
  check_passes(make_full_trace({{1, 9, 0, 1, "orphan"}, {2, 0, 5, 6, "root"}}));
  check_passes(make_full_trace({{1, 2, 0, 1, "ring"}, {2, 1, 5, 6, "ring"}}));
  check_passes(make_full_trace({{1, 0, 0, 0, "no time"}}));
  std::vector<FullSpan> many;
  for (std::uint64_t id = 1; id <= 300; ++id) {
    many.push_back({id, id - 1, id, 1000 - id, "deep"});
  }
  check_passes(make_full_trace(many));
}
