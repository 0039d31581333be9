// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/scenario/read.hpp"

using namespace otelctl;
using namespace otelctl::scenario;

TEST_CASE("a span goes by its id, or by its name where it is the only one of that name") {
  const auto scenario = read(with_spans(R"(      - name: root
      - {id: twin, name: work, parent: root}
      - {name: work, parent: twin}
      - {name: leaf, parent: work}
)"));
  CHECK(scenario.traces[0].spans[3].parent == 2U);
}

TEST_CASE("a name that several spans have needs an id") {
  CHECK(verdict(with_spans(R"(      - name: root
      - {name: work, parent: root}
      - {name: work, parent: root}
      - {name: leaf, parent: work}
)")) == "OTC106@8:30 parent: several spans are called 'work'\n");
}

TEST_CASE("ids are given once") {
  const std::string yaml = with_spans(R"(      - {id: a, name: root}
      - {id: a, name: child, parent: a}
)");
  CHECK(verdict(yaml) == "OTC002@6:14 two spans are called 'a'\n");
  const auto file = read_scenario("shop.yaml", yaml);
  REQUIRE(file.report.findings.at(0).related.size() == 1);
  CHECK(file.report.findings[0].related[0].place.begin == yaml.find("a, name: root"));
}

TEST_CASE("services are given once") {
  CHECK(verdict("scenario: s\nservices: [{name: a}, {name: a}]\n"
                "traces: [{spans: [{name: root}]}]\n") ==
        "OTC002@2:30 two services are called 'a'\n");
}

TEST_CASE("what is not there is answered with what is near") {
  CHECK(verdict(with_spans("      - {name: root, service: shopp}\n")) ==
        "OTC106@5:31 service: there is no service 'shopp'\n");
  CHECK(help_of(with_spans("      - {name: root, service: shopp}\n")) == "did you mean 'shop'?");
  CHECK(verdict(with_spans("      - {name: root, links: [{to: rot}]}\n")) ==
        "OTC106@5:35 to: there is no span 'rot'\n");
  CHECK(help_of(with_value("{number: totl}")) == "there are no numbers here");
}

TEST_CASE("numbers") {
  CHECK(verdict(with_key("numbers: {a: [1, 2], b: {sum: [a, c]}}")) ==
        "OTC106@6:43 sum[1]: there is no range 'c'\n");
  CHECK(verdict(with_key("numbers: {a: {sum: [b]}, b: [1, 2]}")) ==
        "OTC106@6:29 sum[0]: there is no range 'b'\n");
  CHECK(verdict(with_key("numbers: {a: [1.5, 2]}")) == "OTC104@6:22 a: expected whole numbers\n");
}

TEST_CASE("the first span is the root, and the only one") {
  CHECK(verdict(with_spans("      - {name: a}\n      - {name: b}\n")) ==
        "OTC109@6:9 spans[1] lacks the key 'parent'\n");
  CHECK(verdict(with_spans("      - {name: a, parent: b}\n      - {name: b, parent: b}\n"))
            .find("OTC106@5:27 the parent 'b' stands behind its child\n") == 0);
}

TEST_CASE("parents stand before their children") {
  const std::string yaml =
      with_spans("      - {name: a}\n      - {name: b, parent: c}\n      - {name: c, parent: a}\n");
  CHECK(verdict(yaml) == "OTC106@6:27 the parent 'c' stands behind its child\n");
  CHECK(help_of(yaml) == "move it above: parents stand before their children");
}

TEST_CASE("circles of parents are named, each once") {
  CHECK(verdict(with_spans("      - {name: r}\n      - {name: a, parent: a}\n")) ==
        "OTC106@6:27 the span is its own parent: a -> a\n");
  CHECK(verdict(with_spans(R"(      - {name: r}
      - {name: a, parent: b}
      - {name: b, parent: c}
      - {name: c, parent: a}
      - {name: d, parent: a}
      - {name: e, parent: f}
      - {name: f, parent: e}
)")) == "OTC106@6:27 the parents go in a circle: a -> b -> c -> a\n"
        "OTC106@10:27 the parents go in a circle: e -> f -> e\n");
}

TEST_CASE("columns") {
  const auto with_choice = [](std::string_view text) {
    return fmt::format(
        "scenario: s\nservices: [{{name: shop}}]\n"
        "choices: [{{columns: [plan], rows: [[basic]]}}]\n"
        "traces: [{{spans: [{{name: {}}}]}}]\n",
        text);
  };
  CHECK(verdict(with_choice("\"{plan} {{x}}\"")) == "");
  CHECK(verdict(with_choice("\"{pla}\"")) == "OTC106@4:26 no choice has a column 'pla'\n");
  CHECK(help_of(with_choice("\"{pla}\"")) == "did you mean 'plan'?");
  CHECK(verdict(with_choice("\"{plan\"")) ==
        "OTC203@4:26 '{plan' has a brace without its partner\n");
  CHECK(verdict(with_choice("\"plan}\"")) ==
        "OTC203@4:26 'plan}' has a brace without its partner\n");
}

TEST_CASE("rows have a cell for each column") {
  CHECK(verdict("scenario: s\nservices: [{name: shop}]\n"
                "choices: [{columns: [a, b], rows: [[1, 2], [3]]}, {columns: [a], rows: [[4]]}]\n"
                "traces: [{spans: [{name: root}]}]\n") ==
        "OTC110@3:44 rows[1] has 1 cell, and there are 2 columns\n"
        "OTC002@3:62 two columns are called 'a'\n");
}

TEST_CASE("records point to spans of any trace, by ids that only one has") {
  const auto with_log = [](std::string_view span) {
    return fmt::format(
        "scenario: s\nservices: [{{name: shop}}]\n"
        "traces: [{{spans: [{{id: a, name: x}}]}}, {{spans: [{{id: a, name: y}}]}},\n"
        "         {{spans: [{{id: b, name: z}}]}}]\nlogs: [{{span: {}}}]\n",
        span);
  };
  CHECK(read(with_log("b")).logs[0].span->trace == 2U);
  CHECK(verdict(with_log("a")) == "OTC106@5:15 span: several spans are called 'a'\n");
  CHECK(verdict(with_log("c")) == "OTC106@5:15 span: there is no span 'c'\n");
}
