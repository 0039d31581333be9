// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/convert/pair_text.hpp"

#include <doctest/doctest.h>

using namespace otelctl::config::convert;

TEST_CASE("pairs are taken apart outside of references only") {
  const auto pairs = split_pairs(" a=1 , b=${B:-x,y=z},c=%2C%3D%24,,d=");
  REQUIRE(pairs.has_value());
  REQUIRE(pairs->size() == 4);
  CHECK((*pairs)[0].name == "a");
  CHECK((*pairs)[0].value == "1");
  CHECK((*pairs)[1].value == "${B:-x,y=z}");
  CHECK((*pairs)[2].value == ",=$$");
  CHECK((*pairs)[3].value == "");
  for (const char* broken : {"a", "=1", "a=1,b", "a=%", "a=%G1", "a=%2", "a=%ff"}) {
    CAPTURE(broken);
    CHECK_FALSE(split_pairs(broken).has_value());
  }
}

TEST_CASE("pairs are put together so that they come apart the same") {
  const std::string text =
      join_pairs({{"a", "x y,z=%\"\\;\xC3\xA4"}, {"b", "Bearer ${T:-a b}"}, {"c", "$$5"}});
  CHECK(text == "a=x%20y%2Cz%3D%25%22%5C%3B%C3%A4,b=Bearer%20${T:-a b},c=$$5");
  const auto pairs = split_pairs(text);
  REQUIRE(pairs.has_value());
  CHECK((*pairs)[0].value == "x y,z=%\"\\;\xC3\xA4");
  CHECK((*pairs)[1].value == "Bearer ${T:-a b}");
  CHECK((*pairs)[2].value == "$$5");
}

TEST_CASE("values of lines are quoted where they must be, and dollar signs stay what they are") {
  CHECK(to_env_value("plain,${A:-b}/c") == "plain,${A:-b}/c");
  CHECK(to_env_value("a b") == "\"a b\"");
  CHECK(to_env_value("a\"b\\c\nd") == "\"a\\\"b\\\\c\\nd\"");
  CHECK(to_env_value("5$ $A") == "\"5$$ $$A\"");
  CHECK(from_env_value("$A/${B:-c}/$$/5$", false) == "${A}/${B:-c}/$$/5$$");
  CHECK(from_env_value("$A/${B}", true) == "$$A/$${B}");
}

TEST_CASE("a line of variables has no control characters but tabs and line ends") {
  CHECK(fits_a_line("a b\tc\r\nd \u00e4 \u00a0"));
  CHECK_FALSE(fits_a_line("\x1b[31m"));
  CHECK_FALSE(fits_a_line("a\x7f"));
  CHECK_FALSE(fits_a_line("\u009b"));
  CHECK_FALSE(fits_a_line(std::string_view("\0", 1)));
}
