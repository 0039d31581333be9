// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger_messages.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::query;

namespace {

using Names = std::vector<std::string>;

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) {
    text += static_cast<char>(value);
  }
  return text;
}

}  // namespace

TEST_CASE("a trace is asked for by its 32 digits, raw only on demand") {
  const std::string id = "000000000000000000000000000000ab";
  CHECK(get_trace_message(test::trace_id(0xab), false) == bytes({0x0a, 32}) + id);
  CHECK(get_trace_message(test::trace_id(0xab), true) == bytes({0x0a, 32}) + id + bytes({0x20, 1}));
}

TEST_CASE("a search has the numbers of api_v3's fields") {
  Search search;
  search.filter.service = "s";
  search.filter.operation = "o";
  search.filter.tags = {{"k", "v"}};
  search.filter.must_have_failed = true;
  search.start = Time{std::chrono::seconds(1) + nanoseconds(2)};
  search.end = Time{std::chrono::seconds(300)};
  search.min_span_duration = std::chrono::seconds(1);
  search.max_span_duration = nanoseconds(5);
  search.limit = 20;
  const std::string query =
      bytes({0x0a, 1, 's', 0x12, 1, 'o'}) + bytes({0x1a, 6, 0x0a, 1, 'k', 0x12, 1, 'v'}) +
      bytes({0x1a, 13, 0x0a, 5}) + "error" + bytes({0x12, 4}) + "true" +
      bytes({0x22, 4, 0x08, 1, 0x10, 2}) + bytes({0x2a, 3, 0x08, 0xac, 0x02}) +
      bytes({0x32, 2, 0x08, 1}) + bytes({0x3a, 2, 0x10, 5}) + bytes({0x40, 20});
  CHECK(find_traces_message(search) == bytes({0x0a, static_cast<int>(query.size())}) + query);
}

TEST_CASE("a search always has a depth: stores in memory refuse 0") {
  Search search;
  search.limit = 0;
  CHECK(find_traces_message(search).ends_with(bytes({0x40, 1})));
}

TEST_CASE("names are sorted, each once, and unknown fields passed over") {
  CHECK(read_services_message(bytes({0x0a, 1, 'b', 0x0a, 1, 'a', 0x0a, 1, 'b', 0x18, 7})).value() ==
        Names{"a", "b"});
  CHECK(read_services_message("").value().empty());
  CHECK(read_operations_message(bytes({0x0a, 3, 0x0a, 1, 'y', 0x0a, 6, 0x0a, 1, 'x', 0x12, 1, 'k'}))
            .value() == Names{"x", "y"});
}

TEST_CASE("summaries are read, and one without an id is left out") {
  const std::string id = "0000000000000000000000000000000c";
  std::string summary = bytes({0x0a, 32}) + id + bytes({0x12, 1, 's', 0x1a, 1, 'n'});
  summary += bytes({0x21, 10, 0, 0, 0, 0, 0, 0, 0, 0x29, 30, 0, 0, 0, 0, 0, 0, 0});
  summary += bytes({0x30, 3, 0x38, 1, 0x4a, 5, 0x0a, 1, 's', 0x10, 3});
  const std::string message =
      bytes({0x0a, static_cast<int>(summary.size())}) + summary + bytes({0x0a, 2, 0x30, 1});
  // Two messages that follow each other are one with both their lists.
  const auto found = read_summaries_message(message + message);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 2);
  const trace::Summary& first = found->front();
  CHECK(first.id == test::trace_id(12));
  CHECK(first.root_service == "s");
  CHECK(first.root_name == "n");
  CHECK(first.start == Time{nanoseconds(10)});
  CHECK(first.duration == nanoseconds(20));
  CHECK(first.span_count == 3);
  CHECK(first.error_count == 1);
  CHECK(first.services == std::vector<trace::ServiceCount>{{"s", 3}});
}

TEST_CASE("bytes that are no such message are not understood") {
  for (const std::string& text :
       {bytes({0x0a, 5, 'a'}), bytes({0xff}), bytes({0x0a, 2, 0x0a, 9})}) {
    CHECK_FALSE(read_operations_message(text).has_value());
    CHECK_FALSE(read_summaries_message(text).has_value());
  }
  const auto cut = read_services_message(bytes({0x0a, 5, 'a'}));
  REQUIRE_FALSE(cut.has_value());
  CHECK(cut.error().kind == ErrorKind::not_understood);
}
