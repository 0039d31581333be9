// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/query_support.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/fake_jaeger.hpp"
#include "tests/support/fake_tempo.hpp"
#include "tests/support/fake_zipkin.hpp"

using namespace otelctl;
using namespace otelctl::test;

namespace {

// A server that answers everything alike.
FakeHttp::Handler always(int status, const std::string& body, const std::string& location = {}) {
  return [=](const httplib::Request&, httplib::Response& response) {
    response.status = status;
    response.set_content(body, "text/plain");
    if (!location.empty()) {
      response.set_header("Location", location);
    }
  };
}

}  // namespace

TEST_CASE("what a backend is shows by its answers, in few requests") {
  const FakeJaeger jaeger({}, three_traces());
  const auto first = open(jaeger.url());
  CHECK(first->probe()->kind == "jaeger");
  CHECK(jaeger.paths().size() == 1);
  check_filters(*first);
  CHECK(first->page_of(trace_id(1)).starts_with(jaeger.url() + "/trace/"));

  const FakeTempo tempo({}, three_traces());
  const auto second = open(tempo.url());
  CHECK(second->probe()->kind == "tempo");
  CHECK(tempo.paths().size() == 3);
  check_filters(*second);
  CHECK_FALSE(second->ships_whole_traces());

  const FakeZipkin zipkin({}, three_traces());
  const auto third = open(zipkin.url());
  CHECK(third->probe()->kind == "zipkin");
  CHECK(zipkin.paths().size() == 5);
  check_filters(*third);
  CHECK(third->ships_whole_traces());
  CHECK(third->trace(trace_id(2)).has_value());
}

TEST_CASE("notes and errors of the backend that was found come through") {
  const FakeZipkin zipkin({}, three_traces());
  const auto backend = open(zipkin.url());
  query::LastQuery query = last_query();
  query.services = {"SHOP"};
  CHECK(find_last(*backend, query)->notes.size() == 1);
  CHECK(backend->trace(trace_id(99)).error().kind == ErrorKind::not_seen);
}

TEST_CASE("a server that refuses is asked only once") {
  const FakeHttp locked(always(401, "no org id"));
  const auto refused = open(locked.url())->services();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::refused);
  CHECK(refused.error().hint.find("--tenant") != std::string::npos);
  CHECK(locked.paths().size() == 1);
  const FakeHttp login(always(302, "", "https://login.example.com/"));
  CHECK(open(login.url())->services().error().kind == ErrorKind::refused);
  CHECK(login.paths().size() == 1);
}

TEST_CASE("what was tried and what came is said where nothing fits") {
  const FakeHttp alike(always(404, "404 page not found"));
  const auto same = open(alike.url())->services();
  REQUIRE_FALSE(same.has_value());
  CHECK(same.error().kind == ErrorKind::not_understood);
  CHECK(same.error().message ==
        alike.url() + ": HTTP 404: 404 page not found (asked as jaeger, tempo, zipkin)");

  const FakeHttp odd([](const httplib::Request& request, httplib::Response& response) {
    response.set_content(request.path == "/api/v2/services" ? "{}" : "<html>", "text/html");
  });
  const auto found = open(odd.url())->services();
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().message ==
        odd.url() +
            ": no query API that otelctl knows (as jaeger: this is a web page, not the query API; "
            "as tempo: this is a web page, not the query API; as zipkin: the answer is not that of "
            "a query API)");
}

TEST_CASE("a kind that is named is the only one asked, and named in the hint") {
  const FakeHttp other(always(404, "nothing"));
  const struct {
    const char* kind;
    const char* words;
  } cases[] = {{"jaeger", "Jaeger's query service (port 16686)"},
               {"tempo", "Tempo's HTTP API (port 3200)"},
               {"zipkin", "Zipkin's server (port 9411)"}};
  for (const auto& each : cases) {
    const auto found = open(other.url(), each.kind)->services();
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().message == other.url() + ": HTTP 404: nothing");
    CHECK(found.error().hint.find(each.words) != std::string::npos);
  }
}

TEST_CASE("user and password of the URL, or a header, go to every kind") {
  for (const char* kind : {"jaeger", "tempo", "zipkin"}) {
    CAPTURE(kind);
    const FakeHttp server(always(404, ""));
    const std::string url = "http://me:p%40ss@" + server.url().substr(7);
    CHECK_FALSE(open(url, kind)->services().has_value());
    CHECK(server.requests().back().get_header_value("Authorization") == "Basic bWU6cEBzcw==");
    CHECK_FALSE(open(url, kind, {"authorization=Bearer abc"})->services().has_value());
    CHECK(server.requests().back().get_header_value("Authorization") == "Bearer abc");
    CHECK(server.requests().back().get_header_value_count("Authorization") == 1);
  }
}
