// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// The query pipeline against servers that answer as the Jaegers of the last years do.
#include <algorithm>
#include <vector>

#include "tests/integration/query_support.hpp"
#include "tests/support/fake_jaeger.hpp"
#include "tests/support/make_trace.hpp"
#include "trace/tree.hpp"

using namespace otelctl;
using namespace otelctl::query;
using std::chrono::hours;
using std::chrono::minutes;
using test::FakeJaeger;
using test::FakeJaegerOptions;
using test::k_hour_after_zero;
using test::k_minute;
using test::last_query;
using test::make_trace;
using test::Numbers;
using test::numbers;
using test::open;
using test::Paths;
using test::ShortSpan;
using test::three_traces;

namespace {

settings::QuerySettings settings_for(const std::string& url,
                                     std::vector<std::string> headers = {}) {
  settings::QueryFlags flags;
  flags.backend = url;
  flags.headers = std::move(headers);
  return settings::resolve_query(flags, Environment()).value();
}

FakeJaegerOptions current() {
  return {};
}
FakeJaegerOptions next() {
  FakeJaegerOptions options;
  options.has_legacy_search = false;
  return options;
}
FakeJaegerOptions without_summaries() {
  FakeJaegerOptions options;
  options.has_summaries = false;
  options.filters_attributes = false;
  return options;
}
FakeJaegerOptions before_2_16() {
  FakeJaegerOptions options = without_summaries();
  options.has_page_for_unknown = true;
  return options;
}
FakeJaegerOptions copy() {
  FakeJaegerOptions options;
  options.has_v3 = false;
  return options;
}
FakeJaegerOptions old() {
  FakeJaegerOptions options = copy();
  options.has_page_for_unknown = true;
  return options;
}

}  // namespace

TEST_CASE("every Jaeger gives the same traces, and its dialect is told by its answers") {
  const struct {
    const char* name;
    FakeJaegerOptions options;
    const char* dialect;
  } cases[] = {{"2.19 and 2.20", current(), "v3"},
               {"the next one, without legacy search", next(), "v3"},
               {"2.16 to 2.18", without_summaries(), "v3"},
               {"1.54 to 2.15", before_2_16(), "v3"},
               {"VictoriaTraces", copy(), "legacy"},
               {"before 1.35", old(), "legacy"}};
  for (const auto& each : cases) {
    CAPTURE(each.name);
    const FakeJaeger jaeger(each.options, three_traces());
    const auto backend = open(jaeger.url());
    const auto found = find_last(*backend, last_query());
    REQUIRE(numbers(found) == Numbers{3, 2, 1});
    CHECK_FALSE(found->is_truncated);
    CHECK(backend->probe()->dialect == each.dialect);
    CHECK(backend->probe()->url == jaeger.url());
    const trace::Summary& oldest = found->traces.back();
    CHECK(oldest.root_service == "shop");
    CHECK(oldest.root_name == "GET /");
    CHECK(oldest.duration == std::chrono::milliseconds(9));
    CHECK(oldest.span_count == 2);
    CHECK(oldest.error_count == 0);
    CHECK(found->traces.front().error_count == 1);

    const auto trace = backend->trace(test::trace_id(1));
    REQUIRE(trace.has_value());
    REQUIRE(trace->spans.size() == 2);
    const trace::Tree tree = trace::build_tree(*trace);
    CHECK(tree.depth == std::vector<std::uint32_t>{0, 1});
    CHECK(trace->service(trace->spans[1]) == "payment");
    CHECK(trace->spans[1].kind == trace::SpanKind::client);
  }
}

TEST_CASE("a trace that the backend does not have is not seen, in either dialect") {
  for (const auto& options : {current(), next(), before_2_16(), copy(), old()}) {
    const FakeJaeger jaeger(options, three_traces());
    const auto trace = open(jaeger.url())->trace(test::trace_id(99));
    REQUIRE_FALSE(trace.has_value());
    CHECK(trace.error().kind == ErrorKind::not_seen);
    CHECK(trace.error().message == "the backend has no trace 00000000000000000000000000000063");
  }
}

TEST_CASE("a current Jaeger is asked for summaries only, and for no service") {
  const FakeJaeger jaeger(current(), three_traces());
  const auto backend = open(jaeger.url());
  LastQuery query = last_query();
  query.until = k_hour_after_zero - minutes(25);
  query.since = *query.until - minutes(4);
  CHECK(numbers(find_last(*backend, query)).empty());
  query.since = *query.until - minutes(6);
  CHECK(numbers(find_last(*backend, query)) == Numbers{3});
  const Paths paths = jaeger.paths();
  CHECK(std::count(paths.begin(), paths.end(), "/api/v3/traces") == 0);
}

TEST_CASE("two requests list the traces of a busy backend") {
  std::vector<trace::Trace> traces;
  for (std::uint64_t number = 1; number <= 12; ++number) {
    traces.push_back(make_trace({{1, 0, 0, 5}}, number, test::k_zero + 60 * k_minute - number));
  }
  const FakeJaeger jaeger(current(), std::move(traces));
  CHECK(numbers(find_last(*open(jaeger.url()), last_query())).size() == 10);
  CHECK(jaeger.paths() == Paths{"/api/v3/services", "/api/v3/trace-summaries"});
}

TEST_CASE("a store that cannot search over all services is asked for each") {
  for (const bool says_so : {true, false}) {
    FakeJaegerOptions options = current();
    options.needs_service = says_so;
    options.is_empty_without_service = !says_so;
    const FakeJaeger jaeger(options, three_traces());
    CHECK(numbers(find_last(*open(jaeger.url()), last_query())) == Numbers{3, 2, 1});
    options.has_summaries = false;
    const FakeJaeger older(options, three_traces());
    CHECK(numbers(find_last(*open(older.url()), last_query())) == Numbers{3, 2, 1});
  }
}

TEST_CASE("filters find the same traces in every dialect") {
  for (const auto& options :
       {current(), next(), without_summaries(), before_2_16(), copy(), old()}) {
    const FakeJaeger jaeger(options, three_traces());
    const auto backend = open(jaeger.url());
    LastQuery query = last_query();
    query.filter.tags = {{"card", "visa"}};
    CHECK(numbers(find_last(*backend, query)) == Numbers{1});
    query.filter.tags = {{"card", "other"}};
    CHECK(numbers(find_last(*backend, query)).empty());
    query = last_query();
    query.filter.must_have_failed = true;
    CHECK(numbers(find_last(*backend, query)) == Numbers{3});
    query = last_query();
    query.filter.operation = "GET /";
    CHECK(numbers(find_last(*backend, query)) == Numbers{3, 1});
    query = last_query();
    query.services = {"payment", "mail"};
    CHECK(numbers(find_last(*backend, query)) == Numbers{2, 1});
    query = last_query();
    query.min_duration = std::chrono::milliseconds(2);
    CHECK(numbers(find_last(*backend, query)) == Numbers{2, 1});
  }
}

TEST_CASE("api_v3 that ignores attributes is not asked for them where the legacy API can be") {
  const FakeJaeger jaeger(without_summaries(), three_traces());
  const auto backend = open(jaeger.url());
  LastQuery query = last_query();
  query.filter.tags = {{"card", "visa"}};
  CHECK(numbers(find_last(*backend, query)) == Numbers{1});
  const Paths paths = jaeger.paths();
  CHECK(std::count(paths.begin(), paths.end(), "/api/traces") > 0);
  CHECK(std::count(paths.begin(), paths.end(), "/api/v3/traces") == 0);
}

TEST_CASE("api_v3 that ignores attributes is filtered here where nothing else is there") {
  FakeJaegerOptions options = without_summaries();
  options.has_legacy_search = false;
  const FakeJaeger jaeger(options, three_traces());
  const auto backend = open(jaeger.url());
  LastQuery query = last_query();
  query.filter.tags = {{"card", "visa"}};
  const auto found = find_last(*backend, query);
  CHECK(numbers(found) == Numbers{1});
  REQUIRE_FALSE(found->notes.empty());
  CHECK(found->notes[0].starts_with("this backend cannot filter by tags or errors"));
}

TEST_CASE("the API below a base path is found with the path and without it") {
  FakeJaegerOptions options = current();
  options.base_path = "/jaeger";
  options.has_page_for_unknown = true;
  const FakeJaeger jaeger(options, three_traces());
  CHECK(numbers(find_last(*open(jaeger.url() + "/jaeger"), last_query())).size() == 3);
  CHECK(numbers(find_last(*open(jaeger.url() + "/jaeger/"), last_query())).size() == 3);
  const auto backend = open(jaeger.url());
  const auto found = find_last(*backend, last_query());
  CHECK(numbers(found).size() == 3);
  CHECK(found->notes == Paths{"the query API is below " + jaeger.url() + "/jaeger"});
}

TEST_CASE("what is no query API is said in words that help") {
  const struct {
    int status;
    const char* body;
    const char* location;
    ErrorKind kind;
    const char* words;
    const char* hint;
  } cases[] = {
      {401, "missing tenant header", "", ErrorKind::refused, "HTTP 401: missing tenant header",
       "--tenant"},
      {403, "", "", ErrorKind::refused, "HTTP 403", "--backend-header"},
      {302, "", "https://login.example.com/?token=secret", ErrorKind::refused,
       "redirected to https://login.example.com/", "login page"},
      {301, "", "https://jaeger.example.com/", ErrorKind::not_understood, "redirected to",
       "--backend"},
      {503, "no healthy upstream", "", ErrorKind::unreachable, "HTTP 503: no healthy upstream",
       "try again"},
      {429, "slow down", "", ErrorKind::unreachable, "HTTP 429: slow down", "try again"},
      {500, R"({"error":{"httpCode":500,"message":"storage is down"}})", "",
       ErrorKind::not_understood, "HTTP 500: storage is down", "log"},
      {404, "404 page not found", "", ErrorKind::not_understood, "HTTP 404: 404 page not found",
       "query service"},
      {200, "<!doctype html><title>hello</title>", "", ErrorKind::not_understood,
       "this is a web page, not the query API", "base path"},
      {200, R"({"hello":"world"})", "", ErrorKind::not_understood,
       "the answer is not that of a query API", "16686"},
      {200, "pong", "", ErrorKind::not_understood, "the answer is not that of a query API",
       "16686"},
      {200, "", "", ErrorKind::not_understood, "the answer is not that of a query API", "16686"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.status);
    CAPTURE(each.body);
    FakeJaegerOptions options;
    options.status = each.status;
    options.body = each.body;
    options.location = each.location;
    const FakeJaeger jaeger(options, {});
    settings::QuerySettings settings = settings_for(jaeger.url());
    settings.kind = settings::BackendKind::jaeger;
    const auto found = find_last(*open_backend(settings, std::cin).value(), last_query());
    REQUIRE_FALSE(found.has_value());
    CAPTURE(found.error().message);
    CAPTURE(found.error().hint);
    CHECK(found.error().kind == each.kind);
    CHECK(found.error().message.find(each.words) != std::string::npos);
    CHECK(found.error().message.starts_with(jaeger.url()));
    CHECK(found.error().message.find("secret") == std::string::npos);
    CHECK(found.error().hint.find(each.hint) != std::string::npos);
  }
}

TEST_CASE("a server's words are escaped") {
  FakeJaegerOptions options;
  options.status = 403;
  options.body = "go \x1b[31maway";
  const FakeJaeger jaeger(options, {});
  const auto found = find_last(*open(jaeger.url()), last_query());
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().message.ends_with("HTTP 403: go \\x1b[31maway"));
}

TEST_CASE("nothing listening is not reachable, and the hint speaks of trace backends") {
  std::string url;
  {
    const FakeJaeger gone({}, {});
    url = gone.url();
  }
  const auto found = find_last(*open(url), last_query());
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().kind == ErrorKind::unreachable);
  CHECK(found.error().hint.find("otelctl serve") != std::string::npos);
}

TEST_CASE("an answer that is cut short is not understood, in either dialect") {
  for (FakeJaegerOptions options : {next(), copy()}) {
    for (const bool hangs_up : {false, true}) {
      options.cut_after = 150;
      options.hangs_up = hangs_up;
      const FakeJaeger jaeger(options, three_traces());
      const auto trace = open(jaeger.url())->trace(test::trace_id(1));
      REQUIRE_FALSE(trace.has_value());
      CHECK(trace.error().kind == ErrorKind::not_understood);
      CHECK(trace.error().message.find("cut short") != std::string::npos);
    }
  }
}

TEST_CASE("headers go out, and the tenant under the name that Jaeger reads") {
  const FakeJaeger jaeger(current(), three_traces());
  settings::QueryFlags flags;
  flags.backend = jaeger.url();
  flags.tenant = "team-a";
  flags.headers = {"authorization=Bearer abc"};
  const auto backend =
      open_backend(settings::resolve_query(flags, Environment()).value(), std::cin).value();
  REQUIRE(backend->services().has_value());
  CHECK(jaeger.last_header("x-tenant") == "team-a");
  CHECK(jaeger.last_header("authorization") == "Bearer abc");
}

TEST_CASE("a trace of 10000 spans in one chain comes whole, in either dialect") {
  std::vector<ShortSpan> chain;
  for (std::uint64_t id = 1; id <= 10'000; ++id) {
    chain.push_back({id, id - 1, id * 1000, 100'000'000 - id * 1000});
  }
  for (const auto& options : {next(), copy()}) {
    const FakeJaeger jaeger(options, {make_trace(chain, 7)});
    const auto trace = open(jaeger.url())->trace(test::trace_id(7));
    REQUIRE(trace.has_value());
    const trace::Tree tree = trace::build_tree(*trace);
    REQUIRE(tree.order.size() == 10'000);
    CHECK(tree.depth[tree.order.back()] == 9'999);
  }
}

TEST_CASE("operations are listed in either dialect") {
  for (const auto& options : {next(), copy()}) {
    const FakeJaeger jaeger(options, three_traces());
    CHECK(open(jaeger.url())->operations("shop").value() == Paths{"GET /"});
    CHECK(open(jaeger.url())->services().value() == Paths{"mail", "payment", "shop"});
  }
}
