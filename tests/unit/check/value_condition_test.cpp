// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/check/support.hpp"

using namespace otelctl;
using namespace otelctl::test;

namespace {

// Whether an attribute with this value is as the YAML says.
bool holds(const AnyValue& value, const std::string& yaml,
           check::Typing typing = check::Typing::kept) {
  FullSpan span{1, 0, 0, 1, "root"};
  span.attributes = {{"key", value}};
  const std::string found =
      judged(make_full_trace({span}),
             "    spans: [{match: {name: root}, attributes: {key: " + yaml + "}}]\n", typing);
  return found.find("ok span root: attribute key") != std::string::npos;
}

}  // namespace

TEST_CASE("a number is not the text that looks like it") {
  CHECK(holds(std::int64_t{1}, "1"));
  CHECK_FALSE(holds("1", "1"));
  CHECK(holds("1", "\"1\""));
  CHECK_FALSE(holds(std::int64_t{1}, "\"1\""));
  CHECK(holds(1.0, "1"));
  CHECK(holds(std::int64_t{1}, "1.0"));
  CHECK(holds(1.5, "1.5"));
  CHECK_FALSE(holds(1.5, "1"));
  CHECK(holds(std::int64_t{9007199254740993}, "9007199254740993"));
  CHECK_FALSE(holds(std::int64_t{9007199254740993}, "9007199254740992"));
}

TEST_CASE("where a backend keeps texts only they are compared as such") {
  CHECK(holds("1", "1", check::Typing::texts_only));
  CHECK(holds("true", "true", check::Typing::texts_only));
  CHECK(holds("200", "\">=200\"", check::Typing::texts_only));
  CHECK_FALSE(holds("201", "1", check::Typing::texts_only));
}

TEST_CASE("booleans") {
  CHECK(holds(true, "true"));
  CHECK_FALSE(holds(false, "true"));
  CHECK_FALSE(holds("true", "true"));
  CHECK(holds("true", "\"true\""));
}

TEST_CASE("operators compare numbers") {
  CHECK(holds(std::int64_t{201}, "\">=200\""));
  CHECK(holds(std::int64_t{201}, "\">200\""));
  CHECK(holds(std::int64_t{201}, "\"<202\""));
  CHECK(holds(std::int64_t{201}, "\"<=201\""));
  CHECK(holds(std::int64_t{201}, "\"==201\""));
  CHECK(holds(std::int64_t{201}, "\"!=200\""));
  CHECK_FALSE(holds(std::int64_t{201}, "\"!=201\""));
  CHECK(holds(0.75, "\">0.5\""));
  CHECK(holds(std::int64_t{9007199254740993}, "\"!=9007199254740992\""));
  CHECK(holds(std::int64_t{9007199254740993}, "\">9007199254740992\""));
  CHECK(holds("9007199254740993", "\">9007199254740992\"", check::Typing::texts_only));
  CHECK_FALSE(holds("201", "\">=200\""));
  CHECK(holds("201", "\"==201\""));
  CHECK(holds("a", "\"!=201\""));
}

TEST_CASE("patterns look at what is written") {
  CHECK(holds("SELECT * FROM a", "SELECT*"));
  CHECK(holds("postgresql", "/^postgres/"));
  CHECK(holds(std::int64_t{204}, "/^2/"));
  CHECK(holds(std::int64_t{204}, "2*"));
  CHECK_FALSE(holds(std::int64_t{404}, "/^2/"));
  CHECK(holds(std::int64_t{9007199254740993}, "/^90.*93$/"));
  CHECK(holds(std::int64_t{9007199254740993}, "9007*"));
  CHECK(holds("2*", "\"==2*\""));
  CHECK_FALSE(holds("204", "\"==2*\""));
  CHECK(holds("a", "\"!=b\""));
}

TEST_CASE("present and absent") {
  CHECK(holds("x", "present"));
  CHECK_FALSE(holds("x", "absent"));
  CHECK(holds("absent", "==absent"));
  const trace::Trace trace = order_trace();
  CHECK(judged(trace, "    spans: [{match: {name: POST bank}, attributes: {db.user: absent}}]\n") ==
        "ok span POST bank: >=1 / 1\n"
        "ok span POST bank: attribute db.user: absent / absent\n");
  CHECK(
      judged(trace, "    spans: [{match: {name: POST bank}, attributes: {db.user: present}}]\n") ==
      "ok span POST bank: >=1 / 1\n"
      "FAIL span POST bank: attribute db.user: present / absent\n");
}

TEST_CASE("a list is any of its items") {
  CHECK(holds("b", "[a, b]"));
  CHECK_FALSE(holds("c", "[a, b]"));
  CHECK(holds(std::int64_t{500}, "[\"<300\", 500]"));
  CHECK(judged(order_trace(),
               "    spans: [{match: {name: POST bank}, attributes: {db.user: [absent, root]}}]\n")
            .find("FAIL") == std::string::npos);
}

TEST_CASE("a wrong type says what to write") {
  FullSpan span{1, 0, 0, 1, "root"};
  span.attributes = {{"code", "200"}, {"number", std::int64_t{5}}};
  CHECK(judged(make_full_trace({span}),
               "    spans: [{match: {name: root}, attributes: {code: 200, number: \"5\"}}]\n") ==
        "ok span root: >=1 / 1\n"
        "FAIL span root: attribute code: 200 / '200' / it is text: write it in quotes\n"
        "FAIL span root: attribute number: '5' / 5 / it is no text: write it without quotes\n");
}

TEST_CASE("counts of tokens are no secrets") {
  FullSpan span{1, 0, 0, 1, "call"};
  span.attributes = {{"gen_ai.usage.total_tokens", std::int64_t{1200}},
                     {"model.tokens_input", std::int64_t{150}},
                     {"gen_ai.token.type", "input"}};
  CHECK(judged(make_full_trace({span}),
               "    spans: [{match: {name: call}, attributes: {gen_ai.usage.total_tokens: \"<5\",\n"
               "      model.tokens_input: 151, gen_ai.token.type: output}}]\n") ==
        "ok span call: >=1 / 1\n"
        "FAIL span call: attribute gen_ai.usage.total_tokens: <5 / 1200\n"
        "FAIL span call: attribute model.tokens_input: 151 / 150\n"
        "FAIL span call: attribute gen_ai.token.type: 'output' / 'input'\n");
}

TEST_CASE("secrets are not shown") {
  const std::string found =
      judged(order_trace(),
             "    spans: [{match: {name: POST bank}, attributes: {authorization: secret}}]\n");
  CHECK(found.find("abcdef") == std::string::npos);
  CHECK(found.find("'secret'") == std::string::npos);
  CHECK(found.find("FAIL span POST bank: attribute authorization: [REDACTED] / [REDACTED]") !=
        std::string::npos);
}
