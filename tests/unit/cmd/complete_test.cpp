// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/completion/complete.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <stdexcept>

#include <doctest/doctest.h>

#include "cmd/commands.hpp"
#include "cmd/completion/ask_backend.hpp"
#include "cmd/completion/files.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;

namespace {

using Words = std::vector<std::string>;

const std::string k_traces = std::string(OTELCTL_TEST_DATA) + "/traces/everything.otlp.json";

// What is offered, in a world with these variables and nothing else.
class Asked {
 public:
  explicit Asked(const Words& words, std::map<std::string, std::string, std::less<>> variables = {})
      : m_environment(std::move(variables)) {
    Context context({.in = m_in,
                     .out = m_out,
                     .err = m_out,
                     .out_facts = {},
                     .err_facts = {},
                     .environment = m_environment,
                     .clock = m_clock,
                     .random = m_random,
                     .signals = m_signals});
    answer = complete(words, context, std::chrono::hours(1));
    CHECK(m_out.str().empty());
  }

  Words values() const {
    Words values;
    for (const Suggestion& each : answer.suggestions) {
      if (answer.fits(each)) {
        values.push_back(each.value);
      }
    }
    return values;
  }
  bool offers(const std::string& value) const {
    const Words all = values();
    return std::find(all.begin(), all.end(), value) != all.end();
  }
  std::string description_of(const std::string& value) const {
    for (const Suggestion& each : answer.suggestions) {
      if (each.value == value) {
        return each.description;
      }
    }
    return "(not offered)";
  }

  Answer answer;

 private:
  std::istringstream m_in;
  std::ostringstream m_out;
  Environment m_environment;
  test::FixedClock m_clock;
  SeededRandom m_random{7};
  test::TestSignals m_signals;
};

void write(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("commands complete with their summaries, groups once, hidden ones never") {
  const Asked asked({""});
  CHECK(asked.description_of("send-spans") == "Send made-up traces and account for every span");
  CHECK(asked.offers("config"));
  CHECK_FALSE(asked.offers("config validate"));
  CHECK_FALSE(asked.offers("docs"));
  CHECK_FALSE(asked.offers("complete"));
  CHECK(Asked({"config", "s"}).values() == Words{"show", "schema"});
}

TEST_CASE("every option of every command is offered, and each value without any fault") {
  for (const CommandSpec& spec : all_commands()) {
    if (spec.is_hidden) {
      continue;
    }
    Words words;
    for (const std::string_view word :
         {spec.name.substr(0, spec.name.find(' ')), spec.name.substr(spec.name.find(' ') + 1)}) {
      if (words.empty() || word != words.back()) {
        words.emplace_back(word);
      }
    }
    CAPTURE(spec.name);
    words.emplace_back("--");
    const Asked names(words);
    for (const OptionFacts& option : describe_options(spec)) {
      CAPTURE(option.names.back());
      if (option.is_positional) {
        continue;
      }
      CHECK(names.offers(option.names.back()));
      if (option.takes_value()) {
        words.back() = option.names.back();
        words.emplace_back("");
        // No backend is there, and what needs none is not kept from being offered.
        const Asked values(words, {{"OTELCTL_BACKEND", "/nonexistent"}});
        const Words choices = option.choices();
        CHECK((option.source != nullptr || values.values() == choices));
        words.pop_back();
      }
    }
  }
}

TEST_CASE("an option is offered again only where it may be given again") {
  const Asked asked({"show-traces", "--service", "a", "--last=3", "--errors", "-o", "f", "--"});
  CHECK(asked.offers("--service"));
  CHECK_FALSE(asked.offers("--last"));
  CHECK_FALSE(asked.offers("--errors"));
  CHECK_FALSE(asked.offers("--output"));
  CHECK(asked.offers("--since"));
  CHECK(Asked({"show-traces", "-"}).offers("-o"));
  CHECK_FALSE(Asked({"show-traces", "-o", "f", "-"}).offers("-o"));
}

TEST_CASE("where no argument is left options are offered unasked") {
  CHECK(Asked({"show-traces", ""}).offers("--service"));
  CHECK_FALSE(Asked({"config", "explain", ""}).offers("--format"));
  CHECK(Asked({"show-traces", "x"}).values().empty());
}

TEST_CASE("choices, and none of the words that stand for something") {
  CHECK(Asked({"version", "--format", ""}).values() == Words{"text", "json"});
  CHECK(Asked({"show-trace", "--format=s"}).values() == Words{"speedscope", "svg"});
  CHECK(Asked({"show-trace", "--format=s"}).answer.fixed == "--format=");
  CHECK(Asked({"completion", ""}).values() == Words{"bash", "zsh", "fish"});
  CHECK(Asked({"send-spans", "--protocol", ""}).values() ==
        Words{"grpc", "http/protobuf", "http/json"});
  CHECK(Asked({"diff-traces", "a", "b", "--fail-on", "added,"}).values() ==
        Words{"removed", "error", "slower="});
  CHECK(Asked({"serve", "--fault", "reset@1%,s"}).values() == Words{"reset@1%,slow="});
}

TEST_CASE("codes of rules come with their names, in a list each once, and in small letters") {
  const Asked asked({"config", "explain", "OTC30"});
  CHECK(asked.description_of("OTC301") == "jaeger-agent-exporter");
  CHECK(Asked({"config", "validate", "--ignore", "OTC301,OTC302,OTC30"}).offers("OTC303"));
  CHECK_FALSE(Asked({"config", "validate", "--ignore", "OTC301,OTC302,OTC30"}).offers("OTC301"));
  CHECK(Asked({"config", "explain", "otc301"}).values() == Words{"otc301"});
}

TEST_CASE("versions of the Collector, the newest first") {
  const Words versions = Asked({"config", "validate", "--collector-version", ""}).values();
  REQUIRE(versions.size() > 3);
  CHECK(versions.front() == "0.155");
  CHECK(versions.back() == "0.86");
}

TEST_CASE("scenarios with what they are of, and files beside them where they may be") {
  const Asked asked({"send-spans", "--scenario", ""});
  CHECK(!asked.description_of("agentmap").empty());
  CHECK(asked.answer.files.has_value());
  CHECK_FALSE(Asked({"scenarios", ""}).answer.files.has_value());
  CHECK(Asked({"scenarios", "agent"}).offers("agentmap"));
}

TEST_CASE("help completes commands of two words") {
  CHECK(Asked({"help", "vers"}).values() == Words{"version"});
  CHECK(Asked({"help", "config", "ex"}).values() == Words{"explain"});
  CHECK(Asked({"help", "version", ""}).values().empty());
}

TEST_CASE("names of attributes are those of the conventions") {
  const Asked asked({"send-spans", "--resource", "deployment.env"});
  CHECK(asked.values() == Words{"deployment.environment.name="});
}

TEST_CASE("sections are the maps of the files that are named, at any depth that is typed") {
  const test::TemporaryFolder folder;
  const std::string file = folder.path("app.yaml");
  write(file, "name: x\ntelemetry:\n  traces: {}\nmore:\n  otel: {a: 1}\n  plain: 1\n");
  CHECK(Asked({"config", "validate", file, "--section", ""}).values() ==
        Words{"telemetry", "more"});
  CHECK(Asked({"send-spans", "--config", file, "--section", ""}).values() ==
        Words{"telemetry", "more"});
  CHECK(Asked({"config", "show", file, "--section", "more."}).values() == Words{"more.otel"});
  CHECK(Asked({"config", "show", file, "--section", "none."}).values().empty());
  CHECK(Asked({"config", "show", "/nonexistent", "--section", ""}).values().empty());
  CHECK(Asked({"config", "show", "--section", ""}).values().empty());
  write(file, "- 1\n{");
  CHECK(Asked({"config", "show", file, "--section", ""}).values().empty());
}

TEST_CASE("services, operations and keys are those of the backend on the line") {
  CHECK(Asked({"show-traces", "--backend", k_traces, "--service", ""}).values() ==
        Words{"checkout", "pay|ment"});
  CHECK(Asked({"show-traces", "--service", ""}, {{"OTELCTL_BACKEND", k_traces}}).values() ==
        Words{"checkout", "pay|ment"});
  // The command line comes first.
  CHECK(Asked({"show-traces", "--backend=/nonexistent", "--service", ""},
              {{"OTELCTL_BACKEND", k_traces}})
            .values()
            .empty());
  CHECK(Asked({"show-traces", "--backend", k_traces, "--operation", "POST"}).values() ==
        Words{"POST /orders"});
  CHECK(
      Asked({"show-traces", "--backend", k_traces, "--service", "pay|ment", "--operation", "POST"})
          .values()
          .empty());
  CHECK(Asked({"check-traces", "--backend", k_traces, "--services", "checkout,"}).values() ==
        Words{"pay|ment"});
  CHECK(Asked({"show-traces", "--backend", k_traces, "--tag", "te"}).values() == Words{"text="});
  CHECK(Asked({"show-traces", "--backend", k_traces, "--tag", "text="}).values().empty());
  CHECK(Asked({"show-trace", "last", "--backend", k_traces, "--attribute", "te"}).values() ==
        Words{"text"});
}

TEST_CASE("traces come newest first with their roots, and files only where no trace is meant") {
  const Asked asked({"show-trace", "--backend", k_traces, ""});
  CHECK(asked.values() == Words{"last", "0af7651916cd43dd8448eb211c80319c"});
  CHECK(asked.description_of("last").starts_with("checkout POST /orders, "));
  CHECK_FALSE(asked.answer.files.has_value());
  CHECK(Asked({"show-trace", "--backend", k_traces, "tra"}).answer.files.has_value());
  CHECK(Asked({"show-trace", "./"}).answer.files.has_value());
  CHECK_FALSE(Asked({"check-traces", "--trace-id", "./"}).answer.files.has_value());
}

TEST_CASE("what cannot be read, or only once, is no answer") {
  for (const Words& words :
       {Words{"show-traces", "--backend", "-", "--service", ""},
        Words{"show-traces", "--backend", "/dev/null", "--service", ""},
        Words{"show-traces", "--backend", "http://", "--service", ""},
        Words{"show-traces", "--backend", "http://127.0.0.1:1", "--service", ""},
        Words{"show-traces", "--backend-header", "x", "--service", ""},
        Words{"show-traces", "--backend-kind", "x", "--service", ""}}) {
    CHECK(Asked(words).values().empty());
  }
}

TEST_CASE("nobody waits longer than the bound") {
  std::promise<void> never;
  const std::shared_future<void> end = never.get_future().share();
  CHECK(within<int>(nanoseconds{1}, [end]() -> std::optional<int> {
          end.wait();
          return 1;
        }) == std::nullopt);
  never.set_value();
  CHECK(within<int>(std::chrono::hours(1), []() -> std::optional<int> { return 1; }) == 1);
  CHECK(within<int>(std::chrono::hours(1), []() -> std::optional<int> {
          throw std::runtime_error("an answer that nobody foresaw");
        }) == std::nullopt);
}

TEST_CASE("files are those of the patterns, folders among them, hidden ones when they are meant") {
  const test::TemporaryFolder folder;
  for (const char* const name : {"a.yaml", "b.yml", "c.txt", ".env", ".env.local", "d.env", ".x"}) {
    write(folder.path(name), "");
  }
  std::filesystem::create_directory(folder.path("sub"));
  const Environment environment({{"HOME", folder.path("")}});
  const auto found = [&](const std::string& typed, const FilePatterns& patterns) {
    return files_beginning(typed, patterns, environment);
  };
  CHECK(found("~/", {"*.yaml", "*.yml"}) == Words{"~/a.yaml", "~/b.yml", "~/sub/"});
  CHECK(found("~/", {"*.env", ".env*"}) == Words{"~/.env", "~/.env.local", "~/d.env", "~/sub/"});
  CHECK(found("~/", {}) == Words{"~/a.yaml", "~/b.yml", "~/c.txt", "~/d.env", "~/sub/"});
  CHECK(found("~/.", {}) == Words{"~/.env", "~/.env.local", "~/.x"});
  CHECK(found(folder.path("s"), {}) == Words{folder.path("sub/")});
  CHECK(found("/nonexistent/x", {}).empty());
  CHECK(Asked({"config", "validate", ""}).answer.files ==
        FilePatterns{"*.yaml", "*.yml", "*.env", ".env*"});
}

TEST_CASE("nothing is offered that would do something to a terminal") {
  const test::TemporaryFolder folder;
  const std::string file = folder.path("app.yaml");
  write(file, "\"bad\\e[31m\":\n  a: 1\n\"two\\nlines\":\n  a: 1\ngood:\n  a: 1\n");
  CHECK(Asked({"config", "show", file, "--section", ""}).values() == Words{"good"});
}

TEST_CASE("every shell is answered in its way") {
  const auto answer = [](Words words) {
    words.insert(words.begin(), {"complete", "--shell"});
    const test::TestRun run(words);
    CHECK(run.status() == 0);
    CHECK(run.err().empty());
    return run.out();
  };
  CHECK(answer({"bash", "--", "j", "otelctl version --format=j"}) == "values\njson\n");
  CHECK(answer({"bash", "--", "--vers", "otelctl --vers"}) == "values\n--version\n");
  CHECK(answer({"bash", "--", "//l", "otelctl send-spans --endpoint http://l"}) ==
        "values\n//localhost:4317\n//localhost:4318\n");
  CHECK(answer({"bash", "--", "slow", "otelctl serve --fault \"slow"}) ==
        "values nospace\nslow=\n");
  CHECK(answer({"bash", "--", "m", "otelctl exec -q m"}) == "program=16\n");
  CHECK(answer({"zsh", "--", "version", "--format=j"}) ==
        "values\nfixed=--format=\ntext\t\njson\t\n");
  CHECK(answer({"zsh", "--", "config", "show", ""}) ==
        "values files=*.yaml|*.yml|*.env|.env*\nfixed=\n");
  CHECK(answer({"zsh", "--", "exec", "make", ""}) == "program=1\n");
  CHECK(answer({"fish", "--", "version", "--format=j"}) ==
        "values\n--format=text\t\n--format=json\t\n");
  CHECK(answer({"fish", "--", "exec", "make", ""}) == "program=1\n");
  CHECK(answer({"fish", "--", ""}).find("\nversion\tPrint the version\n") != std::string::npos);
}
