// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/line_changes.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <doctest/doctest.h>

using namespace otelctl::config;

namespace {

// The lines removed and added, where the changes lead from one text to the other.
std::size_t differences(const std::string& before, const std::string& after) {
  const auto old_lines = split_lines(before);
  const auto new_lines = split_lines(after);
  std::string made;
  std::size_t line = 0;
  std::size_t count = 0;
  for (const LineChange& change : line_changes(old_lines, new_lines)) {
    REQUIRE(change.before_begin >= line);
    REQUIRE(change.before_end <= old_lines.size());
    REQUIRE(change.after_end <= new_lines.size());
    for (; line < change.before_begin; ++line) {
      made += old_lines[line];
    }
    for (std::size_t added = change.after_begin; added < change.after_end; ++added) {
      made += new_lines[added];
    }
    line = change.before_end;
    count += (change.before_end - change.before_begin) + (change.after_end - change.after_begin);
  }
  for (; line < old_lines.size(); ++line) {
    made += old_lines[line];
  }
  CHECK(made == after);
  return count;
}

// By the longest common subsequence.
std::size_t fewest(const std::string& before, const std::string& after) {
  const auto old_lines = split_lines(before);
  const auto new_lines = split_lines(after);
  std::vector<std::vector<std::size_t>> common(old_lines.size() + 1,
                                               std::vector<std::size_t>(new_lines.size() + 1));
  for (std::size_t i = 1; i <= old_lines.size(); ++i) {
    for (std::size_t j = 1; j <= new_lines.size(); ++j) {
      common[i][j] = old_lines[i - 1] == new_lines[j - 1]
                         ? common[i - 1][j - 1] + 1
                         : std::max(common[i - 1][j], common[i][j - 1]);
    }
  }
  return old_lines.size() + new_lines.size() - 2 * common.back().back();
}

}  // namespace

TEST_CASE("lines keep their ends, and the last may have none") {
  CHECK(split_lines("").empty());
  CHECK(split_lines("a\n\nb") == std::vector<std::string_view>{"a\n", "\n", "b"});
  CHECK(split_lines("a\r\n") == std::vector<std::string_view>{"a\r\n"});
}

TEST_CASE("changes are as few lines as possible") {
  CHECK(differences("a\nb\nc\n", "a\nb\nc\n") == 0);
  CHECK(differences("a\nb\nc\n", "a\nx\nc\n") == 2);
  CHECK(differences("a\nb\nc\n", "a\nc\n") == 1);
  CHECK(differences("", "a\n") == 1);
  CHECK(differences("a", "a\n") == 2);
  CHECK(line_changes(split_lines("a\nb\nc\n"), split_lines("a\nx\ny\nc\n")) ==
        std::vector<LineChange>{{1, 2, 1, 3}});
}

TEST_CASE("random texts: the changes lead from one to the other, and none is needless") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const auto text = [&] {
      std::string lines;
      for (auto count = random() % 12; count > 0; --count) {
        lines += static_cast<char>('a' + random() % 4);
        lines += '\n';
      }
      return lines;
    };
    const std::string before = text();
    const std::string after = text();
    CAPTURE(before);
    CAPTURE(after);
    CHECK(differences(before, after) == fewest(before, after));
  }
}

TEST_CASE("thousands of changed lines are found line by line") {
  std::string before;
  std::string after;
  for (int line = 0; line < 3000; ++line) {
    before += std::to_string(line) + "\n";
    after += std::to_string(line % 3 == 0 ? -line - 1 : line) + "\n";
  }
  CHECK(differences(before, after) == 2000);
  CHECK(differences(before, "") == 3000);
  CHECK(differences(before, after + "more\n") == 6001);
}
