// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/integration/query_support.hpp"
#include "tests/support/fake_zipkin.hpp"
#include "trace/tree.hpp"

using namespace otelctl;
using namespace otelctl::test;
using query::find_last;

namespace {

FakeZipkinOptions below(const std::string& path) {
  FakeZipkinOptions options;
  options.base_path = path;
  return options;
}

}  // namespace

TEST_CASE("Zipkin gives the last traces, filtered, and one by its id") {
  const FakeZipkin zipkin({}, three_traces());
  const auto backend = open(zipkin.url(), "zipkin");
  check_filters(*backend);
  CHECK(backend->probe()->kind == "zipkin");
  CHECK(backend->probe()->dialect == "v2");
  CHECK(backend->services().value() == Paths{"mail", "payment", "shop"});
  CHECK(backend->operations("shop").value() == Paths{"get /"});

  const auto found = find_last(*backend, last_query());
  const trace::Summary& oldest = found->traces.back();
  CHECK(oldest.root_service == "shop");
  CHECK(oldest.root_name == "get /");
  CHECK(oldest.duration == std::chrono::milliseconds(9));
  CHECK(oldest.span_count == 2);
  CHECK(found->traces.front().error_count == 1);

  const auto trace = backend->trace(trace_id(1));
  REQUIRE(trace.has_value());
  CHECK(trace::build_tree(*trace).depth == std::vector<std::uint32_t>{0, 1});
  CHECK(zipkin.paths().back() == "/api/v2/trace/0000000000000001");
  CHECK(backend->page_of(trace_id(1)) == zipkin.url() + "/zipkin/traces/0000000000000001");
}

TEST_CASE("one request over all services lists Zipkin's traces") {
  std::vector<trace::Trace> traces;
  for (std::uint64_t number = 1; number <= 12; ++number) {
    traces.push_back(make_trace({{1, 0, 0, 5000}}, number, k_zero + 60 * k_minute - number));
  }
  const FakeZipkin zipkin({}, std::move(traces));
  const auto backend = open(zipkin.url(), "zipkin");
  CHECK(numbers(find_last(*backend, last_query())).size() == 10);
  const Paths paths = zipkin.paths();
  CHECK(std::count(paths.begin(), paths.end(), "/api/v2/services") == 1);
  CHECK(zipkin.last_parameter("serviceName").empty());
}

TEST_CASE("parts of a query that Zipkin finds on several spans are not taken for one") {
  const FakeZipkin zipkin({}, three_traces());
  const auto backend = open(zipkin.url(), "zipkin");
  query::LastQuery query = last_query();
  query.services = {"shop"};
  query.filter.tags = {{"card", "visa"}};
  CHECK(numbers(find_last(*backend, query)).empty());
  query.services = {"payment"};
  CHECK(numbers(find_last(*backend, query)) == Numbers{1});
}

TEST_CASE("what Zipkin, or its copy, does not filter is filtered here") {
  FakeZipkinOptions options;
  options.filters = false;
  const FakeZipkin zipkin(options, three_traces());
  check_filters(*open(zipkin.url(), "zipkin"));
}

TEST_CASE("names are asked for in lower case, and a note says so") {
  const FakeZipkin zipkin({}, three_traces());
  const auto backend = open(zipkin.url(), "zipkin");
  query::LastQuery query = last_query();
  query.services = {"Shop"};
  const auto found = find_last(*backend, query);
  CHECK(numbers(found) == Numbers{3, 1});
  CHECK(zipkin.last_parameter("serviceName") == "shop");
  CHECK(found->notes == Paths{"Zipkin keeps names in lower case: asked for 'shop'"});
}

TEST_CASE("a tag that an annotationQuery cannot say is filtered here, with a note") {
  std::vector<trace::Trace> traces = three_traces();
  traces.push_back(
      make_trace({{5, 0, 40 * k_minute, 40 * k_minute + 5000, "buy", "shop",
                   trace::SpanKind::server, trace::SpanStatus::unset, "food", "bread and butter"}},
                 4));
  const FakeZipkin zipkin({}, std::move(traces));
  const auto backend = open(zipkin.url(), "zipkin");
  query::LastQuery query = last_query();
  query.filter.tags = {{"food", "bread and butter"}};
  const auto found = find_last(*backend, query);
  CHECK(numbers(found) == Numbers{4});
  CHECK(zipkin.last_parameter("annotationQuery").empty());
  REQUIRE(found->notes.size() == 1);
  CHECK(found->notes[0].starts_with("Zipkin cannot be asked for this value of 'food'"));
}

TEST_CASE("Zipkin is found at its root, at its page and behind a path") {
  const FakeZipkin plain({}, three_traces());
  const FakeZipkin page(below("/zipkin"), three_traces());
  const FakeZipkin proxied(below("/obs/zipkin"), three_traces());
  const struct {
    std::string url;
    std::string page;
  } cases[] = {
      {plain.url(), plain.url() + "/zipkin"},
      {page.url() + "/zipkin", page.url() + "/zipkin"},
      {page.url() + "/zipkin/", page.url() + "/zipkin"},
      {page.url() + "/zipkin/traces/0000000000000001", page.url() + "/zipkin"},
      {page.url() + "/zipkin/dependency?x=y", page.url() + "/zipkin"},
      {page.url(), page.url() + "/zipkin"},
      {proxied.url() + "/obs", proxied.url() + "/obs/zipkin"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.url);
    const auto backend = open(each.url, "zipkin");
    CHECK(numbers(find_last(*backend, last_query())) == Numbers{3, 2, 1});
    CHECK(backend->page_of(trace_id(2)) == each.page + "/traces/0000000000000002");
  }
}

TEST_CASE(
    "a trace that Zipkin does not have is not seen; a page or a cut answer is not understood") {
  const FakeZipkin zipkin({}, three_traces());
  const auto unknown = open(zipkin.url(), "zipkin")->trace(trace_id(99));
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().kind == ErrorKind::not_seen);

  FakeZipkinOptions options = below("/elsewhere");
  options.has_page_for_unknown = true;
  const FakeZipkin web(options, {});
  const auto page = open(web.url(), "zipkin")->services();
  REQUIRE_FALSE(page.has_value());
  CHECK(page.error().kind == ErrorKind::not_understood);
  CHECK(page.error().message.find("web page") != std::string::npos);

  const FakeZipkin nothing(below("/elsewhere"), {});
  const auto missing = open(nothing.url(), "zipkin")->services();
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().message == nothing.url() + ": HTTP 404: not found");
  CHECK(missing.error().hint.find("Zipkin") != std::string::npos);

  FakeZipkinOptions cut;
  cut.cut_after = 100;
  const FakeZipkin broken(cut, three_traces());
  const auto half = open(broken.url(), "zipkin")->trace(trace_id(1));
  REQUIRE_FALSE(half.has_value());
  CHECK(half.error().kind == ErrorKind::not_understood);
  CHECK(half.error().message.find("cut short") != std::string::npos);
}
