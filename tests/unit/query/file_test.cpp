// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/file.hpp"

#include <sstream>

#include <doctest/doctest.h>

#include "query/empty_answer.hpp"
#include "query/last.hpp"
#include "query/trace_reference.hpp"

using namespace otelctl;
using namespace otelctl::query;

namespace {

// Two traces, of 2026-08-20T10:00:00Z and a second later.
constexpr const char* k_traces =
    R"([{"traceId":"aaaaaa01","id":"1","name":"old","timestamp":1787220000000000,"duration":2000,)"
    R"("localEndpoint":{"serviceName":"shop"}},)"
    R"({"traceId":"aaaaaa01","id":"2","parentId":"1","name":"pay","timestamp":1787220000000500,)"
    R"("duration":1000,"localEndpoint":{"serviceName":"bank"},"tags":{"error":"declined"}},)"
    R"({"traceId":"aaaaaa02","id":"3","name":"new","timestamp":1787220001000000,"duration":1,)"
    R"("localEndpoint":{"serviceName":"jaeger"}}])";
const Time k_now = Time{std::chrono::seconds(1887220000)};

struct Opened {
  explicit Opened(const std::string& text) : input(text), backend("-", input) {}
  std::istringstream input;
  FileBackend backend;
};

LastQuery all() {
  LastQuery query;
  query.now = k_now;
  query.take_all_time();
  return query;
}

}  // namespace

TEST_CASE("a file answers as a backend does, whatever the age of its traces") {
  Opened file(k_traces);
  const auto info = file.backend.probe();
  REQUIRE(info.has_value());
  CHECK(info->kind == "file");
  CHECK(info->dialect == "zipkin-json");
  CHECK(file.backend.services() == std::vector<std::string>{"bank", "jaeger", "shop"});
  CHECK(file.backend.operations("shop") == std::vector<std::string>{"old"});
  const auto last = find_last(file.backend, all());
  REQUIRE(last.has_value());
  REQUIRE(last->traces.size() == 2);
  CHECK(last->traces[0].root_name == "new");
  CHECK(last->traces[1].span_count == 2);
  CHECK_FALSE(last->is_truncated);
  CHECK(last->notes.empty());
}

TEST_CASE("filters and times choose among the traces of a file") {
  Opened file(k_traces);
  const auto names = [&](const LastQuery& query) {
    std::string text;
    const LastTraces last = find_last(file.backend, query).value();
    for (const trace::Summary& each : last.traces) {
      text += each.root_name + " ";
    }
    return text;
  };
  LastQuery query = all();
  query.filter.must_have_failed = true;
  CHECK(names(query) == "old ");
  query = all();
  query.services = {"jaeger", "bank"};
  CHECK(names(query) == "new old ");
  query = all();
  query.since = Time{std::chrono::seconds(1787220001)};
  CHECK(names(query) == "new ");
  query = all();
  query.until = Time{std::chrono::seconds(1787220000)};
  CHECK(names(query) == "old ");
  query = all();
  query.order = Order::duration;
  CHECK(names(query) == "old new ");
  query.min_duration = std::chrono::milliseconds(1);
  CHECK(names(query) == "old ");
  query = all();
  query.count = 1;
  CHECK(names(query) == "new ");
}

TEST_CASE("references to traces of a file know no time") {
  Opened file(k_traces);
  const auto name_of_trace = [&](std::string_view name) {
    const auto found = fetch_trace(file.backend, parse_trace_reference(name).value(), k_now);
    return found ? std::string(found->text(found->spans[0].name)) : found.error().message;
  };
  CHECK(name_of_trace("last") == "new");
  CHECK(name_of_trace("last~1") == "old");
  CHECK(name_of_trace("last~2") == "the file holds only 2 traces");
  CHECK(name_of_trace("aaaaaa01") == "old");
  CHECK(name_of_trace("000000000000000000000000aaaaaa02") == "new");
  CHECK(name_of_trace("000000000000000000000000aaaa") ==
        "2 traces begin with 000000000000000000000000aaaa");
  CHECK(name_of_trace("bbbbbb") == "none of the 2 traces begins with bbbbbb");
}

TEST_CASE("an empty answer from a file says why") {
  Opened file(k_traces);
  LastQuery query = all();
  query.filter.operation = "nothing";
  CHECK(explain_empty(file.backend, query).reason == "no service has an operation 'nothing'");
  query = all();
  query.since = k_now;
  CHECK(explain_empty(file.backend, query)
            .reason.find("the newest in the file began at 2026-08-20T10:00:01Z") !=
        std::string::npos);
  query = all();
  query.services = {"shp"};
  CHECK(explain_empty(file.backend, query).reason == "no service 'shp'");
  Opened none("[]");
  CHECK(explain_empty(none.backend, all()).reason == "the file holds no traces");
}

TEST_CASE("a file that cannot be read says so at every call") {
  std::istringstream input;
  FileBackend missing("/no/such/file", input);
  for (int round = 0; round < 2; ++round) {
    const auto found = missing.search({});
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().kind == ErrorKind::settings);
  }
  Opened rubbish("rubbish");
  CHECK(rubbish.backend.services().error().kind == ErrorKind::not_understood);
  CHECK(rubbish.backend.trace({}).error().message.find("standard input: ") == 0);
}

TEST_CASE("a file is told from an id") {
  for (const char* path :
       {"-", "./last", "trace.json", "../0af7651916cd43dd8448eb211c80319c", "/dev/stdin"}) {
    const auto reference = parse_trace_reference(path);
    REQUIRE(reference.has_value());
    CHECK(reference->file == std::string(path));
  }
  for (const char* name :
       {"last", "last~1", "abcdef12", "http://h/trace/0af7651916cd43dd8448eb211c80319c",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}) {
    const auto reference = parse_trace_reference(name);
    REQUIRE(reference.has_value());
    CHECK_FALSE(reference->file.has_value());
  }
  CHECK_FALSE(parse_trace_reference("no_such_name").has_value());
}
