// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Jaeger's APIs as others answer them: copies of it, stores with bounds of their own, gateways.
#include <algorithm>

#include "tests/integration/query_support.hpp"
#include "tests/support/fake_jaeger.hpp"

using namespace otelctl;
using namespace otelctl::test;
using query::find_last;

namespace {

FakeJaegerOptions victoria_traces() {
  FakeJaegerOptions options;
  options.has_summaries = false;
  options.needs_service = true;
  options.has_operations = false;
  options.status_for_unknown = 400;
  options.words_for_unknown =
      "unsupported path requested: \"/select/jaeger/api/v3/trace-summaries\"";
  return options;
}

}  // namespace

TEST_CASE("VictoriaTraces, which answers 400 for what it does not have") {
  for (const bool has_v3 : {true, false}) {
    FakeJaegerOptions options = victoria_traces();
    options.has_v3 = has_v3;
    const FakeJaeger jaeger(options, three_traces());
    const auto backend = open(jaeger.url(), "jaeger");
    check_filters(*backend);
    CHECK(backend->probe()->dialect == (has_v3 ? "v3" : "legacy"));
    CHECK(backend->operations("shop").value() == Paths{"GET /"});
    CHECK(backend->trace(trace_id(1)).has_value());
  }
}

TEST_CASE("a gateway's own 404 in JSON is no answer of Jaeger that nothing was found") {
  FakeJaegerOptions options;
  options.has_summaries = false;
  options.words_for_unknown = R"({"message":"no Route matched with those values"})";
  const FakeJaeger jaeger(options, three_traces());
  CHECK(numbers(find_last(*open(jaeger.url()), last_query())) == Numbers{3, 2, 1});
}

TEST_CASE("a store that may be asked for few traces only is asked for as many as it lets itself") {
  query::LastQuery query = last_query();
  query.order = query::Order::duration;
  for (const bool has_v3 : {true, false}) {
    FakeJaegerOptions options;
    options.has_v3 = has_v3;
    options.most_traces = 5;
    const FakeJaeger jaeger(options, three_traces());
    const auto found = find_last(*open(jaeger.url()), query);
    CHECK(numbers(found) == Numbers{1, 2, 3});
    CHECK_FALSE(found->is_truncated);
    options.most_traces = 0;
    const FakeJaeger none(options, three_traces());
    const auto refused = find_last(*open(none.url()), query);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("search depth must be") != std::string::npos);
  }
}

TEST_CASE("where a store gives as many traces as it may there may be more") {
  FakeJaegerOptions options;
  options.most_traces = 2;
  const FakeJaeger jaeger(options, three_traces());
  query::LastQuery query = last_query();
  query.order = query::Order::duration;
  const auto found = find_last(*open(jaeger.url()), query);
  CHECK(numbers(found) == Numbers{2, 3});
  CHECK(found->is_truncated);
}

TEST_CASE("what a backend cannot filter is said once, however often it is asked") {
  FakeJaegerOptions options;
  options.has_summaries = false;
  options.has_legacy_search = false;
  options.filters_attributes = false;
  std::vector<trace::Trace> many;
  for (std::uint64_t number = 1; number <= 30; ++number) {
    many.push_back(make_trace({{1, 0, number * k_minute, number * k_minute + 1000}}, number));
  }
  const FakeJaeger jaeger(options, std::move(many));
  query::LastQuery query = last_query();
  query.count = 2;
  query.filter.tags = {{"card", "visa"}};
  const auto found = find_last(*open(jaeger.url()), query);
  REQUIRE(found.has_value());
  CHECK(std::count_if(found->notes.begin(), found->notes.end(), [](const std::string& note) {
          return note.starts_with("this backend cannot filter");
        }) == 1);
}

TEST_CASE("a redirect to another place of the same API names that place") {
  FakeJaegerOptions options;
  options.status = 308;
  options.location = "https://jaeger.example.com/base/api/v3/services";
  const FakeJaeger jaeger(options, {});
  const auto found = open(jaeger.url(), "jaeger")->services();
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().kind == ErrorKind::not_understood);
  CHECK(found.error().hint ==
        "redirects are not followed: use --backend https://jaeger.example.com/base");
}
