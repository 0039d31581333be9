// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/integration/serve_support.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using opentelemetry::proto::trace::v1::Status;

constexpr std::uint64_t k_start = 1'755'684'000'000'000'000;  // 2025-08-20T10:00:00Z
const std::string k_window =
    "query.startTimeMin=2025-08-20T09:00:00Z&query.startTimeMax=2025-08-20T11:00:00Z";
const std::string k_old_window =
    "query.start_time_min=2025-08-20T09:00:00Z&query.start_time_max=2025-08-20T11:00:00.5%2B00:00";
const std::string k_legacy_window = "start=1755680000000000&end=1755690000000000";

const std::string k_trace_1 =
    R"({"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]},)"
    R"("scopeSpans":[{"spans":[{"traceId":"5a000000000000000000000000000001",)"
    R"("spanId":"0000000000000001","name":"GET /","kind":2,)"
    R"("startTimeUnixNano":"1755684000000000000","endTimeUnixNano":"1755684000100000000"}]}]},)"
    R"({"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart a/b"}}]},)"
    R"("scopeSpans":[{"spans":[{"traceId":"5a000000000000000000000000000001",)"
    R"("spanId":"0000000000000002","parentSpanId":"0000000000000001","name":"read",)"
    R"("startTimeUnixNano":"1755684000010000000","endTimeUnixNano":"1755684000020000000",)"
    R"("attributes":[{"key":"n","value":{"intValue":"5"}}],"status":{"code":2}}]}]})";
const std::string k_trace_2 =
    R"({"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]},)"
    R"("scopeSpans":[{"spans":[{"traceId":"5a000000000000000000000000000002",)"
    R"("spanId":"0000000000000003","name":"GET /","kind":2,)"
    R"("startTimeUnixNano":"1755684001000000000","endTimeUnixNano":"1755684001100000000"}]}]})";

const std::string k_legacy_1 =
    R"({"traceID":"5a000000000000000000000000000001","spans":[)"
    R"({"traceID":"5a000000000000000000000000000001","spanID":"0000000000000001",)"
    R"("operationName":"GET /","references":[],"startTime":1755684000000000,"duration":100000,)"
    R"("tags":[{"key":"span.kind","type":"string","value":"server"}],"logs":[],"processID":"p1",)"
    R"("warnings":null},{"traceID":"5a000000000000000000000000000001",)"
    R"("spanID":"0000000000000002","operationName":"read","references":[{"refType":"CHILD_OF",)"
    R"("traceID":"5a000000000000000000000000000001","spanID":"0000000000000001"}],)"
    R"("startTime":1755684000010000,"duration":10000,"tags":[)"
    R"({"key":"n","type":"int64","value":5},)"
    R"({"key":"otel.status_code","type":"string","value":"ERROR"},)"
    R"({"key":"error","type":"bool","value":true}],"logs":[],"processID":"p2","warnings":null}],)"
    R"("processes":{"p1":{"serviceName":"web","tags":[]},)"
    R"("p2":{"serviceName":"cart a/b","tags":[]}},"warnings":null})";
const std::string k_legacy_2 =
    R"({"traceID":"5a000000000000000000000000000002","spans":[)"
    R"({"traceID":"5a000000000000000000000000000002","spanID":"0000000000000003",)"
    R"("operationName":"GET /","references":[],"startTime":1755684001000000,"duration":100000,)"
    R"("tags":[{"key":"span.kind","type":"string","value":"server"}],"logs":[],"processID":"p1",)"
    R"("warnings":null}],"processes":{"p1":{"serviceName":"web","tags":[]}},"warnings":null})";

// A backend with two traces: 1 of two services, 2 a second later of one.
class QueryFixture {
 public:
  QueryFixture() {
    Request request;
    request.add_service("web")
        .add_span(trace_id(1), 1, "GET /", k_start, k_start + 100'000'000)
        .set_kind(Span::SPAN_KIND_SERVER);
    Span& child = request.add_service("cart a/b")
                      .add_span(trace_id(1), 2, "read", k_start + 10'000'000, k_start + 20'000'000);
    child.set_parent_span_id(std::string(span_id(1).view()));
    add_attribute(child, "n").set_int_value(5);
    child.mutable_status()->set_code(Status::STATUS_CODE_ERROR);
    request.add_service("web")
        .add_span(trace_id(2), 3, "GET /", k_start + 1'000'000'000, k_start + 1'100'000'000)
        .set_kind(Span::SPAN_KIND_SERVER);
    CHECK(m_backend.post("/v1/traces", request.bytes(), "application/x-protobuf").status == 200);
  }

  net::HttpResponse get(const std::string& path) { return m_backend.get(path); }

  // The body of an answer of this status, which says what it is.
  std::string body(const std::string& path, int status = 200) {
    CAPTURE(path);
    const auto response = m_backend.get(path);
    CHECK(response.status == status);
    CHECK(response.content_type() == (status == 200 ? "application/json" : "text/plain"));
    return response.body;
  }

 private:
  ServedBackend m_backend;
};

std::string legacy_data(const std::string& data, int total = 0) {
  return R"({"data":)" + data + R"(,"total":)" + std::to_string(total) +
         R"(,"limit":0,"offset":0,"errors":null})";
}

std::string legacy_fault(int code, const std::string& message) {
  return R"({"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":)" +
         std::to_string(code) + R"(,"msg":")" + message + "\"}]}\n";
}

std::string v3_result(const std::string& resource_spans) {
  return R"({"result":{"resourceSpans":[)" + resource_spans + "]}}";
}

std::string v3_fault(int code, const std::string& message) {
  return R"({"error":{"httpCode":)" + std::to_string(code) + R"(,"message":")" + message + "\"}}\n";
}

TEST_CASE_FIXTURE(QueryFixture, "legacy: services and operations") {
  CHECK(body("/api/services") == legacy_data(R"(["cart a/b","web"])", 2));
  CHECK(body("/api/services/web/operations") == legacy_data(R"(["GET /"])", 1));
  CHECK(body("/api/services/cart%2520a%2Fb/operations") == legacy_data(R"(["read"])", 1));
  CHECK(body("/api/services/cart+a%2Fb/operations") == legacy_data(R"(["read"])", 1));
  CHECK(body("/api/services/nobody/operations") == legacy_data("null"));
  CHECK(body("/api/operations?service=web") ==
        legacy_data(R"([{"name":"GET /","spanKind":"server"}])", 1));
  CHECK(body("/api/operations?service=cart+a/b") ==
        legacy_data(R"([{"name":"read","spanKind":""}])", 1));
  CHECK(body("/api/operations?service=web&spanKind=client") == legacy_data("[]"));
  CHECK(body("/api/operations", 400) == legacy_fault(400, "parameter 'service' is required"));
}

TEST_CASE_FIXTURE(QueryFixture, "legacy: a trace by its id") {
  CHECK(body("/api/traces/5a000000000000000000000000000001") ==
        legacy_data("[" + k_legacy_1 + "]"));
  CHECK(body("/api/traces/5A000000000000000000000000000001?raw=true&start=1&end=2") ==
        legacy_data("[" + k_legacy_1 + "]"));
  CHECK(body("/api/traces/1", 404) == legacy_fault(404, "trace not found"));
  CHECK(body("/api/traces/xyz", 400) ==
        legacy_fault(400, R"(strconv.ParseUint: parsing \"xyz\": invalid syntax)"));
  CHECK(body("/api/traces/000000000000000000000000000000001", 400) ==
        legacy_fault(400,
                     "TraceID cannot be longer than 32 hex characters: "
                     "000000000000000000000000000000001"));
  CHECK(body("/api/traces/1?raw=maybe", 400) ==
        legacy_fault(400, R"(unable to parse param 'raw': strconv.ParseBool: parsing \"maybe\": )"
                          "invalid syntax"));
}

TEST_CASE_FIXTURE(QueryFixture, "legacy: a search, newest first, by everything it can search for") {
  const std::string both = legacy_data("[" + k_legacy_2 + "," + k_legacy_1 + "]");
  const std::string first = legacy_data("[" + k_legacy_1 + "]");
  const std::string second = legacy_data("[" + k_legacy_2 + "]");
  const std::string none = legacy_data("[]");
  const std::string web = "/api/traces?service=web&" + k_legacy_window;
  const std::string cart = "/api/traces?service=cart%20a/b&" + k_legacy_window;
  CHECK(body(web) == both);
  CHECK(body(web + "&limit=1") == second);
  CHECK(body(cart) == first);
  CHECK(body(web + "&operation=GET+/") == both);
  CHECK(body(web + "&operation=read") == none);
  CHECK(body(cart + "&tag=n:5") == first);
  CHECK(body(cart + "&tag=n:5&tag=error:true") == first);
  CHECK(body(cart + R"(&tags=%7B%22n%22:%226%22%7D)") == none);
  CHECK(body(cart + "&minDuration=10ms&maxDuration=10ms") == first);
  CHECK(body(cart + "&minDuration=10.1ms") == none);
  CHECK(body("/api/traces?service=web&start=1755684000500000&end=1755684002000000") == second);
  CHECK(body("/api/traces?service=web") == none);  // the last two days
  CHECK(body("/api/traces?service=nobody&" + k_legacy_window) == none);
  CHECK(body("/api/traces?traceID=5a000000000000000000000000000002&traceID=abc") ==
        R"({"data":[)" + k_legacy_2 +
            R"(],"total":0,"limit":0,"offset":0,"errors":[{"msg":"trace not found",)"
            R"("traceID":"0000000000000abc"}]})");
}

TEST_CASE_FIXTURE(QueryFixture, "legacy: parameters that cannot be read") {
  const auto fault = [&](const std::string& parameters) {
    return body("/api/traces?" + parameters, 400);
  };
  CHECK(fault("operation=x") == legacy_fault(400, "parameter 'service' is required"));
  CHECK(fault("service=x&start=yesterday") ==
        legacy_fault(400, R"(unable to parse param 'start': strconv.ParseInt: parsing )"
                          R"(\"yesterday\": invalid syntax)"));
  CHECK(fault("service=x&limit=a") ==
        legacy_fault(400, R"(strconv.ParseInt: parsing \"a\": invalid syntax)"));
  CHECK(fault("service=x&minDuration=100") ==
        legacy_fault(400, R"(unable to parse param 'minDuration': time: missing unit in duration )"
                          R"(\"100\")"));
  CHECK(fault("service=x&minDuration=5s&maxDuration=1s") ==
        legacy_fault(400, "'maxDuration' should be greater than 'minDuration'"));
  CHECK(fault("service=x&tag=w") ==
        legacy_fault(400, "malformed 'tag' parameter, expecting key:value, received: w"));
  CHECK(fault("service=x&tags=w:x") ==
        legacy_fault(400,
                     "malformed 'tags' parameter, cannot unmarshal JSON: invalid character "
                     "'w' looking for beginning of value"));
  CHECK(fault("traceID=xyz") ==
        legacy_fault(400, R"(cannot parse traceID param: strconv.ParseUint: parsing \"xyz\": )"
                          "invalid syntax"));
  CHECK(body("/api/traces?service=x&limit=0", 500) ==
        legacy_fault(500, "search depth must be greater than 0 and less than max traces"));
}

TEST_CASE_FIXTURE(QueryFixture, "legacy: answers can be indented") {
  CHECK(body("/api/services/web/operations?prettyPrint=true") ==
        "{\n    \"data\": [\n        \"GET /\"\n    ],\n    \"total\": 1,\n    \"limit\": 0,\n"
        "    \"offset\": 0,\n    \"errors\": null\n}");
  CHECK(body("/api/traces?prettyPrint=1&service=nobody").find("\"data\": [],") !=
        std::string::npos);
  CHECK(body("/api/services/web/operations?prettyPrint=false") == legacy_data(R"(["GET /"])", 1));
}

TEST_CASE_FIXTURE(QueryFixture, "v3: services and operations") {
  CHECK(body("/api/v3/services") == R"({"services":["cart a/b","web"]})");
  CHECK(body("/api/v3/operations?service=web") ==
        R"({"operations":[{"name":"GET /","spanKind":"server"}]})");
  CHECK(body("/api/v3/operations?service=cart+a/b&spanKind=") ==
        R"({"operations":[{"name":"read","spanKind":"internal"}]})");
  CHECK(body("/api/v3/operations?service=web&span_kind=client") == R"({"operations":[]})");
  CHECK(body("/api/v3/operations") == R"({"operations":[]})");
}

TEST_CASE_FIXTURE(QueryFixture, "v3: a trace by its id") {
  CHECK(body("/api/v3/traces/5a000000000000000000000000000001") == v3_result(k_trace_1));
  CHECK(body("/api/v3/traces/5a000000000000000000000000000002?rawTraces=true"
             "&startTime=2025-08-20T09:00:00Z&end_time=2025-08-20T09:00:00Z") ==
        v3_result(k_trace_2));
  CHECK(body("/api/v3/traces/1", 404) == v3_fault(404, "No traces found"));
  CHECK(body("/api/v3/traces/xyz", 400) ==
        v3_fault(400, R"(malformed parameter trace_id: strconv.ParseUint: parsing \"xyz\": )"
                      "invalid syntax"));
  CHECK(body("/api/v3/traces/1?start_time=1", 400) ==
        v3_fault(400,
                 R"(malformed parameter start_time: parsing time \"1\" as )"
                 R"(\"2006-01-02T15:04:05.999999999Z07:00\": cannot parse \"1\" as \"2006\")"));
}

TEST_CASE_FIXTURE(QueryFixture, "v3: a search over all services or one, under new and old names") {
  const std::string both = v3_result(k_trace_2 + "," + k_trace_1);
  const std::string search = "/api/v3/traces?" + k_window;
  const std::string old_search = "/api/v3/traces?" + k_old_window;
  CHECK(body(search) == both);
  CHECK(body(old_search) == both);
  CHECK(body(search + "&query.searchDepth=1") == v3_result(k_trace_2));
  CHECK(body(old_search + "&query.num_traces=1") == v3_result(k_trace_2));
  CHECK(body(search + "&query.searchDepth=1&query.num_traces=2") == v3_result(k_trace_2));
  CHECK(body(search + "&query.serviceName=cart+a/b") == v3_result(k_trace_1));
  CHECK(body(old_search + "&query.service_name=cart+a/b&query.operation_name=read") ==
        v3_result(k_trace_1));
  CHECK(body(search + "&query.attributes=%7B%22n%22:%225%22%7D") == v3_result(k_trace_1));
  CHECK(body(search + "&query.durationMax=10ms") == v3_result(k_trace_1));
  CHECK(body(old_search + "&query.duration_min=50ms") == both);
  CHECK(body(search + "&query.operationName=nothing", 404) == v3_fault(404, "No traces found"));
}

TEST_CASE_FIXTURE(QueryFixture, "v3: summaries") {
  const std::string second =
      R"({"traceId":"5a000000000000000000000000000002","rootServiceName":"web",)"
      R"("rootOperationName":"GET /","minStartTimeUnixNano":"1755684001000000000",)"
      R"("maxEndTimeUnixNano":"1755684001100000000","spanCount":1,)"
      R"("services":[{"name":"web","spanCount":1}]})";
  CHECK(body("/api/v3/trace-summaries?" + k_window) ==
        R"({"summaries":[)" + second +
            R"(,{"traceId":"5a000000000000000000000000000001","rootServiceName":"web",)"
            R"("rootOperationName":"GET /","minStartTimeUnixNano":"1755684000000000000",)"
            R"("maxEndTimeUnixNano":"1755684000100000000","spanCount":2,"errorSpanCount":1,)"
            R"("services":[{"name":"cart a/b","spanCount":1,"errorSpanCount":1},)"
            R"({"name":"web","spanCount":1}]}]})");
  CHECK(body("/api/v3/trace-summaries?query.search_depth=1&" + k_old_window) ==
        R"({"summaries":[)" + second + "]}");
  CHECK(body("/api/v3/trace-summaries?query.serviceName=nobody&" + k_window) == "{}");
}

TEST_CASE_FIXTURE(QueryFixture, "v3: parameters that cannot be read") {
  for (const std::string route : {"/api/v3/traces?", "/api/v3/trace-summaries?"}) {
    const auto fault = [&](const std::string& parameters) { return body(route + parameters, 400); };
    CHECK(fault("") == v3_fault(400, "query.startTimeMin and query.startTimeMax are required"));
    CHECK(fault("query.startTimeMin=2025-08-20T09:00:00Z") ==
          v3_fault(400, "query.startTimeMin and query.startTimeMax are required"));
    CHECK(fault("query.startTimeMin=now&query.startTimeMax=then")
              .starts_with(R"({"error":{"httpCode":400,"message":"malformed parameter )"
                           R"(query.startTimeMin: parsing time \"now\")"));
    CHECK(
        fault("query.startTimeMin=2025-08-20T09:00:00Z&query.startTimeMax=2025-08-20T08:00:00Z") ==
        v3_fault(400, "query.startTimeMin must be before query.startTimeMax"));
    CHECK(fault(k_window + "&query.searchDepth=-1") ==
          v3_fault(400, R"(malformed parameter query.searchDepth: strconv.ParseUint: parsing )"
                        R"(\"-1\": invalid syntax)"));
    CHECK(fault(k_window + "&query.num_traces=a") ==
          v3_fault(400, R"(malformed parameter query.num_traces: strconv.ParseUint: parsing )"
                        R"(\"a\": invalid syntax)"));
    CHECK(fault(k_window + "&query.duration_min=3") ==
          v3_fault(400, R"(malformed parameter query.duration_min: time: missing unit in )"
                        R"(duration \"3\")"));
    CHECK(fault(k_window + "&query.attributes=5") ==
          v3_fault(400,
                   "malformed parameter query.attributes: json: cannot unmarshal number into "
                   "Go value of type map[string]string"));
    CHECK(fault(k_window + "&query.rawTraces=x") ==
          v3_fault(400, R"(malformed parameter query.rawTraces: strconv.ParseBool: parsing \"x\": )"
                        "invalid syntax"));
  }
}

TEST_CASE_FIXTURE(QueryFixture, "what is not there is 404 in plain text, not a page") {
  for (const char* const path :
       {"/api/", "/api/nothing", "/api/v3/", "/api/v3/nothing", "/api/traces/", "/search"}) {
    CHECK(body(path, 404) == "404 page not found\n");
  }
}

TEST_CASE("a backend that has seen nothing answers as Jaeger does") {
  ServedBackend backend;
  CHECK(backend.get("/api/services").body == legacy_data("null"));
  CHECK(backend.get("/api/v3/services").body == R"({"services":[]})");
  CHECK(backend.get("/api/traces?service=x").body == legacy_data("[]"));
  CHECK(backend.get("/api/v3/traces?" + k_window).status == 404);
  CHECK(backend.get("/api/v3/trace-summaries?" + k_window).body == "{}");
}

TEST_CASE("the query address says what it is and gives its account") {
  ServedBackend backend;
  const auto page = backend.get("/");
  CHECK(page.content_type() == "text/plain");
  CHECK(page.body.starts_with("This is otelctl serve"));
  Request request("cart");
  request.add_span(trace_id(1), 1);
  request.add_span(TraceId{}, 2);
  CHECK(backend.post("/v1/traces", request.bytes(), "application/x-protobuf").status == 200);
  const auto stats = backend.get("/stats");
  CHECK(stats.content_type() == "application/json");
  CHECK(stats.body.starts_with(R"({
  "schema": "otelctl.stats/1",
  "traces": {
    "requests": 1,
    "accepted": 1,
    "rejected": 1,
    "held": 1,
    "evicted": 0
  },
  "metrics": {
    "requests": 0,
    "accepted": 0,
    "rejected": 0
  },
  "logs": {
    "requests": 0,
    "accepted": 0,
    "rejected": 0
  },
)"));
  CHECK(stats.body.ends_with(R"(  "recording": {
    "ok": true,
    "message": "",
    "requests": 0
  },
  "faults": {
    "429": 0,
    "unavailable": 0,
    "partial": 0,
    "slow": 0,
    "reset": 0,
    "drop_connection": 0,
    "abandoned": 0
  }
}
)"));
}

TEST_CASE("other methods are not for the query address") {
  ServedBackend backend;
  const auto send = [&](const std::string& method, const std::string& path) {
    return backend.send({.method = method, .url = "http://" + backend->query_address() + path});
  };
  CHECK(send("POST", "/api/v3/traces").status == 404);
  CHECK(send("DELETE", "/stats").status == 405);
  CHECK(send("DELETE", "/stats").header("Allow") == "GET, HEAD");
}

TEST_CASE("many traces are answered whole, piece by piece") {
  ServedBackend backend;
  Request request("web");
  for (std::uint64_t number = 1; number <= 2000; ++number) {
    request.add_span(trace_id(number), number, "GET /", k_start + number);
  }
  CHECK(backend.post("/v1/traces", request.bytes(), "application/x-protobuf").status == 200);
  const auto answer = backend.get("/api/v3/traces?query.searchDepth=5000&" + k_window);
  CHECK(answer.status == 200);
  std::size_t spans = 0;
  for (auto at = answer.body.find("\"spanId\""); at != std::string::npos;
       at = answer.body.find("\"spanId\"", at + 1)) {
    ++spans;
  }
  CHECK(spans == 2000);
  CHECK(answer.body.starts_with(R"({"result":{"resourceSpans":[{)"));
  CHECK(answer.body.ends_with("]}]}]}}"));
}

}  // namespace
}  // namespace otelctl::server
