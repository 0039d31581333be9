// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/edits.hpp"

#include <string>

#include <doctest/doctest.h>

#include "yaml/parse.hpp"

using namespace otelctl::config;
using otelctl::yaml::parse;

namespace {

std::string with(std::string_view bytes, const std::vector<Edit>& edits) {
  EditSet set(bytes.size());
  REQUIRE(set.add(edits));
  return apply_edits(bytes, set);
}

}  // namespace

TEST_CASE("edits replace, insert and remove bytes") {
  CHECK(with("key: value\n", {{0, 3, "name"}, {5, 5, "\""}, {10, 10, "\""}}) ==
        "name: \"value\"\n");
  CHECK(with("abc", {{0, 3, ""}}).empty());
  CHECK(with("abc", {{3, 3, "d"}}) == "abcd");
  CHECK(with("abc", {{1, 2, "x"}, {2, 2, "y"}}) == "axyc");
}

TEST_CASE("line ends become those of the file") {
  CHECK(with("a: 1\r\nb: 2\r\n", {{12, 12, "c: 3\nd: 4\r\n"}}) ==
        "a: 1\r\nb: 2\r\nc: 3\r\nd: 4\r\n");
  CHECK(with("a: 1\n", {{5, 5, "b: 2\n"}}) == "a: 1\nb: 2\n");
}

TEST_CASE("what overlaps, or lies behind the end, is not added, and nothing of it") {
  EditSet set(10);
  REQUIRE(set.add({{2, 4, "x"}}));
  CHECK_FALSE(set.add({{0, 1, "y"}, {3, 5, "z"}}));
  CHECK_FALSE(set.add({{2, 2, "insertion at the same place"}}));
  CHECK_FALSE(set.add({{1, 3, ""}}));
  CHECK_FALSE(set.add({{8, 11, ""}}));
  CHECK_FALSE(set.add({{6, 5, ""}}));
  CHECK(set.add({{2, 4, "x"}, {4, 5, "touches"}}));
  CHECK(set.add({{7, 7, "one"}}));
  CHECK_FALSE(set.add({{7, 7, "two"}}));
  CHECK_FALSE(set.add({{6, 8, "around it"}}));
  CHECK(set.edits().size() == 3);
}

TEST_CASE("what holds a reference is touched from inside only") {
  const auto parsed = parse("a: ${NAME}\nb: \"x ${NAME:-y}\"\nc: plain\n${d}: 1\n");
  const auto touches = [&](std::size_t begin, std::size_t end) {
    return touch_a_reference({{begin, end, "text"}}, parsed.document);
  };
  // Around the value of a: in front of it, behind it, its key.
  CHECK_FALSE(touches(3, 3));
  CHECK_FALSE(touches(10, 10));
  CHECK_FALSE(touches(0, 1));
  CHECK(touches(3, 10));
  CHECK(touches(5, 5));
  CHECK(touches(9, 12));
  CHECK(touches(0, 40));
  // The quotes of b belong to it.
  CHECK(touches(14, 15));
  CHECK_FALSE(touches(31, 36));
  CHECK(touches(37, 40));
}
