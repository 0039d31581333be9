// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/tree_match.hpp"
#include "tests/unit/check/support.hpp"

using namespace otelctl;
using namespace otelctl::test;

namespace {

std::string match(const trace::Trace& trace, std::string_view text, bool is_strict = false) {
  auto pattern = check::parse_tree(text);
  REQUIRE(pattern.has_value());
  pattern->is_strict = is_strict;
  const trace::Analysis analysis(trace);
  const check::Check check = check::check_tree(analysis, *pattern);
  CHECK(check.ok == (check.got == "as expected"));
  return check.got + (check.nearest.empty() ? "" : " / " + check.nearest);
}

std::string problem(std::string_view text) {
  const auto pattern = check::parse_tree(text);
  REQUIRE_FALSE(pattern.has_value());
  return pattern.error().message;
}

constexpr std::string_view k_whole =
    "POST /orders @checkout\n"
    "  POST /charge @payment\n"
    "    SELECT accounts @payment\n"
    "    SELECT accounts @payment\n"
    "  POST bank @payment\n";

}  // namespace

TEST_CASE("a tree matches itself, strictly too") {
  CHECK(match(order_trace(), k_whole) == "as expected");
  CHECK(match(order_trace(), k_whole, true) == "as expected");
}

TEST_CASE("other spans may stand between") {
  CHECK(match(order_trace(), "POST /orders\n  POST bank\n") == "as expected");
  CHECK(match(order_trace(), "POST /orders\n  @payment\n    SELECT*\n") == "as expected");
  CHECK(match(order_trace(), "/orders$/ @check*\n") == "as expected");
}

TEST_CASE("but none where it is strict") {
  CHECK(match(order_trace(), "POST /orders\n  POST bank\n", true) ==
        "POST /charge @payment under POST /orders @checkout, which is not in the tree");
  CHECK(match(order_trace(), "POST /orders\n  POST /charge\n    SELECT*\n    SELECT*\n", true) ==
        "POST bank @payment under POST /orders @checkout, which is not in the tree");
}

TEST_CASE("a missing span is named where it is missing") {
  CHECK(match(order_trace(), "POST /orders\n  POST /charge\n    SELECT*\n    INSERT*\n") ==
        "no 'INSERT*' under POST /charge @payment / in order of their start there are: SELECT "
        "accounts @payment, SELECT accounts @payment");
  CHECK(match(order_trace(), "GET /orders\n") ==
        "no 'GET /orders' among the roots / in order of their start there are: POST /orders "
        "@checkout");
  CHECK(match(order_trace(), "POST /orders\n  POST bank\n    SELECT*\n") ==
        "no 'SELECT*' under POST bank @payment / it has no children");
}

TEST_CASE("the order of a level is that of the starts") {
  CHECK(match(order_trace(), "POST /orders\n  POST bank\n  POST /charge\n") ==
        "no 'POST /charge' under POST /orders @checkout / it is there, but starts before the one "
        "above it in the tree: POST /charge @payment, POST bank @payment");
}

TEST_CASE("of spans that look alike any may be the one") {
  const trace::Trace trace = make_full_trace({{1, 0, 0, 100, "root"},
                                              {2, 1, 1, 10, "call"},
                                              {3, 1, 11, 20, "call"},
                                              {4, 3, 12, 13, "query"}});
  CHECK(match(trace, "root\n  call\n    query\n") == "as expected");
  CHECK(match(trace, "root\n  call\n  call\n    query\n") == "as expected");
  CHECK(match(trace, "root\n  call\n    query\n  call\n") ==
        "no 'call' under root @checkout / it is there, but starts before the one above it in the "
        "tree: call @checkout, call @checkout");
}

TEST_CASE("names may hold an at sign") {
  const trace::Trace trace = make_full_trace({{1, 0, 0, 100, "mail @home", "post"}});
  CHECK(match(trace, "mail @home @post\n") == "as expected");
}

TEST_CASE("what is no tree") {
  CHECK(problem("  \n\n") == "the tree has no spans");
  CHECK(problem("a\n\tb\n") == "line 2 of the tree: a tab indents it");
  CHECK(problem("a\n    b\n  c\n") ==
        "line 3 of the tree: its indentation is that of no line above it");
  CHECK(problem("a @\n") == "line 1 of the tree: no service stands behind the @");
  CHECK(problem("a\n  /(/\n").starts_with("line 2 of the tree: the regular expression"));
  std::string deep;
  for (std::size_t depth = 0; depth < 70; ++depth) {
    deep += std::string(depth, ' ') + "a\n";
  }
  CHECK(problem(deep).find("more than 1000 lines or 64 levels") != std::string::npos);
  std::string wide;
  for (int line = 0; line < 1001; ++line) {
    wide += "a\n";
  }
  CHECK(problem(wide).starts_with("line 1001 of the tree"));
}

TEST_CASE("deep and wide traces") {
  std::vector<ShortSpan> spans;
  constexpr std::uint64_t k_count = 50'000;
  for (std::uint64_t id = 1; id <= k_count; ++id) {
    spans.push_back({id, id - 1, id, 10 * k_count - id, "deep"});
    spans.push_back({k_count + id, 1, id, id + 1, "wide"});
  }
  const trace::Trace trace = make_trace(spans);
  CHECK(match(trace, "deep\n  deep\n    deep\n") == "as expected");
  CHECK(match(trace, "deep\n  wide\n  wide\n  other\n").starts_with("no 'other' under deep"));
}
