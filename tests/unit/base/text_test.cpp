// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace otelctl;

TEST_CASE("control characters and bidirectional overrides become visible") {
  CHECK(escape_for_terminal("plain ünï 日本 🙂") == "plain ünï 日本 🙂");
  CHECK(escape_for_terminal("\x1b[31mred") == "\\x1b[31mred");
  CHECK(escape_for_terminal("a\r\nb\tc") == "a\\x0d\\nb\\tc");
  CHECK(escape_for_terminal("a\xc2\x9b"
                            "31m") == "a\\x9b31m");
  CHECK(escape_for_terminal("a\u202Eb") == "a\\u{202e}b");
  CHECK(escape_for_terminal("\x7f") == "\\x7f");
}

TEST_CASE("malformed bytes are shown as what they are") {
  CHECK(escape_for_terminal("a\xff") == "a\\xff");
  CHECK(escape_for_terminal("\xe2\x82") == "\\xe2\\x82");
}

TEST_CASE("UTF-8 is checked as RFC 3629 has it") {
  CHECK(is_valid_utf8("日本🙂"));
  CHECK(is_valid_utf8("\uFFFD"));
  CHECK(!is_valid_utf8("\xc0\xaf"));
  CHECK(!is_valid_utf8("\xed\xa0\x80"));
  CHECK(!is_valid_utf8("\xf4\x90\x80\x80"));
  CHECK(!is_valid_utf8("\xe2\x82"));
  CHECK(to_valid_utf8("a\xff"
                      "b") == "a\uFFFDb");
}

TEST_CASE("splitting keeps empty parts and trimming takes both ends") {
  CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim("  ").empty());
  CHECK(counted(1, "span") == "1 span");
  CHECK(counted(0, "span") == "0 spans");
}
