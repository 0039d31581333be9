// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "cmd/completion/line.hpp"

using namespace otelctl;

namespace {

using At = CommandLine::At;
using Words = std::vector<std::string>;

std::string taker_of(const CommandLine& line) {
  return line.taker == nullptr ? "" : line.taker->names.back();
}

}  // namespace

TEST_CASE("the first word is a command, of a group the second") {
  CHECK(read_command_line({""}).at == At::command);
  CHECK(read_command_line({}).at == At::command);
  const CommandLine group = read_command_line({"config", "va"});
  CHECK(group.at == At::command);
  CHECK(group.group == "config");
  CHECK(group.typed == "va");
  CHECK(read_command_line({"config", "validate", ""}).command->name == "config validate");
}

TEST_CASE("what is no command, or hidden, completes nothing behind it") {
  CHECK(read_command_line({"nonsense", ""}).at == At::nothing);
  CHECK(read_command_line({"docs", ""}).at == At::nothing);
  CHECK(read_command_line({"config", "nonsense", "-"}).at == At::nothing);
}

TEST_CASE("general options stand before the command, one with its value") {
  CHECK(read_command_line({"--color", ""}).at == At::value);
  CHECK(taker_of(read_command_line({"--color", ""})) == "--color");
  const CommandLine line = read_command_line({"--color", "never", "-q", "version", "-"});
  CHECK(line.at == At::option);
  CHECK(line.command->name == "version");
  CHECK(line.given.size() == 2);
}

TEST_CASE("a value stands behind its option, in the next word or in the same") {
  for (const Words& words : {Words{"version", "--format", "js"}, Words{"version", "--format=js"}}) {
    const CommandLine line = read_command_line(words);
    CHECK(line.at == At::value);
    CHECK(taker_of(line) == "--format");
    CHECK(line.typed == "js");
  }
  CHECK(read_command_line({"version", "--format=js"}).fixed == "--format=");
  const CommandLine joined = read_command_line({"version", "-qoFILE"});
  CHECK(joined.at == At::option);
  const CommandLine short_one = read_command_line({"version", "-oresult"});
  CHECK(short_one.at == At::value);
  CHECK(short_one.fixed == "-o");
  CHECK(short_one.typed == "result");
  // Even one that looks like an option.
  CHECK(read_command_line({"version", "--output", "--form"}).at == At::value);
}

TEST_CASE("a flag and an unknown option take no value") {
  CHECK(read_command_line({"show-traces", "--errors", ""}).at == At::argument);
  CHECK(read_command_line({"show-traces", "--errors=x"}).at == At::nothing);
  CHECK(read_command_line({"show-traces", "--unknown=x"}).at == At::nothing);
  CHECK(read_command_line({"show-traces", "-x"}).at == At::option);
}

TEST_CASE("of a list the last item is completed") {
  const CommandLine line =
      read_command_line({"config", "validate", "--select", "OTC301,OTC302,OT"});
  CHECK(line.at == At::value);
  CHECK(line.fixed == "OTC301,OTC302,");
  CHECK(line.typed == "OT");
  CHECK(line.listed == Words{"OTC301", "OTC302"});
  CHECK(read_command_line({"config", "validate", "--ignore=OTC301,"}).fixed == "--ignore=OTC301,");
  CHECK(read_command_line({"show-traces", "--service", "a,b"}).typed == "a,b");
}

TEST_CASE("arguments take their turn, and the last one goes on where it may") {
  CHECK(taker_of(read_command_line({"diff-traces", ""})) == "A");
  CHECK(taker_of(read_command_line({"diff-traces", "last", ""})) == "B");
  CHECK(taker_of(read_command_line({"diff-traces", "last", "--format", "json", ""})) == "B");
  CHECK(read_command_line({"diff-traces", "last", "last~1", ""}).taker == nullptr);
  CHECK(read_command_line({"config", "validate", "a.yaml", "b.yaml", ""}).taker != nullptr);
  CHECK(read_command_line({"show-trace", "--", "-"}).at == At::argument);
  CHECK(read_command_line({"show-trace", "--", "--al"}).typed == "--al");
}

TEST_CASE("what was given is known by its long name") {
  const CommandLine line =
      read_command_line({"check-traces", "-f", "a.yaml", "-fb.yaml", "--service=shop", "-qv", "-"});
  REQUIRE(line.given.size() == 5);
  CHECK(line.given[0].name == "--file");
  CHECK(line.given[1].value == "b.yaml");
  CHECK(line.given[2].value == "shop");
  CHECK(line.given[3].name == "--quiet");
  CHECK(line.given[4].name == "--verbose");
}

TEST_CASE("another program's command line begins at its name, or behind --") {
  CHECK(read_command_line({"exec", "--na"}).at == At::option);
  const CommandLine first = read_command_line({"exec", "--name", "build", "ma"});
  CHECK(first.at == At::program);
  CHECK(first.program == 3);
  CHECK(read_command_line({"exec", "make", "--na"}).program == 1);
  CHECK(read_command_line({"exec", "-q", "--", "make", "-"}).program == 3);
  CHECK(read_command_line({"exec", "--", ""}).program == 2);
}
