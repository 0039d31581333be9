// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "tests/unit/scenario/read.hpp"

using namespace otelctl;
using namespace otelctl::scenario;

namespace {

bool has_finding(const std::string& yaml, std::string_view text) {
  const std::string found = verdict(yaml);
  CAPTURE(found.substr(0, 500));
  return found.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a billion repetitions") {
  CHECK(verdict(with_spans("      - name: root\n      - {name: a, parent: root, repeat: "
                           "1000000000}\n")) ==
        "OTC105@6:41 repeat must be between 0 and 100000, not '1000000000'\n");
  CHECK(verdict(with_key("chain: 1000000000")) ==
        "OTC105@6:16 chain must be between 1 and 100000, not '1000000000'\n");
  CHECK(verdict(with_key("repeat: 2")) == "OTC103@6:9 the root stands once: it has no 'repeat'\n");
}

TEST_CASE("repetitions of repetitions") {
  std::string spans = "      - name: s0\n";
  for (int index = 1; index < 40; ++index) {
    spans += fmt::format("      - {{name: s{}, parent: s{}, repeat: 100000, chain: 100000}}\n",
                         index, index - 1);
  }
  CHECK(verdict(with_spans(spans)) ==
        "OTC105@6:9 with this span a trace could have more than 100000 spans\n");
}

TEST_CASE("a trace may not take too many bytes or numbers, repetitions counted") {
  const std::string text(10'000, 'x');
  CHECK(has_finding(with_spans(fmt::format("      - name: root\n      - {{name: a, parent: root, "
                                           "repeat: 50000, attributes: {{t: {}}}}}\n",
                                           text)),
                    "with this span a trace could take more than 64 MiB"));
  std::string numbers;
  for (int index = 0; index < 50; ++index) {
    numbers += fmt::format("n{}: [1, 2], ", index);
  }
  CHECK(has_finding(with_spans(fmt::format("      - name: root\n      - {{name: a, parent: root, "
                                           "repeat: 90000, numbers: {{{}}}}}\n",
                                           numbers)),
                    "with this span a trace could draw more than 800000 numbers"));
}

TEST_CASE("cells are counted as long as the longest") {
  std::string places;
  for (int index = 0; index < 10'000; ++index) {
    places += "{a}";
  }
  CHECK(
      has_finding(fmt::format("scenario: s\nservices: [{{name: shop}}]\nchoices: [{{columns: [a], "
                              "rows: [[x], [{}]]}}]\ntraces: [{{spans: [{{name: \"{}\"}}]}}]\n",
                              std::string(10'000, 'y'), places),
                  "with this span a trace could take more than 64 MiB"));
}

TEST_CASE("aliases do not multiply texts") {
  std::string aliases;
  for (int index = 0; index < 2000; ++index) {
    aliases += "*t, ";
  }
  CHECK(has_finding(with_key(fmt::format("attributes: {{a: &t {}, b: [{}]}}",
                                         std::string(100'000, 'x'), aliases)),
                    "OTC007"));
}

TEST_CASE("aliases of aliases end at the limit of nodes") {
  std::string yaml = with_key("attributes:\n          a0: &a0 [x, x, x, x, x, x, x, x, x, x]");
  for (int index = 1; index < 10; ++index) {
    yaml += fmt::format(
        "          a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, "
        "*a{1}, *a{1}, *a{1}]\n",
        index, index - 1);
  }
  CHECK(has_finding(yaml, "OTC007"));
  CHECK(has_finding(with_key("attributes: &a {b: *a}"), "OTC007"));
}

TEST_CASE("a million spans") {
  std::string spans;
  for (int index = 0; index < 300'000; ++index) {
    spans += "      - {}\n";
  }
  CHECK(verdict(with_spans(spans)) == "OTC110@4:5 spans has 300000 items, more than 100000\n");
}

TEST_CASE("a circle of all spans takes no longer than they are many") {
  std::string spans = "      - name: root\n";
  for (int index = 0; index < 90'000; ++index) {
    spans += fmt::format("      - {{name: s{}, parent: s{}}}\n", index, (index + 1) % 90'000);
  }
  CHECK(verdict(with_spans(spans)) ==
        "OTC106@6:28 the parents go in a circle: s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6 -> s7 -> "
        "... -> s0\n");
}

TEST_CASE("findings are bounded, and say so") {
  std::string keys;
  for (int index = 0; index < 5000; ++index) {
    keys += fmt::format("        key{}: 1\n", index);
  }
  const auto file = read_scenario("shop.yaml", with_spans("      - name: root\n" + keys));
  CHECK(file.report.findings.size() == 1001);
  CHECK(file.report.findings[0].message == "more than 1000 findings; the rest is left out");
}

TEST_CASE("wrong numbers") {
  CHECK(has_finding(with_key("error: {rate: .nan}"), "OTC105@6:23 rate must be finite"));
  CHECK(has_finding(with_key("error: {rate: 1.5}"), "rate must be between 0 and 1, not 1.5"));
  CHECK(has_finding(with_key("error: {rate: -0.1}"), "rate must be between 0 and 1, not -0.1"));
  CHECK(has_finding(with_key("events: [{name: a, at: 2}]"), "at must be between 0 and 1, not 2"));
  CHECK(has_finding(with_value("{range: [5, 1]}"), "range goes from 5 down to 1"));
  CHECK(has_finding(with_value("{range: [0, 4294967296]}"), "range is wider than 2^32"));
  CHECK(has_finding(with_value("{range: [0.0, .inf]}"), "range[1] must be finite"));
  CHECK(has_finding(with_value("{range: [-1e308, 1e308]}"), "OTC105"));
  CHECK(has_finding(with_value("{range: [1]}"), "range has 1 item, not 2"));
  CHECK(has_finding(with_value("{counter: a, digits: 21}"), "digits must be between 1 and 20"));
  CHECK(has_finding(with_value("{counter: a, per: 0}"), "per must be at least 1"));
  CHECK(has_finding(with_value("9223372036854775808"), "a must be within 64 bits"));
  CHECK(has_finding(with_key("duration: -5ms"), "duration must not be negative, but is '-5ms'"));
  CHECK(has_finding(with_key("duration: 5h"), "duration must be between 0s and 4h, not '5h'"));
  CHECK(has_finding(with_key("duration: {uniform: [4ms, 1ms]}"),
                    "uniform goes from '4ms' down to '1ms'"));
  CHECK(has_finding(with_key("duration: {lognormal: {median: 1ms, sigma: 9}}"),
                    "sigma must be between 0 and 2, not '9'"));
  CHECK(
      has_finding("scenario: s\nservices: [{name: a}]\ntraces: [{weight: 0, spans: [{name: r}]}]\n",
                  "OTC105@3:19 weight must be above 0, not '0'"));
  CHECK(
      has_finding("scenario: s\nservices: [{name: a}]\ntraces: [{weight: .inf, spans: [{name: "
                  "r}]}]\n",
                  "OTC105@3:19 weight must be finite"));
}

TEST_CASE("wrong types") {
  CHECK(verdict("42\n") == "OTC102@1:1 the file: expected a map, found the number '42'\n");
  CHECK(verdict("[]\n") == "OTC102@1:1 the file: expected a map, found a list\n");
  for (const std::string_view key :
       {"id", "parent", "name", "service", "kind", "duration", "children", "repeat", "chain",
        "status", "numbers", "attributes", "events", "links", "error"}) {
    for (const std::string_view value : {"{a: {b: c}}", "[[x]]", "~", "12", "true"}) {
      CAPTURE(key);
      CAPTURE(value);
      read_scenario("shop.yaml", with_spans(fmt::format("      - {{{}: {}}}\n", key, value)));
      read_scenario("shop.yaml",
                    with_spans(fmt::format("      - name: r\n      - {{{}: {}}}\n", key, value)));
    }
  }
  CHECK(has_finding(with_key("attributes: [a]"), "attributes: expected a map, found a list"));
  CHECK(has_finding(with_key("error: true"), "error: expected a map, found the boolean 'true'"));
  CHECK(has_finding(with_key("error: {rate: 1, propagates: \"yes\"}"),
                    "propagates: expected true or false, found text 'yes'"));
  CHECK(has_finding(with_value("[1, 2]"), "a[0]: expected text, found the number '1'"));
  CHECK(has_finding(with_value("~"), "a: expected a value, found null"));
  CHECK(has_finding(with_value("{one_of: []}"), "one_of needs at least 1 item"));
  CHECK(has_finding(with_value("{one_of: [a, 1]}"), "one_of[1] is of another type"));
  CHECK(
      has_finding(with_value("{range: [1, 2], one_of: [a]}"), "'range' does not go with 'one_of'"));
  CHECK(has_finding(with_value("{digits: 3}"), "a does not say how its value is made"));
  CHECK(has_finding(with_value("{ok: 1}"), "a lacks the key 'failed'"));
  CHECK(has_finding(with_key("attributes: {\"\": 1}"), "an attribute's key is empty"));
}

TEST_CASE("what is no YAML") {
  CHECK(has_finding("scenario: s\nservices: [", "OTC001"));
  CHECK(has_finding("scenario: \"s\n", "OTC003"));
  CHECK(has_finding("scenario: s\xff\n", "OTC004"));
  CHECK(has_finding(with_key("name: again"), "OTC002"));
  CHECK(has_finding(with_value("\"\\ud800\""), "OTC001"));
  CHECK(read_scenario("shop.yaml", with_value("\"\\N\"")).scenario);
  CHECK(!read_scenario("shop.yaml", std::string(1'000'000, '[')).scenario);
  CHECK(!read_scenario("shop.yaml", std::string("a\0b", 3)).scenario);
}

TEST_CASE("messages of hostile text can be printed") {
  const auto file = read_scenario(
      "shop.yaml", with_key("\"\\e[2J\": 1\n        kind: \"\\e[31m\"\n        \"\\u202e\": {}"));
  for (const config::Finding& finding : file.report.findings) {
    CHECK(escape_for_terminal(finding.message) == finding.message);
    CHECK(escape_for_terminal(finding.help) == finding.help);
  }
  CHECK(file.report.findings.size() == 3);
}
