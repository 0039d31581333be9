// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/line_index.hpp"

#include <string>

#include <doctest/doctest.h>

using otelctl::yaml::LineIndex;
using otelctl::yaml::Position;

TEST_CASE("lines and columns count from one, columns in characters") {
  const std::string text = "a\xC3\xA4z\n\nx";
  const LineIndex lines(text);
  CHECK(lines.at(0) == Position{1, 1});
  CHECK(lines.at(1) == Position{1, 2});
  CHECK(lines.at(3) == Position{1, 3});
  CHECK(lines.at(4) == Position{1, 4});
  CHECK(lines.at(5) == Position{2, 1});
  CHECK(lines.at(6) == Position{3, 1});
  CHECK(lines.at(99) == Position{3, 2});
}

TEST_CASE("a byte order mark takes no column") {
  const std::string text =
      "\xEF\xBB\xBF"
      "ab";
  const LineIndex lines(text);
  CHECK(lines.at(0) == Position{1, 1});
  CHECK(lines.at(3) == Position{1, 1});
  CHECK(lines.at(4) == Position{1, 2});
}

TEST_CASE("places far into a long text are the same as counted one by one") {
  std::string text;
  for (int index = 0; index < 3000; ++index) {
    text += index % 7 == 0 ? "\n"
                           : "\xE2\x82\xAC"
                             "b";
  }
  const LineIndex lines(text);
  Position expected;
  for (std::size_t offset = 0; offset < text.size(); ++offset) {
    const bool is_start = (static_cast<unsigned char>(text[offset]) & 0xC0U) != 0x80U;
    if (is_start && lines.at(offset) != expected) {
      FAIL("offset " << offset);
    }
    if (text[offset] == '\n') {
      expected = {expected.line + 1, 1};
    } else if (is_start) {
      ++expected.column;
    }
  }
  CHECK(expected.line > 400);
}

TEST_CASE("an empty text has one place") {
  CHECK(LineIndex("").at(5) == Position{1, 1});
  CHECK(LineIndex().at(5) == Position{1, 1});
}
