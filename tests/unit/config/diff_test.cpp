// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/diff.hpp"

#include <string>

#include <doctest/doctest.h>

#include "yaml/parse.hpp"

using namespace otelctl::config;
using otelctl::yaml::parse;

namespace {

UnifiedDiff diff(std::string before, std::string after, const std::string& name = "app.yaml") {
  const auto old_file = parse(std::move(before));
  const auto new_file = parse(std::move(after));
  return unified_diff(name, old_file.document, new_file.document);
}

std::string numbered(int first, int last, const std::string& value = "x") {
  std::string text;
  for (int line = first; line <= last; ++line) {
    text += "k" + std::to_string(line) + ": " + value + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a change is shown with three lines around it") {
  CHECK(diff(numbered(1, 9), numbered(1, 4) + "k5: y\n" + numbered(6, 9)).text ==
        "--- a/app.yaml\n"
        "+++ b/app.yaml\n"
        "@@ -2,7 +2,7 @@\n"
        " k2: x\n k3: x\n k4: x\n"
        "-k5: x\n"
        "+k5: y\n"
        " k6: x\n k7: x\n k8: x\n");
  CHECK(diff("a: 1\n", "a: 1\n").text.empty());
}

TEST_CASE("changes whose lines around touch share a hunk, others do not") {
  const std::string before = numbered(1, 20);
  const std::string near =
      numbered(1, 4) + "k5: y\n" + numbered(6, 11) + "k12: y\n" + numbered(13, 20);
  CHECK(diff(before, near).text.find("@@ -2,14 +2,14 @@") != std::string::npos);
  const std::string far =
      numbered(1, 4) + "k5: y\n" + numbered(6, 12) + "k13: y\n" + numbered(14, 20);
  const std::string text = diff(before, far).text;
  CHECK(text.find("@@ -2,7 +2,7 @@") != std::string::npos);
  CHECK(text.find("@@ -10,7 +10,7 @@") != std::string::npos);
}

TEST_CASE("lines added and removed at the ends") {
  CHECK(diff("", "a: 1\n").text == "--- a/app.yaml\n+++ b/app.yaml\n@@ -0,0 +1 @@\n+a: 1\n");
  CHECK(diff("a: 1\n", "").text == "--- a/app.yaml\n+++ b/app.yaml\n@@ -1 +0,0 @@\n-a: 1\n");
  CHECK(diff("a: 1\n", "z: 1\na: 1\nb: 2\n").text ==
        "--- a/app.yaml\n+++ b/app.yaml\n@@ -1 +1,3 @@\n+z: 1\n a: 1\n+b: 2\n");
}

TEST_CASE("a missing last line end is said, and CRLF kept") {
  CHECK(diff("a: 1\r\nb: 2", "a: 1\r\nb: 3").text ==
        "--- a/app.yaml\n+++ b/app.yaml\n@@ -1,2 +1,2 @@\n a: 1\r\n"
        "-b: 2\n\\ No newline at end of file\n"
        "+b: 3\n\\ No newline at end of file\n");
}

TEST_CASE("names are relative, and marked where they hold a blank") {
  CHECK(diff("a: 1\n", "a: 2\n", "/etc/app.yaml").text.starts_with("--- a/etc/app.yaml\n"));
  CHECK(diff("a: 1\n", "a: 2\n", "./my app.yaml").text.starts_with("--- a/my app.yaml\t\n"));
  CHECK(diff("a: 1\n", "a: 2\n", "a\nb").text.starts_with("--- a/a\\nb\n"));
}

TEST_CASE("secrets are replaced, in the lines around too") {
  const auto result = diff("headers:\n  x-key: geheim\n  retries: yes\nb: 1\n",
                           "headers:\n  x-key: geheim\n  retries: true\nb: 1\n");
  CHECK(result.is_redacted);
  CHECK(result.text ==
        "--- a/app.yaml\n+++ b/app.yaml\n@@ -1,4 +1,4 @@\n headers:\n"
        "   x-key: [REDACTED]\n"
        "-  retries: [REDACTED]\n"
        "+  retries: [REDACTED]\n"
        " b: 1\n");
  CHECK_FALSE(diff("a: 1\n", "a: 2\n").is_redacted);
}
