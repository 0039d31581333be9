// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

std::string section_with(std::string_view lines) {
  std::string text = "telemetry:\n  resource_attributes:\n";
  for (const std::string_view line : otelctl::split(lines, '\n')) {
    text += "    " + std::string(line) + "\n";
  }
  return text;
}

// The codes about one attribute, without OTC507 and OTC508, which say where it may stand.
std::string codes_of(std::string_view line) {
  std::string codes;
  for (const Finding& finding : check(section_with(line)).findings) {
    if (finding.code != "OTC507" && finding.code != "OTC508") {
      codes += codes.empty() ? "" : " ";
      codes += finding.code;
    }
  }
  return codes;
}

// What a finding's edits make of a line; the same line when it has none.
std::string mended_line(std::string_view lines, std::string_view code) {
  const std::string text = section_with(lines);
  return mended(text, only(check(text), code));
}

}  // namespace

TEST_CASE("the attributes of the applications' plans are told their names of today") {
  struct Row {
    std::string_view line;
    std::string_view codes;
    std::string_view help;
  };
  const std::vector<Row> rows{
      {"deployment.environment: production", "OTC501", "deployment.environment.name"},
      {"http.method: GET", "OTC501", "http.request.method"},
      {"http.url: http://a.example/", "OTC501", "url.full"},
      {"http.status_code: \"200\"", "OTC501", "http.response.status_code"},
      {"http.user_agent: curl", "OTC501", "user_agent.original"},
      {"db.system: postgresql", "OTC501", "db.system.name"},
      {"db.name: shop", "OTC501", "db.namespace"},
      {"db.operation: SELECT", "OTC501", "db.operation.name"},
      {"db.table: orders", "OTC503", "db.collection.name"},
      {"db.rows_affected: \"3\"", "OTC503", "db.response.returned_rows"},
      {"db.duration_ms: \"3\"", "OTC503", "duration of the span"},
      {"messaging.destination: jobs", "OTC501", "messaging.destination.name"},
      {"messaging.message_id: a1", "OTC501", "messaging.message.id"},
      {"messaging.destination_kind: queue", "OTC502", "messaging.destination.name"},
      {"messaging.payload_size_bytes: \"3\"", "OTC503", "messaging.message.body.size"},
      {"gen_ai.system: openai", "OTC501", "gen_ai.provider.name"},
      {"gen_ai.usage.prompt_tokens: \"3\"", "OTC501", "gen_ai.usage.input_tokens"},
      {"gen_ai.usage.completion_tokens: \"3\"", "OTC501", "gen_ai.usage.output_tokens"},
      {"gen_ai.usage.total_tokens: \"3\"", "OTC503", "add gen_ai.usage.input_tokens"},
      {"gen_ai.prompt: hello", "OTC502", "gen_ai.input.messages"},
      {"gen_ai.completion: hello", "OTC502", "gen_ai.output.messages"},
      {"model.name: gpt-4", "OTC503", "gen_ai.request.model"},
      {"model.provider: openai", "OTC503", "gen_ai.provider.name"},
      {"model.tokens_input: \"150\"", "OTC503", "gen_ai.usage.input_tokens"},
      {"model.tokens_output: \"75\"", "OTC503", "gen_ai.usage.output_tokens"},
      {"tool.name: search", "OTC503", "gen_ai.tool.name"},
      {"environment: production", "OTC505", "deployment.environment.name"},
      {"net.peer.name: a.example", "OTC502", "server.address or client.address"},
      {"http.target: /a", "OTC502", "url.path or url.query"},
      {"db.statement: SELECT 1", "OTC501", "db.query.text"},
      {"db.sql.table: orders", "OTC502", "db.collection.name"},
      {"code.function: main", "OTC502", "code.function.name"},
      {"service.namespace: shop", "", ""},
      {"host.name: web-1", "", ""},
      {"session.id: a1", "", ""},
      {"user.id: a1", "", ""},
      {"gen_ai.request.model: gpt-4", "", ""},
      {"gen_ai.request.temperature: \"0.7\"", "", ""},
      {"gen_ai.usage.input_tokens: \"3\"", "", ""},
      {"gen_ai.usage.output_tokens: \"3\"", "", ""},
      {"messaging.system: kafka", "", ""},
      {"workflow.id: a1", "", ""},
      {"node.type: agent", "", ""},
      {"execution.id: a1", "", ""},
      {"policy.decision: allow", "", ""},
      {"tenant.id: a1", "", ""},
      {"agentmap.graph: main", "", ""},
      {"agent.type: planner", "", ""},
      {"app.tier: one", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    CHECK(codes_of(row.line) == row.codes);
    if (!row.codes.empty()) {
      const std::string help = only(check(section_with(row.line)), row.codes).help;
      CAPTURE(help);
      CHECK(help.find(row.help) != std::string::npos);
    }
  }
}

TEST_CASE("a renamed attribute is mended in its key, whatever its quotes") {
  CHECK(mended_line("db.name: shop # note", "OTC501") == section_with("db.namespace: shop # note"));
  CHECK(mended_line("\"db.name\": shop", "OTC501") == section_with("\"db.namespace\": shop"));
  CHECK(mended_line("'db.name': ${A:-b}", "OTC501") == section_with("'db.namespace': ${A:-b}"));
  CHECK(mended_line("k8s.pod.labels.app: web", "OTC501") == section_with("k8s.pod.label.app: web"));
  for (const std::string_view code : {"OTC501", "OTC502", "OTC503"}) {
    const std::string text = mended_line("db.name: shop", "OTC501");
    CHECK(verdict(text).find(code) == std::string::npos);
  }
}

TEST_CASE("a rename is left to people where it is not plain") {
  // The new name is there already.
  CHECK_FALSE(only(check(section_with("db.name: a\ndb.namespace: b")), "OTC501").fixable());
  CHECK(only(check(section_with("db.name: a\ndb.namespace: b")), "OTC501").help ==
        "remove it: db.namespace is there already");
  // The key is written with an escape.
  CHECK_FALSE(only(check(section_with("\"db\\x2ename\": a")), "OTC501").fixable());
  // The new name has other values.
  CHECK_FALSE(only(check(section_with("db.system: mssql")), "OTC501").fixable());
  CHECK_FALSE(only(check(section_with("db.system: ${DB}")), "OTC501").fixable());
  CHECK(only(check(section_with("db.system: postgresql")), "OTC501").fixable());
}

TEST_CASE("values that the conventions list are told, and mended where it is plain") {
  CHECK(codes_of("cloud.provider: aws") == "");
  CHECK(codes_of("cloud.provider: AWS") == "OTC506");
  CHECK(mended_line("cloud.provider: AWS", "OTC506") == section_with("cloud.provider: aws"));
  CHECK(mended_line("cloud.provider: \"Azure\"", "OTC506") ==
        section_with("cloud.provider: \"azure\""));
  CHECK(mended_line("gen_ai.provider.name: bedrock", "OTC506") ==
        section_with("gen_ai.provider.name: aws.bedrock"));
  CHECK(mended_line("gen_ai.provider.name: 'gemini'", "OTC506") ==
        section_with("gen_ai.provider.name: 'gcp.gemini'"));
  CHECK(only(check(section_with("db.system: cache")), "OTC506").help == "write intersystems_cache");
  CHECK(only(check(section_with("cloud.provider: amazn")), "OTC506").help.find("among others") !=
        std::string::npos);
  CHECK_FALSE(only(check(section_with("cloud.provider: amazn")), "OTC506").fixable());
  CHECK(only(check(section_with("cloud.provider: awss")), "OTC506").help == "did you mean 'aws'?");
  // A list with _OTHER is open, OTC336 speaks of environments, and text of anybody's is free.
  CHECK(codes_of("error.type: timeout") == "");
  CHECK(codes_of("deployment.environment.name: qa") == "");
  CHECK(codes_of("service.namespace: AWS") == "");
  // A value that is not known is not judged.
  CHECK(codes_of("cloud.provider: ${CLOUD}") == "OTC201");
  CHECK(verdict(section_with("cloud.provider: ${CLOUD}"), {{"CLOUD", "AWS"}}) == "OTC506@3:21");
}

TEST_CASE("text that cannot be read as the attribute's type is told") {
  CHECK(codes_of("process.pid: \"4711\"") == "");
  CHECK(codes_of("process.pid: main") == "OTC504");
  CHECK(codes_of("gen_ai.request.temperature: warm") == "OTC504");
  CHECK(codes_of("faas.coldstart: \"true\"") == "");
  CHECK(codes_of("faas.coldstart: maybe") == "OTC504");
  CHECK(only(check(section_with("process.pid: main")), "OTC504").message ==
        "attribute process.pid is a whole number, not 'main'");
}

TEST_CASE("misspelt names in the conventions' namespaces are answered") {
  const auto help = [](std::string_view line) {
    return only(check(section_with(line)), "OTC503").help;
  };
  CHECK(help("service.nmae: a") == "did you mean 'service.name'?");
  CHECK(help("host.nam: a") == "did you mean 'host.name'?");
  CHECK(help("deployment.enviroment.name: a") == "did you mean 'deployment.environment.name'?");
  CHECK(help("service.team: a") == "put the product's name in front of names of your own");
}

TEST_CASE("names without a namespace, or spelt otherwise") {
  CHECK(codes_of("team: a") == "OTC505");
  CHECK(only(check(section_with("Hostname: a")), "OTC505").help == "did you mean 'host.name'?");
  CHECK(codes_of("agentmap.run_id2: a") == "");
  for (const auto& [line, help] : std::vector<std::pair<std::string, std::string>>{
           {"agentmap.runId: a", "write agentmap.run_id"},
           {"agentmap.Run-ID: a", "write agentmap.run_id"},
           {"agentmap.run id: a", "write agentmap.run_id"},
           {"AgentMap.run: a", "write agent_map.run"},
           {"agentmap..run: a", "write lower case words with dots between them"},
           {"agentmap.1run: a", "write lower case words with dots between them"},
           {"agentmap.läufer: a", "write lower case words with dots between them"}}) {
    CAPTURE(line);
    CHECK(only(check(section_with(line)), "OTC510").help == help);
  }
  // The end of such names is the user's.
  CHECK(codes_of("k8s.pod.label.app-Name: a") == "");
}

TEST_CASE("content of users and attributes of spans are out of place on a resource") {
  for (const std::string_view name :
       {"gen_ai.prompt", "gen_ai.completion", "gen_ai.input.messages", "gen_ai.output.messages",
        "db.query.text", "user.id", "user.email", "enduser.id"}) {
    CAPTURE(name);
    CHECK(verdict(section_with(std::string(name) + ": a")).find("OTC507@3:5") != std::string::npos);
  }
  CHECK(verdict(section_with("http.request.method: GET")) == "OTC508@3:5");
  CHECK(verdict(section_with("url.path: /a")) == "OTC508@3:5");
  CHECK(verdict(section_with("k8s.pod.name: a")) == "");
  CHECK(verdict(section_with("telemetry.distro.name: a")) == "");
}

TEST_CASE("names and values of secrets stay hidden in what is said about attributes") {
  const FileReport report =
      check(section_with("ghp_0123456789abcdef: b\nprocess.pid: ghp_0123456789abcdef"));
  CHECK(report.findings.size() == 3);
  for (const Finding& finding : report.findings) {
    CAPTURE(finding.code);
    CHECK((finding.message + finding.help).find("0123456789") == std::string::npos);
  }
}
