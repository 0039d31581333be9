// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/golden.hpp"

#include <algorithm>

#include "tests/unit/check/support.hpp"

using namespace otelctl;
using namespace otelctl::test;

namespace {

check::GoldenExpectation golden_of(const std::vector<std::string>& ignored = {}) {
  check::GoldenExpectation golden;
  golden.path = "order.golden";
  for (const std::string& each : ignored) {
    golden.ignored.push_back(check::TextPattern::parse(each).value());
  }
  return golden;
}

std::string written(const trace::Trace& trace, const std::vector<std::string>& ignored = {}) {
  const trace::Analysis analysis(trace);
  return check::write_golden(analysis, golden_of(ignored)).value();
}

check::Check compare(const std::string& content, const trace::Trace& trace,
                     const std::vector<std::string>& ignored = {}) {
  const trace::Analysis analysis(trace);
  check::GoldenExpectation golden = golden_of(ignored);
  golden.content = content;
  return check::check_golden(analysis, golden);
}

}  // namespace

TEST_CASE("a golden file shows the structure, without ids, times and secrets") {
  CHECK(written(order_trace()) ==
        "# otelctl golden trace 1\n"
        "- POST /orders @checkout server\n"
        "    resource:host.name = \"a1\"\n"
        "    cached = false\n"
        "    http.request.method = \"POST\"\n"
        "    http.response.status_code = 201\n"
        "    ratio = 1.5\n"
        "  - POST /charge @payment client status=ok\n"
        "    - SELECT accounts @payment client\n"
        "        db.statement = \"SELECT * FROM accounts\"\n"
        "        db.system = \"postgresql\"\n"
        "    - SELECT accounts @payment client\n"
        "        db.system = \"postgresql\"\n"
        "  - POST bank @payment client status=error\n"
        "      authorization = [REDACTED]\n"
        "      event exception\n"
        "      event retry\n");
}

TEST_CASE("a golden file has the counts of tokens, which are no secrets") {
  FullSpan span{1, 0, 0, 1, "call"};
  span.attributes = {{"gen_ai.usage.input_tokens", std::int64_t{150}}, {"access.token", "abc"}};
  const std::string content = written(make_full_trace({span}));
  CHECK(content.find("gen_ai.usage.input_tokens = 150\n") != std::string::npos);
  CHECK(content.find("access.token = [REDACTED]\n") != std::string::npos);
}

TEST_CASE("a trace is as its own golden file, in whatever order its spans come and run") {
  const std::string content = written(order_trace());
  CHECK(compare(content, order_trace()).ok);
  std::vector<FullSpan> spans = order_spans();
  std::reverse(spans.begin(), spans.end());
  std::swap(spans[1].start, spans[2].start);
  CHECK(compare(content, make_full_trace(spans, 7)).ok);
}

TEST_CASE("what differs is shown as in a diff") {
  std::vector<FullSpan> spans = order_spans();
  spans[1].name = "POST /pay";
  const check::Check check = compare(written(order_trace()), make_full_trace(spans));
  CHECK_FALSE(check.ok);
  CHECK(check.expected == "5 spans");
  CHECK(check.got == "5 spans, which differ");
  CHECK(check.nearest ==
        "-  - POST /charge @payment client status=ok\n"
        "+  - POST /pay @payment client status=ok");
}

TEST_CASE("ignored attributes count neither in the trace nor in the file") {
  std::vector<FullSpan> spans = order_spans();
  spans[0].resource = {{"host.name", "b2"}};
  const trace::Trace moved = make_full_trace(spans);
  const std::string content = written(order_trace());
  CHECK_FALSE(compare(content, moved).ok);
  CHECK(compare(content, moved, {"resource:host.*"}).ok);
  CHECK(written(moved, {"resource:host.*"}).find("host.name") == std::string::npos);
  CHECK(compare(written(moved, {"*"}), moved, {"*"}).ok);
}

TEST_CASE("a span that is missing may still come") {
  std::vector<FullSpan> spans = order_spans();
  spans.pop_back();
  CHECK(compare(written(order_trace()), make_full_trace(spans)).may_heal);
  CHECK_FALSE(compare(written(make_full_trace(spans)), order_trace()).may_heal);
}

TEST_CASE("only what begins as a golden file is one") {
  CHECK(check::is_golden(written(order_trace())));
  CHECK_FALSE(check::is_golden("root:x:0:0"));
  CHECK_FALSE(check::is_golden(""));
}

TEST_CASE("any bytes can be compared with") {
  for (const std::string& content :
       {std::string("# otelctl golden trace 1\n"), std::string("- \n- \n      - x\n y = 1"),
        std::string(100'000, '\n'), "- a\n" + std::string(100'000, ' ') + "- b\n",
        std::string("    detail = 1\n- \xff\xff @\n")}) {
    CHECK_FALSE(compare(content, order_trace()).ok);
  }
  std::string deep;
  for (std::size_t depth = 0; depth < 3000; ++depth) {
    deep += std::string(depth * 2, ' ') + "- a\n";
  }
  CHECK_FALSE(compare(deep, order_trace()).ok);
}

TEST_CASE("a trace that is too deep has none") {
  std::vector<ShortSpan> spans;
  for (std::uint64_t id = 1; id <= 300; ++id) {
    spans.push_back({id, id - 1, id, 1000 - id, "deep"});
  }
  const trace::Trace trace = make_trace(spans);
  const trace::Analysis analysis(trace);
  CHECK_FALSE(check::write_golden(analysis, golden_of()).has_value());
  CHECK_FALSE(compare("# otelctl golden trace 1\n", trace).ok);
}
