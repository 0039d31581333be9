// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Whatever a server does on purpose: what the sender's ledger says is what the server counted.
#include <fstream>
#include <set>
#include <thread>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include "otlp/exporter.hpp"
#include "otlp/json_codec.hpp"
#include "settings/otlp_settings.hpp"
#include "tests/integration/serve_support.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_context.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using namespace std::chrono_literals;
using test::TestRun;

constexpr std::string_view k_protocols[] = {"grpc", "http/protobuf", "http/json"};

ServerOptions with_faults(const std::vector<std::string>& specifications) {
  ServerOptions options = ServerOptions::on_free_ports();
  auto faults = parse_faults(specifications);
  REQUIRE_MESSAGE(faults.has_value(), (faults ? "" : faults.error().message));
  options.faults = *std::move(faults);
  return options;
}

std::string endpoint_of(Server& server, std::string_view protocol) {
  return "http://" + (protocol == "grpc" ? server.grpc_address() : server.http_address());
}

struct Account {
  std::uint64_t generated;
  std::uint64_t accepted;
  std::uint64_t rejected;
  std::uint64_t failed;
};

Account send(Server& server, std::string_view protocol, std::vector<std::string> command) {
  const std::string endpoint = endpoint_of(server, protocol);
  for (const std::string_view more : std::initializer_list<std::string_view>{
           "--endpoint", endpoint, "--protocol", protocol, "--format", "json"}) {
    command.emplace_back(more);
  }
  const TestRun run(command);
  CAPTURE(run.err());
  const auto ledger = boost::json::parse(run.out()).as_object();
  const auto number = [&](std::string_view key) {
    return ledger.at(key).to_number<std::uint64_t>();
  };
  const Account account{number("generated"), number("accepted"), number("rejected"),
                        number("failed")};
  CHECK(account.generated == account.accepted + account.rejected + account.failed);
  return account;
}

otlp::ExportOutcome export_spans(Server& server, std::string_view protocol,
                                 const std::string& payload) {
  settings::OtlpFlags flags;
  flags.endpoint = endpoint_of(server, protocol);
  flags.protocol = std::string(protocol);
  const auto resolved = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(resolved);
  const auto exporter = otlp::make_exporter(*resolved);
  REQUIRE(exporter);
  return (*exporter)->send(Signal::traces, payload, 30s);
}

std::string spans(std::uint64_t trace, std::size_t count) {
  Request request("cart");
  for (std::size_t span = 1; span <= count; ++span) {
    request.add_span(trace_id(trace), span);
  }
  return request.bytes();
}

// The server learns of a client's end in its own time.
void wait_until(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + 30s;
  while (!condition() && std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  CHECK(condition());
}

std::string post_of(std::string_view body) {
  return fmt::format(
      "POST /v1/traces HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-protobuf\r\n"
      "Content-Length: {}\r\n\r\n{}",
      body.size(), body);
}

}  // namespace

TEST_CASE("both ends' accounts agree under every fault, by every protocol") {
  for (const std::string fault :
       {"429:retry-after=0@10%", "partial=3@5%", "partial=1000", "slow=5ms@20%", "reset@10%",
        "unavailable@20%", "drop-connection-every=10",
        "reset@5%,drop-connection-every=7,unavailable@10%,429:retry-after=0@10%,slow=2ms@50%,"
        "partial=5"}) {
    for (const std::string_view protocol : k_protocols) {
      CAPTURE(fault);
      CAPTURE(protocol);
      ServedBackend backend(with_faults({fault}));
      const Account account =
          send(*backend, protocol, {"send-spans", "--traces", "100", "--batch", "50"});
      const Stats stats = backend->stats();
      CHECK(account.generated == 1400);
      CHECK(account.accepted == stats.traces.accepted);
      CHECK(account.rejected == stats.traces.rejected);
      CHECK(stats.traces.accepted == stats.traces.held + stats.traces.evicted);
      const FaultCounts& faults = stats.faults;
      CHECK(faults.too_many + faults.unavailable + faults.partial + faults.slow + faults.reset +
                faults.dropped_connections >
            0);
    }
  }
}

TEST_CASE("connections that break under many requests at a time cost no account") {
  ServedBackend backend(with_faults({"reset@10%,drop-connection-every=9"}));
  const Account account = send(
      *backend, "grpc",
      {"send-spans", "--traces", "250", "--batch", "14", "--in-flight", "32", "--timeout", "60s"});
  CHECK(account.accepted == 3500);
  CHECK(backend->stats().traces.accepted == 3500);
  CHECK(backend->stats().faults.reset > 15);
  CHECK(backend->stats().faults.dropped_connections > 15);
}

TEST_CASE("faults befall metrics and logs too") {
  for (const std::string_view protocol : k_protocols) {
    CAPTURE(protocol);
    ServedBackend backend(with_faults({"429:retry-after=0@50%,partial=4@25%"}));
    for (int run = 0; run < 2; ++run) {
      send(*backend, protocol, {"send-metrics", "--name", "jobs.done", "--value", "1"});
      send(*backend, protocol, {"send-logs", "--body", "done"});
    }
    // 429 befalls each second request, and partial success two of those that are left.
    const Stats stats = backend->stats();
    CHECK(stats.faults.too_many + stats.faults.partial + 3 >= 6);
    CHECK(stats.metrics.accepted + stats.metrics.rejected == 2);
    CHECK(stats.logs.accepted + stats.logs.rejected == 2);
    CHECK(stats.metrics.rejected + stats.logs.rejected == stats.faults.partial);
    CHECK(stats.faults.partial > 0);
  }
}

TEST_CASE("429 says when to try again, and what is refused whole counts nowhere") {
  struct Row {
    std::string_view protocol;
    std::string_view too_many;
    std::string_view unavailable;
  };
  for (const Row& row : {Row{"grpc", "RESOURCE_EXHAUSTED", "UNAVAILABLE"},
                         Row{"http/protobuf", "429", "503"}, Row{"http/json", "429", "503"}}) {
    CAPTURE(row.protocol);
    ServedBackend backend(with_faults({"429:retry-after=2@50%,unavailable"}));
    const auto unavailable = export_spans(*backend, row.protocol, spans(1, 1));
    CHECK(unavailable.code == row.unavailable);
    CHECK(unavailable.retryable);
    const auto too_many = export_spans(*backend, row.protocol, spans(1, 1));
    CHECK(too_many.code == row.too_many);
    CHECK(too_many.retryable);
    CHECK(too_many.retry_after == nanoseconds(2s));
    CHECK(too_many.error->message.find("--fault 429") != std::string::npos);
    CHECK(backend->stats().traces.requests == 0);
    CHECK(backend->stats().traces.rejected == 0);
  }
}

TEST_CASE("partial success rejects what there is at most") {
  for (const std::string_view protocol : k_protocols) {
    CAPTURE(protocol);
    ServedBackend backend(with_faults({"partial=3"}));
    const auto outcome = export_spans(*backend, protocol, spans(1, 5));
    CHECK(outcome.delivered);
    CHECK(outcome.rejected == 3);
    CHECK(export_spans(*backend, protocol, spans(2, 2)).rejected == 2);
    CHECK(export_spans(*backend, protocol, spans(3, 0)).rejected == 0);
    CHECK(backend->stats().traces.held == 2);
    CHECK(backend->stats().traces.rejected == 5);
  }
}

TEST_CASE("what its client does not wait for is not taken") {
  for (const std::string_view protocol : k_protocols) {
    CAPTURE(protocol);
    ServedBackend backend(with_faults({"slow=1h"}));
    const Account account =
        send(*backend, protocol, {"send-spans", "--traces", "3", "--timeout", "100ms"});
    CHECK(account.failed == 42);
    wait_until([&] { return backend->stats().faults.abandoned == backend->stats().faults.slow; });
    CHECK(backend->stats().traces.accepted == 0);
  }
}

TEST_CASE("requests that are held back hold up no others, by gRPC") {
  // More than the server has calls waiting for clients.
  constexpr std::uint64_t k_pairs = 300;
  ServedBackend backend(with_faults({"slow=1h@50%"}));
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  grpc::GenericStub stub(grpc::CreateCustomChannel(backend->grpc_address(),
                                                   grpc::InsecureChannelCredentials(), arguments));
  struct Call {
    grpc::ClientContext context;
    grpc::ByteBuffer response;
    grpc::Status status;
    std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  };
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<Call>> calls;
  const std::string payload = spans(1, 1);
  const grpc::Slice slice(payload);
  const grpc::ByteBuffer request(&slice, 1);
  for (std::uint64_t index = 0; index < 2 * k_pairs; ++index) {
    auto& call = calls.emplace_back(std::make_unique<Call>());
    call->reader = stub.PrepareUnaryCall(
        &call->context, "/opentelemetry.proto.collector.trace.v1.TraceService/Export", request,
        &queue);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call.get());
  }
  const auto next = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    REQUIRE(queue.Next(&tag, &ok));
    return static_cast<Call*>(tag)->status.ok();
  };
  for (std::uint64_t index = 0; index < k_pairs; ++index) {
    CHECK(next());
  }
  CHECK(backend->stats().traces.accepted == k_pairs);
  backend->stop(0ms);
  for (std::uint64_t index = 0; index < k_pairs; ++index) {
    CHECK_FALSE(next());
  }
  CHECK(backend->stats().traces.accepted == k_pairs);
  CHECK(backend->stats().faults.abandoned == k_pairs);
}

TEST_CASE("requests that are held back hold up no others, by HTTP") {
  ServedBackend backend(with_faults({"slow=1h@50%"}));
  const std::string request = post_of(spans(1, 1));
  std::vector<RawConnection> held;
  for (int pair = 0; pair < 20; ++pair) {
    RawConnection quick(backend->http_address());
    quick.write(request);
    CHECK(quick.read_until("\r\n").starts_with("HTTP/1.1 200"));
    held.emplace_back(backend->http_address()).write(request);
    const auto picked = static_cast<std::uint64_t>(pair) + 1;
    wait_until([&] { return backend->stats().faults.slow == picked; });
  }
  for (int gone = 0; gone < 10; ++gone) {
    held.pop_back();
  }
  wait_until([&] { return backend->stats().faults.abandoned == 10; });
  backend->stop(0ms);
  CHECK(backend->stats().faults.abandoned == 20);
  CHECK(backend->stats().traces.accepted == 20);
}

TEST_CASE("over HTTP a reset is one, and a closed connection is closed in order") {
  ServedBackend backend(with_faults({"reset@50%,drop-connection-every=3"}));
  const std::string request = post_of(spans(1, 1));
  const auto seen = [&] {
    RawConnection connection(backend->http_address());
    connection.write(request);
    return connection.read_end();
  };
  RawConnection taken(backend->http_address());
  taken.write(request);
  CHECK(taken.read_until("\r\n").starts_with("HTTP/1.1 200"));
  CHECK(seen() == RawConnection::End::reset);
  CHECK(seen() == RawConnection::End::closed);
  CHECK(seen() == RawConnection::End::reset);
  CHECK(backend->stats().traces.accepted == 1);
}

TEST_CASE("the recording is what was accepted, whatever else happened") {
  for (const std::string_view protocol : k_protocols) {
    CAPTURE(protocol);
    const test::TemporaryFolder folder;
    ServerOptions options = with_faults(
        {"partial=5@20%,reset@5%,unavailable@10%,slow=2ms@20%,drop-connection-every=20"});
    options.record = folder.path("record.jsonl");
    ServedBackend backend(options);
    const Account account =
        send(*backend, protocol, {"send-spans", "--traces", "100", "--batch", "50"});
    send(*backend, protocol, {"send-metrics", "--name", "jobs.done", "--value", "1"});
    send(*backend, protocol, {"send-logs", "--body", "done"});
    backend->stop();
    const Stats stats = backend->stats();
    CHECK(stats.recording.ok);
    std::set<std::string> span_ids;
    std::uint64_t lines = 0;
    std::ifstream file(*options.record);
    for (std::string line; std::getline(file, line); ++lines) {
      const auto payload = otlp::json_to_payload(Signal::traces, line);
      REQUIRE_MESSAGE(payload.has_value(), line);
      ExportTraceServiceRequest request;
      REQUIRE(request.ParseFromString(*payload));
      for (const auto& resource : request.resource_spans()) {
        for (const auto& scope : resource.scope_spans()) {
          for (const Span& span : scope.spans()) {
            span_ids.insert(span.trace_id() + span.span_id());
          }
        }
      }
    }
    CHECK(span_ids.size() == account.accepted);
    CHECK(span_ids.size() == stats.traces.accepted);
    CHECK(lines == stats.recording.requests);
    CHECK(stats.metrics.accepted + stats.logs.accepted > 0);
  }
}

TEST_CASE("a disk that is full ends the recording, and serving goes on") {
  ServerOptions options = ServerOptions::on_free_ports();
  options.record = "/dev/full";
  std::atomic<int> told{0};
  options.on_recording_failure = [&told](const std::string& message) {
    CHECK(message == "/dev/full: No space left on device");
    ++told;
  };
  ServedBackend backend(options);
  const Account account =
      send(*backend, "grpc", {"send-spans", "--traces", "100", "--batch", "50"});
  CHECK(account.accepted == 1400);
  wait_until([&] { return told == 1; });
  CHECK(backend->stats().traces.accepted == 1400);
  const auto document = boost::json::parse(backend.get("/stats").body);
  CHECK(document.at("recording").at("ok") == false);
  CHECK(document.at("recording").at("message") == "/dev/full: No space left on device");
  CHECK(send(*backend, "grpc", {"send-spans"}).accepted == 14);
  backend->stop();
  CHECK(told == 1);
}

TEST_CASE("a file that cannot be recorded to is an error at the start") {
  ServerOptions options = ServerOptions::on_free_ports();
  options.record = "/no/such/folder/file";
  const SystemClock clock;
  const auto server = Server::start(options, clock);
  REQUIRE_FALSE(server.has_value());
  CHECK(server.error().kind == ErrorKind::settings);
  CHECK(server.error().message == "--record: /no/such/folder/file: No such file or directory");
}

TEST_CASE("a server that cannot start leaves an older recording as it is") {
  const test::TemporaryFolder folder;
  ServedBackend other;
  ServerOptions options = ServerOptions::on_free_ports();
  options.record = folder.path("record.jsonl");
  std::ofstream(*options.record) << "older\n";
  options.query = other->query_address();
  const SystemClock clock;
  CHECK_FALSE(Server::start(options, clock).has_value());
  std::string line;
  std::getline(std::ifstream(*options.record), line);
  CHECK(line == "older");
}

}  // namespace otelctl::server
