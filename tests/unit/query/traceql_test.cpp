// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/traceql.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using query::Search;
using query::traceql;
using query::traceql_string;

namespace {

std::string with_tag(const std::string& key, const std::string& value) {
  Search search;
  search.filter.tags = {{key, value}};
  return traceql(search);
}

}  // namespace

TEST_CASE("nothing wanted selects every span") {
  CHECK(traceql(Search{}) == "{}");
}

TEST_CASE("all filters speak of the same span") {
  Search search;
  search.filter = {"check\"out", "POST /orders", {{"k", "v"}, {"l", "w"}}, true};
  search.min_span_duration = std::chrono::microseconds(1500);
  search.max_span_duration = std::chrono::seconds(2);
  search.min_duration = std::chrono::milliseconds(3);
  search.max_duration = nanoseconds(4);
  CHECK(traceql(search) ==
        "{ resource.service.name = \"check\\\"out\" && name = \"POST /orders\" && .k = \"v\" && "
        ".l = \"w\" && status = error && duration >= 1500000ns && duration <= 2000000000ns && "
        "traceDuration >= 3000000ns && traceDuration <= 4ns }");
}

TEST_CASE("texts are quoted as Go does it") {
  CHECK(traceql_string("") == "\"\"");
  CHECK(traceql_string("a\\b\"c") == R"("a\\b\"c")");
  CHECK(traceql_string("line\nend\t\x7f") == R"("line\nend\x09\x7f")");
  CHECK(traceql_string("caf\xC3\xA9") == "\"caf\xC3\xA9\"");
}

TEST_CASE("a value that reads as a number or a truth is compared as that too") {
  CHECK(with_tag("retries", "3") == "{ (.retries = \"3\" || .retries = 3) }");
  CHECK(with_tag("ratio", "-0.5") == "{ (.ratio = \"-0.5\" || .ratio = -0.5) }");
  CHECK(with_tag("none", "0") == "{ (.none = \"0\" || .none = 0) }");
  CHECK(with_tag("ok", "true") == "{ (.ok = \"true\" || .ok = true) }");
  for (const char* text : {"", "-", "1.", ".5", "1e3", "0x10", "1.2.3", "True", "3 ",
                           "12345678901234567890", "007", "-0089", "00.5"}) {
    CHECK(with_tag("k", text) == "{ .k = \"" + std::string(text) + "\" }");
  }
}

TEST_CASE("error=true asks for failed spans, as in Jaeger") {
  CHECK(with_tag("error", "true") == "{ (.error = \"true\" || .error = true || status = error) }");
}

TEST_CASE("odd keys are quoted") {
  CHECK(with_tag("http.route", "x") == "{ .http.route = \"x\" }");
  CHECK(with_tag("a key\" } || { true", "x") == R"({ ."a key\" } || { true" = "x" })");
}
