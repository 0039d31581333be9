// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/app.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "cmd/version.hpp"
#include "tests/support/test_context.hpp"

using otelctl::test::TestRun;

TEST_CASE("without a command there is the overview, which is what was asked for") {
  const TestRun run({});
  CHECK(run.status() == 0);
  CHECK(run.out() == TestRun({"--help"}).out());
  CHECK(run.err().empty());
}

TEST_CASE("options without a command are a usage error") {
  const TestRun run({"-q"});
  CHECK(run.status() == 2);
  CHECK(run.err() == "otelctl: '-q' stands without a command\nhint: see 'otelctl --help'\n");
}

TEST_CASE("a part of a command's name leads to the command") {
  CHECK(TestRun({"validate"}).err() ==
        "otelctl: unknown command 'validate'\nhint: did you mean 'config validate'?\n");
  CHECK(TestRun({"send"}).err() ==
        "otelctl: unknown command 'send'\n"
        "hint: did you mean 'send-spans' or 'send-metrics' or 'send-logs'?\n");
  CHECK(TestRun({"help", "validate"}).err().find("'config validate'") != std::string::npos);
  CHECK(TestRun({"nothing-like-it"}).err().find("see 'otelctl --help'") != std::string::npos);
}

TEST_CASE("a group without a command names its commands") {
  const TestRun run({"ledger"});
  CHECK(run.status() == 2);
  CHECK(run.err() ==
        "otelctl: 'ledger' needs a command behind it\n"
        "hint: one of merge; see 'otelctl ledger --help'\n");
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
  CHECK(run.out() == TestRun({"help", "version"}).out());
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

TEST_CASE("a command's own options stand before or after it too") {
  const std::string json = TestRun({"version", "--format", "json"}).out();
  CHECK(json.find("otelctl.version/1") != std::string::npos);
  CHECK(TestRun({"--format", "json", "version"}).out() == json);
  CHECK(TestRun({"--format=json", "-q", "version"}).out() == json);
  const TestRun flag({"--no-env", "config", "validate", "--format", "json", "-"}, {}, "a: 1\n");
  CHECK(flag.out().find("otelctl.findings/1") != std::string::npos);
  const TestRun misspelt({"--fromat", "version"});
  CHECK(misspelt.status() == 2);
  CHECK(misspelt.err() == "otelctl: unknown option '--fromat'\nhint: did you mean '--format'?\n");
}

TEST_CASE("an option that lacks its value says so") {
  const TestRun run({"version", "--format"});
  CHECK(run.status() == 2);
  CHECK(run.err() == "otelctl: --format needs a value\nhint: see 'otelctl version --help'\n");
}

TEST_CASE("a value behind = may be empty, and the next word is none of its own") {
  CHECK(TestRun({"version", "--format=", "json"})
            .err()
            .starts_with("otelctl: --format: '' is not known\n"));
  CHECK(TestRun({"config", "explain", "--output=", "OTC301"}).err() ==
        TestRun({"config", "explain", "--output", "", "OTC301"}).err());
  CHECK(TestRun({"send-spans", "--dry-run", "--seed=", "--traces", "1"})
            .err()
            .starts_with("otelctl: --seed: '' is not a whole number\n"));
  // Of an option's value, and behind --, it is text.
  CHECK(TestRun({"config", "schema", "--section", "--format="}).out().find("\"--format=\"") !=
        std::string::npos);
  CHECK(TestRun({"config", "explain", "--", "--format="}).err().find("'--format='") !=
        std::string::npos);
  CHECK(TestRun({"version", "-v", "--format=text"}).status() == 0);
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

TEST_CASE("what fails behind a JSON result adds no second document to it") {
  const TestRun run({"show-traces", "--backend", "-", "--require", "1", "--format", "json"}, {},
                    R"({"resourceSpans": []})");
  CHECK(run.status() == 6);
  CHECK(run.out().find("otelctl.traces/1") != std::string::npos);
  CHECK(run.out().find("otelctl.error/1") == std::string::npos);
  CHECK(run.err().starts_with("otelctl: "));
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
  CHECK(TestRun({"--version", "--format=json"}).out() ==
        TestRun({"version", "--format=json"}).out());
}

TEST_CASE("an output that cannot be written is a usage error") {
  const TestRun run({"version", "-o", "/nonexistent/folder/file"});
  CHECK(run.status() == 2);
  CHECK(run.err().starts_with("otelctl: /nonexistent/folder/file: No such file or directory\n"));
}

namespace {

class BrokenRandom final : public otelctl::Random {
 public:
  std::uint64_t next() override { throw std::logic_error("the dice\x1b fell off"); }
};

}  // namespace

TEST_CASE("what nobody foresaw is called a bug, with the version and what to do, and is 70") {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const otelctl::Environment environment;
  const otelctl::SystemClock clock;
  BrokenRandom random;
  otelctl::test::TestSignals signals;
  otelctl::Context context({.in = in,
                            .out = out,
                            .err = err,
                            .out_facts = {},
                            .err_facts = {},
                            .environment = environment,
                            .clock = clock,
                            .random = random,
                            .signals = signals});
  CHECK(otelctl::run_app({"send-spans", "--dry-run", "--format", "json"}, context) == 70);
  CHECK(err.str() ==
        "otelctl: unexpected failure: the dice\\x1b fell off\n"
        "hint: this is a bug in otelctl " +
            std::string(otelctl::k_version) +
            ": please report it, with the command line and what it read, where this otelctl comes "
            "from\n");
  CHECK(out.str().find("\"kind\": \"internal\"") != std::string::npos);
  CHECK(out.str().find("this is a bug in otelctl") != std::string::npos);
  CHECK(out.str().find("\"exit_code\": 70") != std::string::npos);
}

TEST_CASE("a person whose terminal is read is told, and a pipe is not") {
  const std::vector<std::vector<std::string>> readers{
      {"config", "validate", "-"},
      {"config", "show", "-"},
      {"config", "convert", "-", "--to", "env"},
      {"ledger", "merge", "-"},
      {"check-traces", "-f", "-"},
      {"send-spans", "--scenario", "-", "--dry-run"},
      {"send-logs", "--body", "-", "--dry-run"},
      {"show-traces", "--backend", "-"},
      {"show-trace", "-"}};
  otelctl::test::Surroundings terminal;
  terminal.in_facts.is_terminal = true;
  for (const auto& args : readers) {
    CAPTURE(args.front());
    constexpr std::string_view k_note = "reading standard input from this terminal";
    CHECK(TestRun(terminal, args).err().find(k_note) != std::string::npos);
    CHECK(TestRun(args).err().find(k_note) == std::string::npos);
    auto quiet = args;
    quiet.emplace_back("-q");
    CHECK(TestRun(terminal, quiet).err().find(k_note) == std::string::npos);
  }
  CHECK(TestRun(terminal, {"version"}).err().empty());
}
