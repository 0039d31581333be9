// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/app.hpp"

#include <doctest/doctest.h>

#include "tests/support/test_context.hpp"

using otelctl::test::TestRun;

TEST_CASE("without a command the overview goes to stderr and the status is 2") {
  const TestRun run({});
  CHECK(run.status() == 2);
  CHECK(run.out().empty());
  CHECK(run.err().find("Usage: otelctl COMMAND") != std::string::npos);
}

TEST_CASE("a misspelt command is answered with the nearest one") {
  const TestRun run({"verison"});
  CHECK(run.status() == 2);
  CHECK(run.err() == "otelctl: unknown command 'verison'\nhint: did you mean 'version'?\n");
}

TEST_CASE("a misspelt option is answered with the nearest one") {
  const TestRun run({"version", "--fromat", "json"});
  CHECK(run.status() == 2);
  CHECK(run.err() == "otelctl: unknown option '--fromat'\nhint: did you mean '--format'?\n");
}

TEST_CASE("help wins over a bad value") {
  const TestRun run({"version", "--format", "nonsense", "--help"});
  CHECK(run.status() == 0);
  CHECK(run.out().starts_with("Usage: otelctl version"));
  CHECK(run.err().empty());
}

TEST_CASE("help COMMAND is the same as COMMAND --help") {
  CHECK(TestRun({"help", "version"}).out() == TestRun({"version", "--help"}).out());
  CHECK(TestRun({"help"}).out() == TestRun({"--help"}).out());
  const TestRun unknown({"help", "verison"});
  CHECK(unknown.status() == 2);
  CHECK(unknown.err().find("did you mean 'version'?") != std::string::npos);
}

TEST_CASE("general options stand before or after the command") {
  CHECK(TestRun({"--color", "never", "version"}).status() == 0);
  CHECK(TestRun({"--color=never", "-q", "version"}).status() == 0);
  CHECK(TestRun({"version", "-qv"}).status() == 0);
  CHECK(TestRun({"--color", "pink", "version"}).status() == 2);
}

TEST_CASE("an option that lacks its value says so") {
  const TestRun run({"version", "--format"});
  CHECK(run.status() == 2);
  CHECK(run.err() == "otelctl: --format needs a value\nhint: see 'otelctl version --help'\n");
}

TEST_CASE("an argument that lacks or is too much says so") {
  CHECK(TestRun({"completion"}).err().starts_with("otelctl: missing SHELL\n"));
  CHECK(TestRun({"version", "now"}).err().starts_with("otelctl: unexpected argument 'now'\n"));
  CHECK(TestRun({"completion", "csh"}).err().starts_with("otelctl: SHELL: 'csh' is not known\n"));
}

TEST_CASE("with --format json a usage error is a document too") {
  const TestRun run({"version", "--format", "json", "--bad"});
  CHECK(run.status() == 2);
  CHECK(run.out().find("\"schema\": \"otelctl.error/1\"") != std::string::npos);
  CHECK(run.out().find("\"exit_code\": 2") != std::string::npos);
  CHECK(!run.err().empty());
}

TEST_CASE("what a user typed is escaped before it is shown") {
  const TestRun run({"ver\x1b[31m"});
  CHECK(run.err().find('\x1b') == std::string::npos);
  CHECK(run.err().find("\\x1b[31m") != std::string::npos);
}

TEST_CASE("the version can be had in every usual way") {
  CHECK(TestRun({"--version"}).out() == TestRun({"version"}).out());
  CHECK(TestRun({"version"}).out().starts_with("otelctl "));
  CHECK(TestRun({"version", "--format=json"}).out().find("otelctl.version/1") != std::string::npos);
}

TEST_CASE("an output that cannot be written is a usage error") {
  const TestRun run({"version", "-o", "/nonexistent/folder/file"});
  CHECK(run.status() == 2);
  CHECK(run.err().starts_with("otelctl: /nonexistent/folder/file: No such file or directory\n"));
}
