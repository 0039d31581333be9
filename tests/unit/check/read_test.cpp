// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/check/support.hpp"

using namespace otelctl;
using namespace otelctl::test;

namespace {

// "CODE@LINE:COLUMN message", a line a finding; "ok" for none.
std::string verdict(const std::string& yaml, const Environment& environment = {}) {
  const auto file = check::read_expectations("order.yaml", yaml, environment);
  std::string lines;
  for (const config::Finding& finding : file.report.findings) {
    lines +=
        fmt::format("{}@{}:{} {}\n", finding.code, finding.line, finding.column, finding.message);
    CHECK_FALSE(finding.help.empty());
  }
  return file.is_valid ? lines + "ok" : lines;
}

std::string with(const std::string& keys) {
  return "version: 1\nexpect:\n  - name: order\n" + keys;
}

}  // namespace

TEST_CASE("every key") {
  const auto file = check::read_expectations(
      "order.yaml",
      "version: 1\n"
      "defaults: {timeout: 45s, settle: 1s, allow_partial: true}\n"
      "expect:\n"
      "  - name: by search\n"
      "    find: {service: checkout, operation: POST /orders, tags: {a: b, n: 1}, errors: true,\n"
      "           since: 5m, which: any}\n"
      "    trace: {spans: 3}\n"
      "  - trace_id: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
      "    timeout: 10s\n"
      "    settle: 0s\n"
      "    allow_partial: false\n"
      "    tree: |\n"
      "      a\n"
      "    strict: true\n"
      "    golden: a.golden\n"
      "    ignore: [\"resource:*\", thread.id]\n",
      Environment());
  REQUIRE(file.is_valid);
  CHECK(file.report.findings.empty());
  REQUIRE(file.expectations.size() == 2);
  const check::Expectation& first = file.expectations[0];
  CHECK(first.name == "by search");
  CHECK(first.file == "order.yaml");
  CHECK(first.line == 4);
  CHECK(first.timeout == std::chrono::seconds(45));
  CHECK(first.settle == std::chrono::seconds(1));
  CHECK(first.allow_partial);
  CHECK(first.find.service == "checkout");
  CHECK(first.find.operation == "POST /orders");
  CHECK(first.find.tags ==
        std::vector<std::pair<std::string, std::string>>{{"a", "b"}, {"n", "1"}});
  CHECK(first.find.must_have_failed);
  CHECK(first.find.since == "5m");
  CHECK(first.find.which == check::Which::any);
  REQUIRE(first.trace.spans.has_value());
  CHECK(first.trace.spans->line == 7);
  const check::Expectation& second = file.expectations[1];
  REQUIRE(second.find.trace_id.has_value());
  CHECK(to_hex(*second.find.trace_id) == "0af7651916cd43dd8448eb211c80319c");
  CHECK(second.timeout == std::chrono::seconds(10));
  CHECK(second.settle == std::chrono::seconds(0));
  CHECK_FALSE(second.allow_partial);
  REQUIRE(second.tree.has_value());
  CHECK(second.tree->is_strict);
  REQUIRE(second.golden.has_value());
  CHECK(second.golden->path == "a.golden");
  CHECK(second.golden->ignored.size() == 2);
}

TEST_CASE("variables are replaced, and have to be there") {
  const Environment environment({{"RUN", "r-1"}, {"COUNT", "3"}, {"SECRET", "Bearer abc"}});
  const auto file = check::read_expectations(
      "order.yaml",
      with("    find: {tags: {run: \"${RUN}\", price: $$5, none: \"${NONE:-x}\"}}\n"
           "    trace: {spans: \"${COUNT}\"}\n"),
      environment);
  REQUIRE(file.is_valid);
  CHECK(file.expectations.front().find.tags == std::vector<std::pair<std::string, std::string>>{
                                                   {"run", "r-1"}, {"price", "$5"}, {"none", "x"}});
  CHECK(file.expectations.front().trace.spans->amount.words() == "3");
  CHECK(verdict(with("    find: {tags: {run: \"${RUN}\"}}\n    trace: {spans: 1}\n")) ==
        "OTC201@4:25 variable RUN is not set and the reference has no default\n");
  CHECK(verdict(with("    trace: {spans: \"${SECRET}\"}\n"), environment).find("abc") ==
        std::string::npos);
}

TEST_CASE("misspelt keys and values") {
  CHECK(verdict(with("    trase: {spans: 1}\n")) ==
        "OTC103@4:5 unknown key 'trase' under expect[0]\n");
  CHECK(verdict(with("    trace: {span: 1}\n")) == "OTC103@4:13 unknown key 'span' under trace\n");
  CHECK(verdict(with("    spans: [{match: {kind: clent}}]\n")) ==
        "OTC106@4:28 kind: 'clent' is not one of internal, server, client, producer, consumer, "
        "unspecified\n");
  CHECK(verdict(with("    find: {which: latest}\n    trace: {spans: 1}\n")) ==
        "OTC106@4:19 which: 'latest' is not one of newest, any, all\n");
  CHECK(verdict(with("    trace: {max_duration: 5}\n")).starts_with("OTC104@4:27 max_duration: "));
  CHECK(verdict(with("    trace: {spans: many}\n")) ==
        "OTC104@4:20 spans: 'many' is not a count\n");
  CHECK(verdict(with("    spans: [{match: {name: /(/}}]\n"))
            .starts_with("OTC104@4:28 name: the regular expression cannot be used"));
  CHECK(verdict(with("    tree: \"a\\n\\tb\"\n")) ==
        "OTC104@4:11 tree: line 2 of the tree: a tab indents it\n");
  CHECK(verdict(with("    trace_id: xyz\n    trace: {spans: 1}\n")) ==
        "OTC104@4:15 trace_id is no trace id\n");
  CHECK(verdict(with("    spans: [{match: {name: a}, attributes: {a: null}}]\n"))
            .starts_with("OTC102@4:"));
  CHECK(verdict(with("    find: {since: yesterday}\n    trace: {spans: 1}\n"))
            .starts_with("OTC104@4:19 since: "));
}

TEST_CASE("what is missing") {
  CHECK(verdict("") == "OTC109@0:0 the file is empty\n");
  CHECK(verdict("version: 1\n") == "OTC109@1:1 the file lacks the key 'expect'\n");
  CHECK(verdict("expect: [{trace: {spans: 1}}]\n") ==
        "OTC109@1:1 the file lacks the key 'version'\n");
  CHECK(verdict("version: 2\nexpect: [{trace: {spans: 1}}]\n").starts_with("OTC105@1:10"));
  CHECK(verdict("version: 1\nexpect: []\n").starts_with("OTC110@2:9"));
  CHECK(verdict(with("")) == "OTC109@3:5 nothing is expected of the trace\n");
  CHECK(verdict("receivers: {otlp: {}}\n")
            .find("this is no file of expectations: it has no key 'expect'") != std::string::npos);
  CHECK(verdict("- a\n").starts_with("OTC102@1:1"));
}

TEST_CASE("what says nothing is pointed out") {
  CHECK(verdict(with("    trace: {spans: 1}\n    strict: true\n"))
            .find("strict speaks of a tree, which is not there") != std::string::npos);
  CHECK(verdict(with("    trace: {spans: 1}\n    ignore: [a]\n"))
            .find("ignore speaks of a golden file") != std::string::npos);
}
