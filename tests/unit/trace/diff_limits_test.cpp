// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/diff_limits.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using trace::breaches;
using trace::parse_diff_limits;

namespace {

trace::DiffChange change(const char* path, std::int64_t a, std::int64_t b, bool is_sure = true) {
  trace::DiffChange change;
  change.path = path;
  change.duration_a = nanoseconds(a);
  change.duration_b = nanoseconds(b);
  change.change_percent = 100.0 * static_cast<double>(b - a) / static_cast<double>(a);
  change.is_time_sure = is_sure;
  return change;
}

}  // namespace

TEST_CASE("limits are read") {
  const auto all = parse_diff_limits("added, removed,error,slower=12.5%");
  REQUIRE(all);
  CHECK(all->added);
  CHECK(all->removed);
  CHECK(all->error);
  CHECK(all->slower == 12.5);
  CHECK(parse_diff_limits("slower=20")->slower == 20);
  CHECK_FALSE(parse_diff_limits("slower=20")->added);
  for (const char* wrong : {"", "add", "slower", "slower=", "slower=-1%", "slower=x", "slower=nan",
                            "added,", "slower=20%%"}) {
    CAPTURE(wrong);
    const auto limits = parse_diff_limits(wrong);
    REQUIRE_FALSE(limits);
    CHECK(limits.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("each limit that is passed is told once, with the count and the worst place") {
  trace::TraceDiff diff;
  diff.added.push_back({"shop: a", "shop", "a", {}, 1, 3, {}, 1});
  diff.removed.push_back({"shop: r", "shop", "r", {}, 1, 1, {}, 0});
  diff.changed = {change("x", 100, 130), change("y", 1000, 1500), change("z", 1, 9, false),
                  change("faster", 100, 10)};
  diff.changed[0].has_new_errors = true;
  const auto found = breaches(diff, *parse_diff_limits("slower=20%,error,added,removed"));
  REQUIRE(found.size() == 4);
  CHECK(found[0].limit == "added");
  CHECK(found[0].message == "3 spans were added: shop: a");
  CHECK(found[1].message == "1 span was removed: shop: r");
  CHECK(found[2].message == "errors are new at 2 spans: x");
  CHECK(found[3].limit == "slower=20%");
  CHECK(found[3].message == "2 spans are slower by more than 20%, most of all y (+50%)");
  CHECK(found[3].count == 2);
}

TEST_CASE("what is not asked for and what is exactly at the limit is no breach") {
  trace::TraceDiff diff;
  diff.added.push_back({"shop: a", "shop", "a", {}, 1, 3, {}, 0});
  diff.changed = {change("x", 100, 120)};
  CHECK(breaches(diff, {}).empty());
  CHECK(breaches(diff, *parse_diff_limits("slower=20%,error,removed")).empty());
  CHECK(breaches(diff, *parse_diff_limits("slower=19.9%")).size() == 1);
}
