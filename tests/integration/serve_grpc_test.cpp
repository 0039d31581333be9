// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <thread>
#include <vector>

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include <doctest/doctest.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/integration/serve_support.hpp"
#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
namespace collector = opentelemetry::proto::collector;

constexpr char k_traces[] = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
constexpr char k_metrics[] = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
constexpr char k_logs[] = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

// One client's channel, with calls of any method by its raw bytes.
class Client {
 public:
  explicit Client(const std::string& address) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    m_stub = std::make_unique<grpc::GenericStub>(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  }

  grpc::Status call(const std::string& method, std::string_view message,
                    std::string* answer = nullptr,
                    grpc_compression_algorithm compression = GRPC_COMPRESS_NONE) {
    grpc::ClientContext context;
    context.set_compression_algorithm(compression);
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    const grpc::Slice slice(message.data(), message.size());
    grpc::CompletionQueue queue;
    auto call = m_stub->PrepareUnaryCall(&context, method, grpc::ByteBuffer(&slice, 1), &queue);
    grpc::ByteBuffer response;
    grpc::Status status;
    call->StartCall();
    call->Finish(&response, &status, this);
    wait(queue);
    if (answer != nullptr) {
      *answer = text_of(response);
    }
    return status;
  }

  // A call that ends without ever having sent its message.
  grpc::Status call_without_message(const std::string& method) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    grpc::CompletionQueue queue;
    auto call = m_stub->PrepareCall(&context, method, &queue);
    call->StartCall(this);
    wait(queue);
    call->WritesDone(this);
    wait(queue);
    grpc::Status status;
    call->Finish(&status, this);
    wait(queue);
    return status;
  }

  // A call that the server has got the head of, and no message, when it stops.
  grpc::Status stop_during_call(const std::string& method, server::Server& server) {
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    auto call = m_stub->PrepareCall(&context, method, &queue);
    call->StartCall(this);
    wait(queue);
    server.stop(std::chrono::milliseconds(20));
    grpc::Status status;
    call->Finish(&status, this);
    wait(queue);
    return status;
  }

 private:
  static void wait(grpc::CompletionQueue& queue) {
    void* tag = nullptr;
    bool ok = false;
    REQUIRE(queue.Next(&tag, &ok));
  }

  static std::string text_of(const grpc::ByteBuffer& buffer) {
    std::vector<grpc::Slice> slices;
    std::string text;
    if (buffer.Dump(&slices).ok()) {
      for (const grpc::Slice& slice : slices) {
        text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
      }
    }
    return text;
  }

  std::unique_ptr<grpc::GenericStub> m_stub;
};

std::string spans(std::uint64_t trace, std::size_t count = 1) {
  Request request("cart");
  for (std::size_t span = 1; span <= count; ++span) {
    request.add_span(trace_id(trace), span);
  }
  return request.bytes();
}

TEST_CASE("every signal is taken, and full success is an answer without partial_success") {
  ServedBackend backend;
  Client client(backend->grpc_address());
  std::string answer = "unset";
  CHECK(client.call(k_traces, spans(1, 3), &answer).ok());
  CHECK(answer.empty());
  collector::metrics::v1::ExportMetricsServiceRequest metrics;
  auto* const scope = metrics.add_resource_metrics()->add_scope_metrics();
  scope->add_metrics()->mutable_gauge()->add_data_points();
  CHECK(client.call(k_metrics, metrics.SerializeAsString()).ok());
  collector::logs::v1::ExportLogsServiceRequest logs;
  logs.add_resource_logs()->add_scope_logs()->add_log_records();
  CHECK(client.call(k_logs, logs.SerializeAsString()).ok());
  CHECK(client.call(k_traces, "").ok());
  const Stats stats = backend->stats();
  CHECK(stats.traces.requests == 2);
  CHECK(stats.traces.accepted == 3);
  CHECK(stats.traces.held == 3);
  CHECK(stats.metrics.accepted == 1);
  CHECK(stats.logs.accepted == 1);
}

TEST_CASE("rejected spans come back as partial success with their number and the reason") {
  ServedBackend backend;
  Client client(backend->grpc_address());
  Request request("cart");
  request.add_span(trace_id(1), 1);
  request.add_span(TraceId{}, 2);
  std::string answer;
  CHECK(client.call(k_traces, request.bytes(), &answer).ok());
  collector::trace::v1::ExportTraceServiceResponse response;
  REQUIRE(response.ParseFromString(answer));
  CHECK(response.partial_success().rejected_spans() == 1);
  CHECK(response.partial_success().error_message() ==
        "1 span without a trace id of 16 bytes that are not all zero");
}

TEST_CASE("bytes that are no request are INVALID_ARGUMENT, with what is wrong") {
  ServedBackend backend;
  Client client(backend->grpc_address());
  const grpc::Status status = client.call(k_traces, "\x0A\x05zz");
  CHECK(status.error_code() == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(status.error_message() ==
        "ExportTraceServiceRequest: resource_spans at byte 0 runs past the end of its message");
  CHECK(client.call(k_logs, "zz").error_code() == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(backend->stats().traces.requests == 0);
  CHECK(client.call_without_message(k_traces).error_message() == "the call has no message");
}

TEST_CASE("unknown services and methods are answered as Go's servers answer them") {
  ServedBackend backend;
  Client client(backend->grpc_address());
  const auto check = [&](const std::string& method, const std::string& text) {
    const grpc::Status status = client.call(method, "");
    CHECK(status.error_code() == grpc::StatusCode::UNIMPLEMENTED);
    CHECK(status.error_message() == text);
  };
  check("/jaeger.api_v3.QueryService/GetServices", "unknown service jaeger.api_v3.QueryService");
  check("/opentelemetry.proto.collector.trace.v1.TraceService/Import",
        "unknown method Import for service opentelemetry.proto.collector.trace.v1.TraceService");
  check("/grpc.health.v1.Health/Check", "unknown service grpc.health.v1.Health");
}

TEST_CASE("gzip is unpacked with a bound, and other compressions are refused") {
  ServerOptions options = ServerOptions::on_free_ports();
  options.max_request = 1 << 20;
  ServedBackend backend(options);
  Client client(backend->grpc_address());
  CHECK(client.call(k_traces, spans(1, 200), nullptr, GRPC_COMPRESS_GZIP).ok());
  CHECK(backend->stats().traces.accepted == 200);

  const std::string bomb(32 << 20, '\0');
  const grpc::Status status = client.call(k_traces, bomb, nullptr, GRPC_COMPRESS_GZIP);
  CHECK(status.error_code() == grpc::StatusCode::INVALID_ARGUMENT);
  CHECK(status.error_message() == "the gzip data unpacks to more than 1MiB");
  CHECK(client.call(k_traces, "\x1f\x8b\x08 broken").error_message() == "the gzip data is damaged");
  CHECK(client.call(k_traces, spans(2, 200), nullptr, GRPC_COMPRESS_DEFLATE).error_code() ==
        grpc::StatusCode::UNIMPLEMENTED);
}

TEST_CASE("a message above the limit is refused, and the next one is taken") {
  ServerOptions options = ServerOptions::on_free_ports();
  options.max_request = 1 << 20;
  ServedBackend backend(options);
  Client client(backend->grpc_address());
  CHECK(client.call(k_traces, std::string(2 << 20, 'x')).error_code() ==
        grpc::StatusCode::RESOURCE_EXHAUSTED);
  CHECK(client.call(k_traces, spans(1)).ok());
}

TEST_CASE("what many clients send at the same time is all accounted for") {
  ServedBackend backend;
  std::vector<std::thread> clients;
  for (std::uint64_t number = 1; number <= 4; ++number) {
    clients.emplace_back([&backend, number] {
      Client client(backend->grpc_address());
      for (std::uint64_t call = 0; call < 50; ++call) {
        CHECK(client.call(k_traces, spans(number * 1000 + call, 20)).ok());
      }
    });
  }
  CHECK(backend->wait_for_spans(4 * 50 * 20, std::chrono::seconds(60)));
  for (std::thread& client : clients) {
    client.join();
  }
  const Stats stats = backend->stats();
  CHECK(stats.traces.requests == 200);
  CHECK(stats.traces.accepted == 4000);
  CHECK(stats.traces.held == 4000);
  CHECK_FALSE(backend->wait_for_spans(4001, std::chrono::milliseconds(0)));
}

TEST_CASE("a server stops in spite of calls that never end") {
  ServedBackend backend;
  Client client(backend->grpc_address());
  CHECK(client.stop_during_call(k_traces, *backend).error_code() != grpc::StatusCode::OK);
  CHECK_FALSE(client.call(k_traces, "").ok());
}

// Takes all descriptors that this process could still open, as long as it lives.
class NoDescriptors {
 public:
  NoDescriptors() {
    REQUIRE(getrlimit(RLIMIT_NOFILE, &m_before) == 0);
    const int lowest_free = dup(STDERR_FILENO);
    REQUIRE(lowest_free >= 0);
    close(lowest_free);
    const rlimit limit{static_cast<rlim_t>(lowest_free), m_before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
  }
  ~NoDescriptors() { setrlimit(RLIMIT_NOFILE, &m_before); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  rlimit m_before{};
};

TEST_CASE("clients that come when descriptors are short are served later, and so are those after") {
  ServedBackend backend;
  std::vector<RawConnection> clients;
  {
    const int spare = dup(STDERR_FILENO);
    const NoDescriptors none;
    close(spare);
    // Its own end takes the last one.
    clients.emplace_back(backend->grpc_address());
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
  Client client(backend->grpc_address());
  CHECK(client.call(k_traces, spans(1)).ok());
}

TEST_CASE("a client of another protocol gets no harm done") {
  ServedBackend backend;
  {
    RawConnection http(backend->grpc_address());
    http.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    http.read_all();
  }
  Client client(backend->grpc_address());
  CHECK(client.call(k_traces, spans(1)).ok());
}

}  // namespace
}  // namespace otelctl::server
