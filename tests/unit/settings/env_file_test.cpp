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
  CHECK(shown("A=x # note\nB=x#y\nC=x\t#y\n") == "1:A=x;2:B=x#y;3:C=x\t#y;");
  // Only behind a space: compose takes these whole.
  CHECK(shown("A=# all\nB= # all\n") == "1:A=# all;2:B=# all;");
  CHECK(shown("A='x # $y \\n'\nB=\"a\\nb\\\"c\\$ \\q\" # note") ==
        "1:A=x # $y \\n;2:B=a\nb\"c$ \\q;");
  CHECK(shown("A=\"one\ntwo\"\nB=3") == "1:A=one\ntwo;3:B=3;");
  CHECK(shown("A=\nB") == "1:A=;");
  CHECK(shown("A=a=b=c") == "1:A=a=b=c;");
  CHECK(shown("A: 1\nB : 2\n") == "1:A=1;2:B=2;");
  CHECK(shown("A-B=1\nA.B=2\nA[0]=3\n1A=4\n") == "1:A-B=1;2:A.B=2;3:A[0]=3;4:1A=4;");
  CHECK(shown("A='it\\'s'\nB=\"\\t\\\\ \\x\"\n") == "1:A=it's;2:B=\t\\ \\x;");
  CHECK(shown("A=\xc2\xa0x\xc2\xa0\nexportB=2\nexport\tC=3") == "1:A=x;2:exportB=2;3:C=3;");
  CHECK(shown("A=\"one\r\ntwo\"\r\nB=3\r\n") == "1:A=one\ntwo;3:B=3;");
  CHECK(shown("A=a\"b c\"d\nB=\"x\"#y\nC=\nD=1") == "1:A=a\"b c\"d;2:B=x;3:C=;4:D=1;");
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

TEST_CASE("Entries know where they stand, and how they are quoted") {
  const std::string text =
      "\xef\xbb\xbf"
      "export A = 'x y' # z\nB=\nC=1 #2\n";
  const EnvFileContent content = read_env_file(text, nullptr);
  REQUIRE(content.entries.size() == 3);
  const auto part = [&](std::size_t begin, std::size_t end) {
    return text.substr(begin, end - begin);
  };
  const EnvFileEntry& first = content.entries[0];
  CHECK(part(first.name_begin, first.name_end) == "A");
  CHECK(part(first.begin, first.end) == "'x y'");
  CHECK(first.quote == '\'');
  CHECK(part(content.entries[1].name_begin, content.entries[1].name_end) == "B");
  CHECK(content.entries[1].begin == content.entries[1].name_end + 1);
  CHECK(content.entries[1].end == content.entries[1].begin);
  CHECK(part(content.entries[2].begin, content.entries[2].end) == "1");
  CHECK(content.entries[2].quote == '\0');
}

TEST_CASE("With an environment references are resolved, from it before earlier lines") {
  Environment environment;
  environment.set("HOST", "outside");
  const auto content = read_env_file(
      "HOST=inside\nPORT=1\nA=http://$HOST:${PORT}\nB='$HOST'\nC=\"\\$HOST "
      "$$\"\nD=${NO}x\nE=${NO:-e}\n",
      &environment);
  REQUIRE(content.entries.size() == 7);
  CHECK(content.entries[2].value == "http://outside:1");
  CHECK(content.entries[3].value == "$HOST");
  CHECK(content.entries[4].value == "$HOST $");
  CHECK_FALSE(content.entries[5].is_known);
  REQUIRE(content.entries[5].unset.size() == 1);
  CHECK(content.entries[5].unset[0] == "NO");
  CHECK(content.entries[6].value == "e");
  CHECK(content.entries[6].is_known);
}

TEST_CASE("A line that cannot be read does not hide the others") {
  const auto content = read_env_file("A=1\nB C=2\nD=\"x\" y\nE='z\nF=3\n", nullptr);
  REQUIRE(content.problems.size() == 3);
  CHECK(content.problems[0].line == 2);
  CHECK(content.problems[1].line == 3);
  CHECK(content.problems[2].line == 4);
  REQUIRE(content.entries.size() == 2);
  CHECK(content.entries[1].name == "F");
}

TEST_CASE("The assignments of a script are read as the shell reads them, all else is passed over") {
  const Environment none;
  const std::string text =
      "#!/bin/sh\n"
      "set -eu\n"
      "# export NO=1\n"
      "if [ -z \"$HOME\" ]; then export A=1; fi\n"
      "export B=\"x $A\" C='y z'\n"
      "D=1 E=2 python app.py --x=y\n"
      "F=$(date +%s) && G=a\"b c\"d\n"
      "echo H=1\n"
      "\tI=\"two\nlines\"\n"
      "export J\n";
  const auto content = read_env_file(text, &none);
  CHECK(content.is_script);
  CHECK(content.problems.empty());
  std::string all;
  for (const EnvFileEntry& entry : content.entries) {
    all += std::to_string(entry.line) + ":" + entry.name + "=" +
           (entry.is_known ? entry.value : "?") + ";";
  }
  CHECK(all == "4:A=1;5:B=x 1;5:C=y z;6:D=1;6:E=2;7:F=?;7:G=ab cd;9:I=two\nlines;");
  CHECK(content.entries[1].quote == '"');
  CHECK(content.entries[6].quote == '\0');
}

TEST_CASE("A reference to a value that is not known is not known either") {
  const Environment none;
  const auto script = read_env_file(
      "#!/bin/sh\nHOST=$(hostname)\nexport URL=\"http://$HOST:4317\"\nHOST=h\nAGAIN=$HOST\n",
      &none);
  REQUIRE(script.entries.size() == 4);
  CHECK_FALSE(script.entries[1].is_known);
  CHECK(script.entries[3].is_known);
  CHECK(script.entries[3].value == "h");

  const auto file = read_env_file("A=${NO}\nB=x$A\n", &none);
  REQUIRE(file.entries.size() == 2);
  CHECK_FALSE(file.entries[1].is_known);
  Environment outside;
  outside.set("A", "a");
  CHECK(read_env_file("A=${NO}\nB=x$A\n", &outside).entries.at(1).value == "xa");
}

TEST_CASE("Values that hold each other many times are not written out") {
  const Environment none;
  for (const std::string begin : {"", "#!/bin/sh\n"}) {
    std::string text = begin + "V0=0123456789\n";
    for (int i = 1; i < 100; ++i) {
      const std::string earlier = "$V" + std::to_string(i - 1);
      text += "V" + std::to_string(i) + "=" + earlier + earlier + "\n";
    }
    const auto content = read_env_file(text, &none);
    REQUIRE(content.entries.size() == 100);
    CHECK(content.entries[10].value.size() == 10240);
    CHECK(content.entries[10].is_known);
    CHECK_FALSE(content.entries[99].is_known);
    std::size_t bytes = 0;
    for (const EnvFileEntry& entry : content.entries) {
      bytes += entry.value.size();
    }
    CHECK(bytes < 32'000'000);
  }
}

TEST_CASE("A script with commands that never end is read in one pass") {
  std::string text = "#!/bin/sh\n";
  for (int i = 0; i < 200'000; ++i) {
    text += "A=$(x\n";
  }
  CHECK(read_env_file(text, nullptr).entries.size() == 200'000);
}

TEST_CASE("A file is a script by its first line, or by exports beside words of the shell") {
  CHECK(read_env_file("#!/usr/bin/env bash\nA=1\n", nullptr).is_script);
  CHECK(read_env_file("export A=1\nset -a\n", nullptr).is_script);
  CHECK_FALSE(read_env_file("export A=1\nexport B=1\nmore words\n", nullptr).is_script);
  CHECK_FALSE(read_env_file("A=1\nset -a\n", nullptr).is_script);
}

TEST_CASE("Hostile bytes end in entries or problems") {
  for (const std::string& text :
       {std::string("A=\0B\n=", 6), std::string(1000000, 'A'), std::string(100000, '\n'),
        "A=" + std::string(100000, '"'), std::string("A='") + std::string(100000, '\\'),
        std::string("\xff\xfe=\xff"), std::string("#!"), std::string("#!\nA=$("),
        std::string("#!\nA=\"\\"), std::string("export"), std::string("export A")}) {
    const Environment none;
    const auto content = read_env_file(text, &none, 1000);
    for (const EnvFileEntry& entry : content.entries) {
      CHECK(entry.name_begin < entry.name_end);
      CHECK(entry.begin <= entry.end);
      CHECK(entry.end <= text.size());
    }
    for (const EnvFileProblem& problem : content.problems) {
      CHECK(problem.begin <= problem.end);
      CHECK(problem.end <= text.size());
    }
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
