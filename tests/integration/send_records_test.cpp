// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// send-metrics and send-logs: what arrives, to the last field, and what is said of it.
#include <atomic>
#include <mutex>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/version.hpp"
#include "otlp/json_codec.hpp"
#include "server/server.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using test::TestRun;

namespace {

// What a server was sent: a gRPC method or an HTTP path, and the body.
struct Request {
  std::string where;
  std::string body;
};

// Servers of both transports that keep what they get and take it.
class Receiver {
 public:
  Receiver()
      : m_grpc([this](const test::GrpcCall& call) {
          keep({call.method, call.body});
          return test::GrpcReply{};
        }),
        m_http([this](test::Conversation& talk) {
          for (auto [head, body] = talk.read_request(); !head.empty();
               std::tie(head, body) = talk.read_request()) {
            keep({std::string(split(head, ' ').at(1)), body});
            talk.write(test::http_answer(200, "application/json", "{}"));
          }
        }) {}

  std::string endpoint(std::string_view protocol) const {
    return fmt::format("http://127.0.0.1:{}", protocol == "grpc" ? m_grpc.port() : m_http.port());
  }

  Request last() {
    const std::lock_guard lock(m_mutex);
    REQUIRE(!m_requests.empty());
    return m_requests.back();
  }

 private:
  void keep(Request request) {
    const std::lock_guard lock(m_mutex);
    m_requests.push_back(std::move(request));
  }

  std::mutex m_mutex;
  std::vector<Request> m_requests;
  test::FakeGrpcServer m_grpc;
  test::RawServer m_http;
};

std::vector<std::string> with(std::vector<std::string> args, const std::vector<std::string>& more) {
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

boost::json::object ledger_of(const TestRun& run) {
  CAPTURE(run.err());
  return boost::json::parse(run.out()).as_object();
}

const std::string k_scope =
    fmt::format(R"("scope":{{"name":"otelctl","version":"{}"}})", k_version);

// A command, what it makes in OTLP JSON and where that is to arrive.
struct Example {
  Signal signal;
  std::vector<std::string> args;
  std::string json;
  std::string grpc_method;
  std::string http_path;
};

const std::vector<Example> k_examples{
    {Signal::metrics,
     {"send-metrics",
      "--name",
      "backup.duration",
      "--kind",
      "counter",
      "--value",
      "12.5",
      "--unit",
      "s",
      "--description",
      "How long it took",
      "--attribute",
      "try:int=1",
      "--start",
      "2026-08-20T09:59:00Z",
      "--time",
      "2026-08-20T10:00:00Z",
      "--service",
      "backup",
      "--resource",
      "host.name=here"},
     R"({"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":)"
     R"({"stringValue":"backup"}},{"key":"host.name","value":{"stringValue":"here"}}]},)"
     R"("scopeMetrics":[{)" +
         k_scope +
         R"(,"metrics":[{"name":"backup.duration","description":"How long it took","unit":"s",)"
         R"("sum":{"dataPoints":[{"startTimeUnixNano":"1787219940000000000",)"
         R"("timeUnixNano":"1787220000000000000","asDouble":12.5,)"
         R"("attributes":[{"key":"try","value":{"intValue":"1"}}]}],)"
         R"("aggregationTemporality":2,"isMonotonic":true}}]}]}]})",
     "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
     "/v1/metrics"},
    {Signal::logs,
     {"send-logs", "--body", "disk full", "--severity", "error", "--attribute", "disk=sda",
      "--traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "--time",
      "2026-08-20T10:00:00Z"},
     R"({"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":)"
     R"({"stringValue":"otelctl"}}]},"scopeLogs":[{)" +
         k_scope +
         R"(,"logRecords":[{"timeUnixNano":"1787220000000000000","severityNumber":17,)"
         R"("severityText":"ERROR","body":{"stringValue":"disk full"},)"
         R"("attributes":[{"key":"disk","value":{"stringValue":"sda"}}],"flags":1,)"
         R"("traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7",)"
         R"("observedTimeUnixNano":"1787220000000000000"}]}]}]})",
     "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
     "/v1/logs"},
};

}  // namespace

TEST_CASE("a record arrives as it was given, by every protocol") {
  Receiver receiver;
  for (const Example& example : k_examples) {
    for (const std::string protocol : {"grpc", "http/protobuf", "http/json"}) {
      CAPTURE(example.args.front());
      CAPTURE(protocol);
      const TestRun run(with(example.args, {"--endpoint", receiver.endpoint(protocol), "--protocol",
                                            protocol, "--format", "json"}));
      CHECK(run.status() == 0);
      CHECK(run.err() == "");
      const auto ledger = ledger_of(run);
      CHECK(ledger.at("schema") == "otelctl.ledger/1");
      CHECK(ledger.at("signal").as_string() == name_of(example.signal));
      CHECK(ledger.at("generated") == 1);
      CHECK(ledger.at("accepted") == 1);
      CHECK(ledger.at("requests") == 1);
      CHECK(ledger.at("seed") == 0);
      const Request request = receiver.last();
      CHECK(request.where == (protocol == "grpc" ? example.grpc_method : example.http_path));
      const auto json = protocol == "http/json"
                            ? Result<std::string>(request.body)
                            : otlp::payload_to_json(example.signal, request.body);
      REQUIRE(json);
      CHECK(*json == example.json);
    }
  }
}

TEST_CASE("a dry run writes what would be sent") {
  for (const Example& example : k_examples) {
    const TestRun run(with(example.args, {"--dry-run"}));
    CHECK(run.status() == 0);
    CHECK(run.err() == "");
    CHECK(run.out() == example.json + "\n");
  }
}

TEST_CASE("the embedded backend counts one record a call, and the text says what it was") {
  const SystemClock clock;
  const auto server = server::Server::start(server::ServerOptions::on_free_ports(), clock);
  REQUIRE(server);
  std::uint64_t calls = 0;
  for (const std::string protocol : {"grpc", "http/protobuf", "http/json"}) {
    for (const std::string compression : {"none", "gzip"}) {
      const std::string address =
          protocol == "grpc" ? (*server)->grpc_address() : (*server)->http_address();
      const std::vector<std::string> where{"--endpoint", "http://" + address, "--protocol",
                                           protocol,     "--compression",     compression};
      const TestRun metrics(with({"send-metrics"}, where));
      CHECK(metrics.status() == 0);
      CHECK(metrics.out().starts_with("1 data point to http://" + address));
      const TestRun logs(with({"send-logs"}, where));
      CHECK(logs.status() == 0);
      CHECK(logs.out().starts_with("1 log record to http://" + address));
      ++calls;
      CHECK((*server)->stats().metrics.accepted == calls);
      CHECK((*server)->stats().logs.accepted == calls);
    }
  }
}

TEST_CASE("a record that is rejected by partial success is exit 1, with the server's words") {
  // partial_success {rejected_data_points: 1, error_message: "too old"}; logs have the same
  // numbers.
  test::FakeGrpcServer server([](const test::GrpcCall&) {
    return test::GrpcReply{.body = std::string("\x0A\x0B\x08\x01\x12\x07too old")};
  });
  for (const std::string command : {"send-metrics", "send-logs"}) {
    const TestRun run({command, "--protocol", "grpc", "--endpoint",
                       fmt::format("http://127.0.0.1:{}", server.port()), "--format", "json"});
    CHECK(run.status() == 1);
    const auto ledger = ledger_of(run);
    CHECK(ledger.at("rejected") == 1);
    CHECK(ledger.at("errors").at(0).at("message") == "too old");
    CHECK(run.err().starts_with("otelctl: " + command + ": http://127.0.0.1:"));
  }
}

TEST_CASE("a server that wants credentials is exit 4, one that does not know the path exit 5") {
  for (const auto& [answer, status] : {std::pair{401, 4}, std::pair{404, 5}}) {
    test::RawServer server(test::always(test::http_answer(answer, "text/plain", "no")));
    for (const std::string command : {"send-metrics", "send-logs"}) {
      const TestRun run({command, "--endpoint", fmt::format("http://127.0.0.1:{}", server.port()),
                         "--protocol", "http/protobuf", "--format", "json"});
      CHECK(run.status() == status);
      CHECK(ledger_of(run).at("failed") == 1);
    }
  }
}

TEST_CASE("a server that is not ready yet is tried again, and a terminal is told so once") {
  std::atomic<int> left = 2;
  test::RawServer server([&left](test::Conversation& talk) {
    while (!talk.read_request().first.empty()) {
      talk.write(test::http_answer(left-- > 0 ? 503 : 200, "application/json", "{}"));
    }
  });
  const TestRun run(
      {.err_facts = {.is_terminal = true}},
      {"send-logs", "--color", "never", "--protocol", "http/json", "--timeout", "30s", "--format",
       "json", "--endpoint", fmt::format("http://127.0.0.1:{}", server.port())});
  CHECK(run.status() == 0);
  const auto ledger = boost::json::parse(run.out()).as_object();
  CHECK(ledger.at("accepted") == 1);
  CHECK(ledger.at("retries") == 2);
  const std::string told = run.err();
  CAPTURE(told);
  CHECK(told.find("trying again for up to 30.0s") != std::string::npos);
  CHECK(told.find("trying again") == told.rfind("trying again"));
}

TEST_CASE("a body of - is standard input without its last line end, up to 1 MiB") {
  const auto body = [](const std::string& input) {
    const TestRun run({"send-logs", "--dry-run", "--body", "-"}, {}, input);
    CHECK(run.status() == 0);
    return boost::json::parse(run.out())
        .at_pointer("/resourceLogs/0/scopeLogs/0/logRecords/0/body/stringValue")
        .as_string();
  };
  CHECK(body("one\ntwo\n") == "one\ntwo");
  CHECK(body("one\r\n") == "one");
  CHECK(body("one\n\n") == "one\n");
  CHECK(body("-").size() == 1);
  CHECK(body(std::string(1 << 20, 'x')).size() == 1 << 20);
  const TestRun too_long({"send-logs", "--dry-run", "--body", "-"}, {},
                         std::string((1 << 20) + 1, 'x'));
  CHECK(too_long.status() == 2);
  CHECK(too_long.err().starts_with("otelctl: --body: standard input: larger than 1MiB\n"));
}
