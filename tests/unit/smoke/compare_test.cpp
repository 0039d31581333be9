// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/compare.hpp"

#include <string>

#include <doctest/doctest.h>

#include "tests/unit/smoke/canary_support.hpp"

using namespace otelctl;
using smoke::compare;
using smoke::Comparison;
using smoke::Difference;
using smoke::fidelity_of;

namespace {

const smoke::Fidelity& v3() {
  return fidelity_of({"jaeger", "v3", ""});
}

const smoke::Fidelity& tempo() {
  return fidelity_of({"tempo", "v2", ""});
}

// The one difference when `from` has become `to`.
Difference difference(std::string_view from, std::string_view to,
                      const smoke::Fidelity& fidelity = {}) {
  const smoke::Canary canary = test::canary();
  const Comparison found = compare(canary.trace, test::altered(canary, from, to), fidelity);
  CAPTURE(from);
  REQUIRE(found.differences.size() == 1);
  return found.differences.front();
}

// Cuts what stands behind each "Nano":" to microseconds.
trace::Trace cut_to_microseconds(const smoke::Canary& canary) {
  std::string json = test::json_of(canary);
  constexpr std::string_view k_before = "Nano\":\"";
  for (auto place = json.find(k_before); place != std::string::npos;
       place = json.find(k_before, place + 1)) {
    json.replace(json.find('"', place + k_before.size()) - 3, 3, "000");
  }
  return test::read_otlp(json);
}

}  // namespace

TEST_CASE("a canary that came back as it was has no differences") {
  const smoke::Canary canary = test::canary();
  const Comparison same = compare(canary.trace, test::read_otlp(test::json_of(canary)), {});
  CHECK(same.differences.empty());
  CHECK(same.warnings.empty());
  CHECK(same.notes.empty());
}

TEST_CASE("every field that was changed is a difference with both sides") {
  Difference found =
      difference(R"("intValue":"9007199254740993")", R"("intValue":"9007199254740992")");
  CHECK(found.path == R"(spans["otelctl canary"].attributes["otelctl.canary.int"])");
  CHECK(found.sent == R"("9007199254740993")");
  CHECK(found.got == "9007199254740992");
  found = difference(R"("doubleValue":0.1)", R"("doubleValue":0.10000000000000002)");
  CHECK(found.sent == "0.1");
  found = difference(R"("boolValue":false)", R"("stringValue":"false")");
  CHECK(found.got == R"("false")");
  found = difference("na\u00efve", "naive");
  CHECK(found.path == R"(spans["otelctl canary"].attributes["otelctl.canary.text"])");
  found = difference("not a real error\"}}]", "\"}}]");
  CHECK(found.path == R"(spans["otelctl canary check"].events[0].attributes["exception.message"])");
  found = difference("otelctl canary: not a real error", "");
  CHECK(found.path == R"(spans["otelctl canary check"].status_message)");
  CHECK(found.got.empty());
  found = difference(R"("code":1)", R"("code":0)");
  CHECK(found.path == R"(spans["otelctl canary call"].status)");
  CHECK(found.sent == R"("ok")");
  found = difference(R"("kind":4)", R"("kind":1)");
  CHECK(found.path == R"(spans["otelctl canary publish"].kind)");
  found = difference(R"("bytesValue":"AAH+/w==")", R"("bytesValue":"AAH+")");
  CHECK(found.path == R"(spans["otelctl canary"].attributes["otelctl.canary.bytes"])");
  found = difference("otelctl canary event", "another");
  CHECK(found.path == R"(spans["otelctl canary"].events[0])");
}

TEST_CASE("a time that is off by one nanosecond is a difference where they are kept") {
  const smoke::Canary canary = test::canary();
  const std::string end = std::to_string(
      (canary.trace.spans[0].start + canary.trace.spans[0].duration).time_since_epoch().count());
  std::string later = end;
  later.back() = later.back() == '0' ? '1' : '0';
  const Comparison found = compare(canary.trace, test::altered(canary, end, later), tempo());
  REQUIRE(found.differences.size() == 1);
  CHECK(found.differences[0].path == R"(spans["otelctl canary"].duration_ns)");
}

TEST_CASE("microseconds are a difference, a warning or nothing, as the backend's kind says") {
  const smoke::Canary canary = test::canary();
  const trace::Trace cut = cut_to_microseconds(canary);
  CHECK(compare(canary.trace, cut, tempo()).differences.size() >= 12);
  const Comparison sometimes = compare(canary.trace, cut, v3());
  CHECK(sometimes.differences.empty());
  CHECK(sometimes.warnings == std::vector<std::string>{"nanoseconds"});
  const Comparison never = compare(canary.trace, cut, fidelity_of({"jaeger", "legacy", ""}));
  CHECK(never.differences.empty());
  CHECK(never.warnings.empty());
  REQUIRE(never.notes.size() == 1);
  CHECK(never.notes[0].find("nanoseconds") != std::string::npos);
  CHECK(compare(canary.trace, cut, fidelity_of({"zipkin", "v2", ""})).differences.empty());
}

TEST_CASE("what a backend of microseconds moves further than that is a difference") {
  const smoke::Canary canary = test::canary();
  const std::string start = std::to_string(canary.trace.spans[0].start.time_since_epoch().count());
  const std::string moved =
      std::to_string(canary.trace.spans[0].start.time_since_epoch().count() / 1000 * 1000 - 5000);
  const trace::Trace got = test::altered(canary, start, moved);
  CHECK_FALSE(
      compare(canary.trace, got, fidelity_of({"jaeger", "legacy", ""})).differences.empty());
}

TEST_CASE("values that came back as text are no difference where there is only text") {
  const smoke::Canary canary = test::canary();
  const trace::Trace got = test::altered(canary, R"({"intValue":"9007199254740993"})",
                                         R"({"stringValue":"9007199254740993"})");
  CHECK(compare(canary.trace, got, fidelity_of({"zipkin", "v2", ""})).differences.empty());
  CHECK(compare(canary.trace, got, v3()).differences.size() == 1);
  const trace::Trace other = test::altered(canary, R"({"intValue":"9007199254740993"})",
                                           R"({"stringValue":"9007199254740992"})");
  CHECK(compare(canary.trace, other, fidelity_of({"zipkin", "v2", ""})).differences.size() == 1);
}

TEST_CASE("what was added on the way is a note") {
  const smoke::Canary canary = test::canary();
  const std::string first = R"("attributes":[{"key":"service.name")";
  const Comparison found =
      compare(canary.trace,
              test::altered(canary, first,
                            R"("attributes":[{"key":"host.name","value":{"stringValue":"a"}},)"
                            R"({"key":"service.name")"),
              {});
  CHECK(found.differences.empty());
  REQUIRE(found.notes.size() == 1);
  CHECK(found.notes[0] == "added on the way: resource.host.name");
}

TEST_CASE("a resource attribute that is gone, and a service that is renamed, are differences") {
  const smoke::Canary canary = test::canary();
  const auto gone =
      compare(canary.trace, test::altered(canary, "deployment.environment.name", "other"), {});
  REQUIRE(gone.differences.size() == canary.trace.spans.size());
  CHECK(gone.differences[0].path ==
        R"(spans["otelctl canary"].resource["deployment.environment.name"])");
  CHECK(gone.differences[0].got.empty());
  const auto renamed =
      compare(canary.trace, test::altered(canary, "otelctl-canary-callee", "peer"), {});
  REQUIRE(renamed.differences.size() == 2);
  CHECK(renamed.differences[0].path == R"(spans["otelctl canary answer"].service)");
}

TEST_CASE("a span that is not there is one difference") {
  const smoke::Canary canary = test::canary();
  const trace::Trace got = test::without(
      canary, [](const auto& span) { return span.at("name") == "otelctl canary publish"; });
  const Comparison found = compare(canary.trace, got, {});
  REQUIRE(found.differences.size() == 1);
  CHECK(found.differences[0].path == R"(spans["otelctl canary publish"])");
  CHECK(found.differences[0].is_whole_span);
  CHECK(smoke::count_present(canary.trace, got) == canary.trace.spans.size() - 1);
  const Comparison reverse = compare(got, canary.trace, {});
  CHECK(reverse.differences.empty());
  CHECK(reverse.notes == std::vector<std::string>{"added on the way: 1 span"});
}

TEST_CASE("a name in lower case is no difference where all names become so") {
  const smoke::Canary canary = test::canary();
  const trace::Trace got = test::altered(canary, "otelctl canary call", "OtelCtl Canary Call");
  CHECK(compare(canary.trace, got, fidelity_of({"zipkin", "v2", ""})).differences.empty());
  CHECK(compare(canary.trace, got, v3()).differences.size() == 1);
}
