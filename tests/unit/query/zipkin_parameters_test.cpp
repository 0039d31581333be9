// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/zipkin_parameters.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using query::Search;
using query::ZipkinSearch;

namespace {

std::string text_of(const ZipkinSearch& search) {
  std::string text;
  for (const query::Parameter& parameter : search.parameters) {
    text += (text.empty() ? "" : "&") + parameter.name + "=" + parameter.value;
  }
  for (const std::string& key : search.left_out) {
    text += " without " + key;
  }
  return text;
}

Search search_between(std::int64_t start, std::int64_t end) {
  Search search;
  search.start = Time{nanoseconds{start}};
  search.end = Time{nanoseconds{end}};
  return search;
}

std::string with_tag(const std::string& key, const std::string& value) {
  Search search = search_between(1'000'000, 2'000'000);
  search.filter.tags = {{key, value}};
  return text_of(zipkin_search(search));
}

}  // namespace

TEST_CASE("times are milliseconds, rounded outwards, and never nothing") {
  CHECK(text_of(zipkin_search(search_between(1'000'000'001, 3'000'000'001))) ==
        "endTs=3001&lookback=2001&limit=20");
  CHECK(text_of(zipkin_search(search_between(-5, 0))) == "endTs=1&lookback=1&limit=20");
  CHECK(text_of(zipkin_search(search_between(5'000'000, 5'000'000))) ==
        "endTs=5&lookback=1&limit=20");
}

TEST_CASE("durations are microseconds, and the longest never stands alone") {
  Search search = search_between(0, 1'000'000);
  search.min_span_duration = nanoseconds(1'999);
  CHECK(text_of(zipkin_search(search)) == "minDuration=1&endTs=1&lookback=1&limit=20");
  search.min_span_duration.reset();
  search.max_span_duration = nanoseconds(2'001);
  CHECK(text_of(zipkin_search(search)) ==
        "minDuration=1&maxDuration=3&endTs=1&lookback=1&limit=20");
}

TEST_CASE("names go out in lower case") {
  Search search = search_between(0, 1'000'000);
  search.filter.service = "CheckOut";
  search.filter.operation = "GET /Cart";
  search.limit = 7;
  CHECK(text_of(zipkin_search(search)) ==
        "serviceName=checkout&spanName=get /cart&endTs=1&lookback=1&limit=7");
}

TEST_CASE("tags and failure are one annotationQuery") {
  Search search = search_between(0, 1'000'000);
  search.filter.tags = {{"http.route", "/a=b"}, {"k", "v"}};
  search.filter.must_have_failed = true;
  CHECK(text_of(zipkin_search(search)) ==
        "annotationQuery=http.route=/a=b and k=v and error&endTs=1&lookback=1&limit=20");
  CHECK(with_tag("error", "true") == "annotationQuery=error&endTs=2&lookback=1&limit=20");
}

TEST_CASE("what an annotationQuery cannot say is left out by name") {
  CHECK(with_tag("k", "bread and butter") == "endTs=2&lookback=1&limit=20 without k");
  CHECK(with_tag("k", "and") == "endTs=2&lookback=1&limit=20 without k");
  CHECK(with_tag("k", " v") == "endTs=2&lookback=1&limit=20 without k");
  CHECK(with_tag("a=b", "c") == "endTs=2&lookback=1&limit=20 without a=b");
  CHECK(with_tag("service.name", "x") == "endTs=2&lookback=1&limit=20 without service.name");
  CHECK(with_tag("k", "android") == "annotationQuery=k=android&endTs=2&lookback=1&limit=20");
}
