// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/env_file.hpp"

#include <string>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace otelctl;
using namespace otelctl::settings;

namespace {

std::string shown(std::string_view text) {
  const auto entries = parse_env_file(text);
  REQUIRE(entries);
  std::string all;
  for (const EnvFileEntry& entry : *entries) {
    all += std::to_string(entry.line) + ":" + entry.name + "=" + entry.value + ";";
  }
  return all;
}

}  // namespace

TEST_CASE("An env file is read as compose reads it") {
  CHECK(shown("A=1\nB=2\n") == "1:A=1;2:B=2;");
  CHECK(shown("A=1\r\nB=2\r\n") == "1:A=1;2:B=2;");
  CHECK(shown("\xef\xbb\xbf"
              "A=1") == "1:A=1;");
  CHECK(shown("# note\n\n  export A = x y  \n") == "3:A=x y;");
  CHECK(shown("A=x # note\nB=x#y\nC=# all of it\n") == "1:A=x;2:B=x#y;3:C=;");
  CHECK(shown("A='x # $y \\n'\nB=\"a\\nb\\\"c\\$ \\q\" # note") ==
        "1:A=x # $y \\n;2:B=a\nb\"c$ \\q;");
  CHECK(shown("A=\"one\ntwo\"\nB=3") == "1:A=one\ntwo;3:B=3;");
  CHECK(shown("A=\nB") == "1:A=;");
  CHECK(shown("A=a=b=c") == "1:A=a=b=c;");
}

TEST_CASE("What cannot be read is named by its line and never shown") {
  for (const char* text :
       {"A=1\nB C=secret", "A=1\nB='secret", "A=1\nB=\"secret\" x", "A=1\n=secret"}) {
    CAPTURE(text);
    const auto entries = parse_env_file(text);
    REQUIRE_FALSE(entries);
    CHECK(entries.error().kind == ErrorKind::settings);
    CHECK(entries.error().message.starts_with("line 2: "));
    CHECK(entries.error().message.find("secret") == std::string::npos);
  }
}

TEST_CASE("The file fills in only what the environment does not set") {
  const test::TemporaryFolder folder;
  const std::string path = folder.path(".env");
  REQUIRE(write_file(path, "A=file\nB=file\nC=file\n"));
  Environment environment;
  environment.set("A", "process");
  environment.set("B", "");
  const auto filled = fill_environment(environment, path);
  REQUIRE(filled);
  CHECK(filled->variables.get("A") == "process");
  CHECK(filled->variables.get("B") == "");
  CHECK(filled->variables.get("C") == "file");
  CHECK(filled->places.at("C") == path + ":3");
  CHECK(filled->places.size() == 1);
  REQUIRE(filled->notes.size() == 2);
  CHECK(filled->notes[0].find("A of the environment overrules") == 0);
}

TEST_CASE("A missing env file is an error of settings") {
  const auto filled = fill_environment(Environment(), "/does/not/exist");
  REQUIRE_FALSE(filled);
  CHECK(filled.error().kind == ErrorKind::settings);
}
