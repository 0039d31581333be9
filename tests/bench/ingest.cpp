// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// How many spans a second the embedded backend takes by gRPC, and how many for a second of its
// processor time. The server runs in a process of its own, as it does for users.
//
//   ingest [SECONDS] [SPANS_PER_TRACE] [IN_FLIGHT]
#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"
#include <fmt/format.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.hpp"
#include "server/server.hpp"

namespace {

using namespace otelctl;
using opentelemetry::proto::collector::trace::v1::ExportTraceServiceRequest;

constexpr std::size_t k_batch = 512;
constexpr char k_method[] = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

// A request of 512 spans with the attributes of an HTTP server span, and where its trace ids stand.
struct Template {
  std::string bytes;
  std::vector<std::size_t> trace_ids;
};

Template make_template(std::size_t spans_per_trace) {
  ExportTraceServiceRequest request;
  auto* const resource = request.add_resource_spans();
  auto* const service = resource->mutable_resource()->add_attributes();
  service->set_key("service.name");
  service->mutable_value()->set_string_value("checkout");
  auto* const scope = resource->add_scope_spans();
  scope->mutable_scope()->set_name("bench");
  SeededRandom random(1);
  for (std::size_t index = 0; index < k_batch; ++index) {
    auto* const span = scope->add_spans();
    const auto mark = static_cast<char>('A' + index / spans_per_trace % 26);
    span->set_trace_id(std::string(8, '\xF1') + std::string(8, mark));
    span->set_span_id(std::string(random.span_id().view()));
    span->set_name("GET /orders/{id}");
    span->set_kind(opentelemetry::proto::trace::v1::Span::SPAN_KIND_SERVER);
    span->set_start_time_unix_nano(1'755'684'000'000'000'000U + index * 1000);
    span->set_end_time_unix_nano(1'755'684'000'100'000'000U + index * 1000);
    auto* attribute = span->add_attributes();
    attribute->set_key("http.request.method");
    attribute->mutable_value()->set_string_value("GET");
    attribute = span->add_attributes();
    attribute->set_key("http.response.status_code");
    attribute->mutable_value()->set_int_value(200);
  }
  Template result{request.SerializeAsString(), {}};
  const std::string mark(8, '\xF1');
  for (auto at = result.bytes.find(mark); at != std::string::npos;
       at = result.bytes.find(mark, at + 16)) {
    result.trace_ids.push_back(at);
  }
  return result;
}

// Gives every trace of the batch an id that was never sent.
void number_traces(Template& batch, std::size_t spans_per_trace, std::uint64_t& next) {
  for (std::size_t index = 0; index < batch.trace_ids.size(); ++index) {
    next += index % spans_per_trace == 0 ? 1U : 0U;
    const std::uint64_t id = next * 0x9E3779B97F4A7C15U;
    std::memcpy(batch.bytes.data() + batch.trace_ids[index], &id, sizeof(id));
  }
}

struct Call {
  grpc::ClientContext context;
  grpc::ByteBuffer response;
  grpc::Status status;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
};

std::uint64_t send(const std::string& address, std::chrono::seconds duration,
                   std::size_t spans_per_trace, int in_flight) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  grpc::GenericStub stub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  grpc::CompletionQueue queue;
  Template batch = make_template(spans_per_trace);
  std::uint64_t next = 0;
  const auto start = [&] {
    number_traces(batch, spans_per_trace, next);
    auto* const call = new Call;
    const grpc::Slice slice(batch.bytes);
    call->reader =
        stub.PrepareUnaryCall(&call->context, k_method, grpc::ByteBuffer(&slice, 1), &queue);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
  };
  for (int index = 0; index < in_flight; ++index) {
    start();
  }
  const auto end = std::chrono::steady_clock::now() + duration;
  std::uint64_t batches = 0;
  for (int open = in_flight; open > 0;) {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    const std::unique_ptr<Call> call(static_cast<Call*>(tag));
    if (!call->status.ok()) {
      fmt::print(stderr, "{}\n", call->status.error_message());
      std::exit(1);
    }
    ++batches;
    --open;
    if (std::chrono::steady_clock::now() < end) {
      start();
      ++open;
    }
  }
  return batches * k_batch;
}

// What the process has in memory, in MiB (proc(5), statm).
double resident_mib() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  file >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1048576.0;
}

// The server's process: its address goes out by the pipe, and it ends when the other pipe does.
int serve(int address_pipe, int end_pipe) {
  const SystemClock clock;
  auto server = server::Server::start(server::ServerOptions::on_free_ports(), clock);
  if (!server) {
    fmt::print(stderr, "{}\n", server.error().message);
    return 1;
  }
  const std::string address = (*server)->grpc_address() + "\n";
  char byte = 0;
  if (write(address_pipe, address.data(), address.size()) < 0 || read(end_pipe, &byte, 1) != 0) {
    return 1;
  }
  const auto stats = (*server)->stats();
  fmt::print("held {}, evicted {}, {:.1f} MiB counted, {:.1f} MiB resident\n", stats.traces.held,
             stats.traces.evicted, static_cast<double>(stats.memory) / 1048576.0, resident_mib());
  (*server)->stop();
  return 0;
}

double cpu_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  const auto argument = [&](int index, int fallback) {
    return argc > index ? std::atoi(argv[index]) : fallback;
  };
  std::array<int, 2> address_pipe{};
  std::array<int, 2> end_pipe{};
  if (pipe(address_pipe.data()) != 0 || pipe(end_pipe.data()) != 0) {
    return 1;
  }
  const pid_t child = fork();
  if (child == 0) {
    close(end_pipe[1]);
    return serve(address_pipe[1], end_pipe[0]);
  }
  close(address_pipe[1]);
  std::string address;
  for (char c = 0; read(address_pipe[0], &c, 1) == 1 && c != '\n';) {
    address += c;
  }
  const auto began = std::chrono::steady_clock::now();
  const auto spans = send(address, std::chrono::seconds(argument(1, 5)),
                          static_cast<std::size_t>(argument(2, 8)), argument(3, 4));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began;
  close(end_pipe[1]);
  waitpid(child, nullptr, 0);
  const double server_cpu = cpu_seconds(RUSAGE_CHILDREN);
  const auto millions = [&](double seconds) { return static_cast<double>(spans) / seconds / 1e6; };
  fmt::print("{} spans, {} bytes each\n", spans, make_template(8).bytes.size() / k_batch);
  fmt::print("{:.2f} M spans/s, {:.2f} M spans per CPU second of the server\n",
             millions(elapsed.count()), millions(server_cpu));
  return 0;
}
