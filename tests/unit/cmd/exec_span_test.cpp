// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/commands/exec_span.hpp"

#include <cerrno>
#include <csignal>

#include <doctest/doctest.h>

using namespace otelctl;

namespace {

using Entries = std::vector<std::string>;
using Variables = std::map<std::string, std::string, std::less<>>;

constexpr const char* k_parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TracePlace place_for(Variables variables) {
  SeededRandom random(1);
  return find_place(Environment(std::move(variables)), random);
}

FinishedCommand finished(ChildEnd end) {
  return {.arguments = {"./bin/tool", "--password", "hunter2"},
          .path = "./bin/tool",
          .end = end,
          .started = Time{std::chrono::seconds(1)},
          .ended = Time{std::chrono::seconds(3)}};
}

ChildEnd exited(int status) {
  return {.pid = 42, .exit_status = status};
}

otlp::AttributeValue value_of(const otlp::SpanRecord& span, const std::string& key) {
  for (const otlp::Attribute& attribute : span.attributes) {
    if (attribute.key == key) {
      return attribute.value;
    }
  }
  return std::string("(none)");
}

otlp::AttributeValue number(std::int64_t value) {
  return value;
}
otlp::AttributeValue text(std::string value) {
  return value;
}

}  // namespace

TEST_CASE("without TRACEPARENT a new trace begins, sampled and random") {
  const TracePlace place = place_for({});
  CHECK(place.span.trace_id.is_valid());
  CHECK(place.span.span_id.is_valid());
  CHECK(place.span.flags == (k_flag_sampled | k_flag_random));
  CHECK_FALSE(place.parent);
  CHECK(place.notes.empty());
  CHECK(place_for({{"TRACEPARENT", ""}}).notes.empty());
}

TEST_CASE("a valid TRACEPARENT gives trace, parent and flags, and TRACESTATE goes along") {
  const TracePlace place = place_for({{"TRACEPARENT", k_parent}, {"TRACESTATE", "a=b"}});
  const auto parent = parse_traceparent(k_parent);
  CHECK(place.span.trace_id == parent->trace_id);
  CHECK(place.parent == parent->span_id);
  CHECK(place.span.span_id != parent->span_id);
  CHECK(place.span.flags == k_flag_sampled);
  CHECK(place.trace_state == "a=b");
  CHECK(place.is_sampled());
  CHECK(place.notes.empty());
}

TEST_CASE("a trace that is not sampled stays so, and its random bit too") {
  const std::string front(k_parent, 53);
  CHECK_FALSE(place_for({{"TRACEPARENT", front + "00"}}).is_sampled());
  CHECK(place_for({{"TRACEPARENT", front + "02"}}).span.flags == k_flag_random);
}

TEST_CASE("what cannot be followed is told, and TRACESTATE needs its TRACEPARENT") {
  const TracePlace bad = place_for({{"TRACEPARENT", "00-x"}, {"TRACESTATE", "a=b"}});
  CHECK_FALSE(bad.parent);
  CHECK(bad.is_sampled());
  CHECK(bad.trace_state.empty());
  REQUIRE(bad.notes.size() == 1);
  CHECK(bad.notes.front().starts_with("TRACEPARENT is ignored, a new trace begins: "));
  CHECK(place_for({{"TRACESTATE", "a=b"}}).notes ==
        Entries{"TRACESTATE is ignored: there is no TRACEPARENT"});
  const TracePlace state = place_for({{"TRACEPARENT", k_parent}, {"TRACESTATE", "nonsense"}});
  CHECK(state.parent);
  CHECK(state.trace_state.empty());
  CHECK(state.notes == Entries{"TRACESTATE is ignored: it is not a list of KEY=VALUE"});
}

TEST_CASE("the command's environment differs in TRACEPARENT and TRACESTATE alone") {
  const TracePlace place = place_for({{"TRACEPARENT", k_parent}, {"TRACESTATE", "a=b"}});
  const std::string own = "TRACEPARENT=" + format_traceparent(place.span);
  CHECK(environment_within(place, {"Z=1", "A=2", "A=3", "no equals sign", "BAGGAGE=k=v"}) ==
        Entries{"Z=1", "A=2", "A=3", "no equals sign", "BAGGAGE=k=v", own, "TRACESTATE=a=b"});
  CHECK(environment_within(place, {"TRACESTATE=a=b", "TRACEPARENT=1", "B=2", "TRACEPARENT=3"}) ==
        Entries{"TRACESTATE=a=b", own, "B=2"});
  CHECK(environment_within(place, {"TRACEPARENTS=1", "TRACEPARENT"}) ==
        Entries{"TRACEPARENTS=1", "TRACEPARENT", own, "TRACESTATE=a=b"});
}

TEST_CASE("a state that belongs to no trace is not handed on") {
  const TracePlace place = place_for({{"TRACESTATE", "a=b"}});
  CHECK(environment_within(place, {"TRACESTATE=a=b", "B=2", "TRACESTATE=c=d"}) ==
        Entries{"B=2", "TRACEPARENT=" + format_traceparent(place.span)});
}

TEST_CASE("the span tells name, path, id and exit status of the command, and no argument") {
  const otlp::SpanRecord span = span_of(finished(exited(0)), place_for({}));
  CHECK(span.name == "tool");
  CHECK(span.kind == otlp::SpanKind::internal);
  CHECK(span.end - span.start == std::chrono::seconds(2));
  CHECK(span.status == otlp::SpanStatus::unset);
  CHECK_FALSE(span.parent_span_id);
  CHECK_FALSE(span.is_parent_remote);
  CHECK(span.attributes == std::vector<otlp::Attribute>{
                               {"process.executable.name", text("tool")},
                               {"process.executable.path", text("./bin/tool")},
                               {"process.command", text("./bin/tool")},
                               {"process.args_count", number(3)},
                               {"process.pid", number(42)},
                               {"process.exit.code", number(0)},
                           });
}

TEST_CASE("the span is a child of the one that TRACEPARENT names") {
  const TracePlace place = place_for({{"TRACEPARENT", k_parent}, {"TRACESTATE", "a=b"}});
  const otlp::SpanRecord span = span_of(finished(exited(0)), place);
  CHECK(span.trace_id == place.span.trace_id);
  CHECK(span.span_id == place.span.span_id);
  CHECK(span.parent_span_id == place.parent);
  CHECK(span.is_parent_remote);
  CHECK(span.trace_flags == k_flag_sampled);
  CHECK(span.trace_state == "a=b");
}

TEST_CASE("a command that fails gives an error that says how") {
  SUBCASE("by its exit status") {
    const auto span = span_of(finished(exited(2)), place_for({}));
    CHECK(span.status == otlp::SpanStatus::error);
    CHECK(span.status_message == "exit status 2");
    CHECK(value_of(span, "error.type") == text("2"));
    CHECK(value_of(span, "process.exit.code") == number(2));
  }
  SUBCASE("by a signal") {
    const auto span =
        span_of(finished({.pid = 42, .exit_status = 137, .signal = SIGKILL}), place_for({}));
    CHECK(span.status_message == "killed by SIGKILL");
    CHECK(value_of(span, "error.type") == text("SIGKILL"));
    CHECK(value_of(span, "process.exit.code") == number(137));
  }
  SUBCASE("by a signal without a name") {
    const int signal = SIGRTMIN + 1;
    const auto span = span_of(finished({.pid = 42, .exit_status = 128 + signal, .signal = signal}),
                              place_for({}));
    CHECK(span.status_message == "killed by signal " + std::to_string(signal));
  }
  SUBCASE("by not being there") {
    FinishedCommand command = finished(
        {.not_started = StartFailure{.error = ENOENT, .was_found = false}, .exit_status = 127});
    command.arguments = {"tool"};
    command.path = "";
    const auto span = span_of(command, place_for({}));
    CHECK(span.status_message == "command not found");
    CHECK(value_of(span, "error.type") == text("ENOENT"));
    CHECK(value_of(span, "process.executable.name") == text("tool"));
    CHECK(value_of(span, "process.executable.path") == text("(none)"));
    CHECK(value_of(span, "process.pid") == text("(none)"));
    CHECK(value_of(span, "process.exit.code") == number(127));
  }
}

TEST_CASE("why a program did not start is said in words") {
  CHECK(failure_words("tool", {ENOENT, false}) == "command not found");
  CHECK(failure_words("./tool", {ENOENT, false}) == "No such file or directory");
  CHECK(failure_words("./tool", {ENOENT, true}) == "its interpreter does not exist");
  CHECK(failure_words("tool", {EACCES, true}) == "Permission denied");
}

TEST_CASE("a name that is nothing but slashes is kept") {
  FinishedCommand command = finished(
      {.not_started = StartFailure{.error = EISDIR, .was_found = true}, .exit_status = 126});
  command.arguments = {"/"};
  command.path = "";
  CHECK(span_of(command, place_for({})).name == "/");
}
