// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/check/support.hpp"

using namespace otelctl;
using namespace otelctl::test;

namespace {

bool is_refused(const std::string& yaml, const Environment& environment = {}) {
  const auto file = check::read_expectations("hostile.yaml", yaml, environment);
  CHECK(file.expectations.empty() == !file.is_valid);
  CHECK(file.report.findings.size() < 3000);
  return !file.is_valid && !file.report.findings.empty();
}

std::string with(const std::string& keys) {
  return "version: 1\nexpect:\n  - name: order\n" + keys;
}

}  // namespace

TEST_CASE("files that are too large, too deep or not YAML") {
  CHECK(is_refused(with("    find: {service: " + std::string(2'000'000, 'x') + "}\n")));
  CHECK(is_refused(with("    trace: " + std::string(5000, '[') + "\n")));
  CHECK(is_refused(std::string(1000, '\0')));
  CHECK(is_refused("version: 1\nexpect: \"\n"));
  CHECK(is_refused("\xff\xfe\xfd"));
}

TEST_CASE("a billion laughs") {
  std::string yaml = "version: 1\nexpect:\n  - &a0 {trace: {spans: 1}}\n";
  std::string bomb = "a: &b0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 10; ++level) {
    bomb += fmt::format("b{0}: &b{0} [*b{1}, *b{1}, *b{1}, *b{1}, *b{1}, *b{1}, *b{1}, *b{1}]\n",
                        level, level - 1);
  }
  CHECK(is_refused(bomb + yaml));
}

TEST_CASE("more than anyone writes") {
  std::string many;
  for (int index = 0; index < 1100; ++index) {
    many += "{trace: {spans: 1}}, ";
  }
  CHECK(is_refused("version: 1\nexpect: [" + many + "]\n"));
  std::string unknown;
  for (int index = 0; index < 20'000; ++index) {
    unknown += fmt::format("k{}: 1\n", index);
  }
  CHECK(is_refused("version: 1\nexpect: [{trace: {spans: 1}}]\n" + unknown));
}

TEST_CASE("references without end") {
  std::string text;
  for (int index = 0; index < 50'000; ++index) {
    text += "${A}";
  }
  CHECK(is_refused(with("    find: {service: \"" + text + "\"}\n    trace: {spans: 1}\n")));
  Environment large;
  large.set("A", std::string(4000, 'a'));
  CHECK(is_refused(with("    find: {service: \"" + text + "\"}\n    trace: {spans: 1}\n"), large));
  Environment self;
  self.set("A", "${A}");
  CHECK_FALSE(is_refused(with("    find: {service: \"${A}\"}\n    trace: {spans: 1}\n"), self));
}

TEST_CASE("expressions that are too much") {
  CHECK(is_refused(with("    spans: [{match: {name: /((a{100}){100}){100}/}}]\n")));
  CHECK(is_refused(with("    spans: [{match: {name: \"/" + std::string(10'000, '(') + "/\"}}]\n")));
}

TEST_CASE("what a message repeats can be printed") {
  const auto file = check::read_expectations(
      "hostile.yaml",
      with("    \"\\e[2Jx\": 1\n    trace: {\"\\e]0;a\\a\": 1, spans: \"\\e[1m\"}\n"),
      Environment());
  CHECK_FALSE(file.is_valid);
  for (const config::Finding& finding : file.report.findings) {
    CHECK(finding.message.find('\x1b') == std::string::npos);
    CHECK(finding.help.find('\x1b') == std::string::npos);
  }
}
