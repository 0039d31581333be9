// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/parser.hpp"

#include <doctest/doctest.h>

#include "cmd/help.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;

namespace {

using Words = std::vector<std::string>;

std::size_t own_of_exec(const Words& args) {
  return count_own_arguments(*find_spec("exec"), args);
}

}  // namespace

TEST_CASE("the command line of a program begins at the first argument that is no option") {
  CHECK(own_of_exec({}) == 0);
  CHECK(own_of_exec({"make", "--name", "x"}) == 0);
  CHECK(own_of_exec({"--name", "x", "make"}) == 2);
  CHECK(own_of_exec({"--name=x", "-q", "--insecure-skip-verify", "make", "-q"}) == 3);
  CHECK(own_of_exec({"--unknown", "make"}) == 1);
  CHECK(own_of_exec({"-", "x"}) == 0);
  CHECK(own_of_exec({"", "x"}) == 0);
  CHECK(own_of_exec({"--name"}) == 1);
}

TEST_CASE("it begins at -- wherever that stands") {
  CHECK(own_of_exec({"-q", "--", "--name", "x"}) == 1);
  CHECK(own_of_exec({"--name", "--", "--", "make"}) == 2);
}

TEST_CASE("all arguments of a command that runs no program are its own") {
  CHECK(count_own_arguments(*find_spec("version"), {"x", "--", "y"}) == 3);
}

TEST_CASE("help and bad options are looked for in otelctl's own arguments only") {
  CHECK(test::TestRun({"exec", "--help", "true"}).out().find("\nUsage: otelctl exec") !=
        std::string::npos);
  CHECK(test::TestRun({"-q", "exec", "--help"}).out().find("\nUsage: otelctl exec") !=
        std::string::npos);
  const test::TestRun run({"exec", "-q", "--nmae", "--", "true", "--help"});
  CHECK(run.status() == 2);
  CHECK(run.out().empty());
  CHECK(run.err() == "otelctl: unknown option '--nmae'\nhint: did you mean '--name'?\n");
}

TEST_CASE("behind -- an argument may begin with a dash") {
  const test::TestRun run({"config", "explain", "--", "-x"});
  CHECK(run.err().find("'-x'") != std::string::npos);
  CHECK(run.err().find("unknown option") == std::string::npos);
  CHECK(test::TestRun({"version", "--"}).status() == 0);
  CHECK(
      test::TestRun({"version", "--", "x"}).err().starts_with("otelctl: unexpected argument 'x'"));
}

TEST_CASE("a program must be given") {
  for (const Words& args : {Words{"exec"}, Words{"exec", "--"}, Words{"exec", "--name", "true"}}) {
    const test::TestRun run(args);
    CHECK(run.status() == 2);
    CHECK(run.err() ==
          "otelctl: missing COMMAND\n"
          "hint: as in: otelctl exec -- make test; see 'otelctl exec --help'\n");
  }
}

TEST_CASE("what follows -- are arguments, whatever they begin with") {
  const CommandSpec& validate = *find_spec("config validate");
  CHECK(parse_arguments(validate, {"--", "-app.yaml", "--fix"}));
  CHECK(parse_arguments(validate, {"--strict", "--"}));
  const auto surplus = parse_arguments(*find_spec("version"), {"--", "--"});
  REQUIRE_FALSE(surplus);
  CHECK(surplus.error().message == "unknown option '--'");
}
