// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// How many spans a second the embedded backend takes by gRPC, and how many for a second of its
// processor time, beside a bare gRPC server that drops what it reads: what limits it is between the
// two. The servers run in processes of their own, as for users, on one core, the sender on another.
//
//   ingest [SECONDS] [SPANS_PER_TRACE] [IN_FLIGHT]
#include <algorithm>
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
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <sched.h>
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

struct Load {
  std::chrono::seconds duration;
  std::size_t spans_per_trace;
  int in_flight;
};

// The number of spans sent, which were all accepted.
std::uint64_t send(const std::string& address, const Load& load) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  grpc::GenericStub stub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  grpc::CompletionQueue queue;
  Template batch = make_template(load.spans_per_trace);
  std::uint64_t next = 0;
  const auto start = [&] {
    number_traces(batch, load.spans_per_trace, next);
    auto* const call = new Call;
    const grpc::Slice slice(batch.bytes);
    call->reader =
        stub.PrepareUnaryCall(&call->context, k_method, grpc::ByteBuffer(&slice, 1), &queue);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
  };
  for (int index = 0; index < load.in_flight; ++index) {
    start();
  }
  const auto end = std::chrono::steady_clock::now() + load.duration;
  std::uint64_t batches = 0;
  for (int open = load.in_flight; open > 0;) {
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

// Answers every call with an empty message, and looks at none.
class Sink {
 public:
  Sink() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &m_port);
    builder.RegisterAsyncGenericService(&m_service);
    m_queue = builder.AddCompletionQueue();
    m_server = builder.BuildAndStart();
    m_thread = std::thread([this] { run(); });
  }
  ~Sink() {
    m_server->Shutdown(std::chrono::system_clock::now());
    m_queue->Shutdown();
    m_thread.join();
  }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  std::string address() const { return fmt::format("127.0.0.1:{}", m_port); }

 private:
  struct Taken {
    grpc::GenericServerContext context;
    grpc::GenericServerAsyncReaderWriter stream{&context};
    grpc::ByteBuffer message;
    int step = 0;
  };

  void wait_for_call() {
    auto* const call = new Taken;
    m_service.RequestCall(&call->context, &call->stream, m_queue.get(), m_queue.get(), call);
  }

  void run() {
    for (int count = 0; count < 64; ++count) {
      wait_for_call();
    }
    void* tag = nullptr;
    for (bool ok = false; m_queue->Next(&tag, &ok);) {
      auto* const call = static_cast<Taken*>(tag);
      const int step = ok ? ++call->step : 3;
      if (step == 1) {
        call->stream.Read(&call->message, call);
      } else if (step == 2) {
        const grpc::Slice empty;
        call->message = grpc::ByteBuffer(&empty, 1);
        call->stream.WriteAndFinish(call->message, {}, grpc::Status::OK, call);
      } else {
        delete call;
        if (ok) {
          wait_for_call();
        }
      }
    }
  }

  int m_port = 0;
  grpc::AsyncGenericService m_service;
  std::unique_ptr<grpc::ServerCompletionQueue> m_queue;
  std::unique_ptr<grpc::Server> m_server;
  std::thread m_thread;
};

void stay_on(std::size_t core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core % static_cast<std::size_t>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN))), &cores);
  sched_setaffinity(0, sizeof(cores), &cores);
}

// A server's process: its address goes out by the pipe, and it ends when the other pipe does.
int wait_for_end(const std::string& address, int address_pipe, int end_pipe) {
  const std::string line = address + "\n";
  char byte = 0;
  return write(address_pipe, line.data(), line.size()) < 0 || read(end_pipe, &byte, 1) != 0 ? 1 : 0;
}

int serve_sink(int address_pipe, int end_pipe) {
  const Sink sink;
  return wait_for_end(sink.address(), address_pipe, end_pipe);
}

int serve_store(int address_pipe, int end_pipe) {
  const SystemClock clock;
  auto server = server::Server::start(server::ServerOptions::on_free_ports(), clock);
  if (!server) {
    fmt::print(stderr, "{}\n", server.error().message);
    return 1;
  }
  const int status = wait_for_end((*server)->grpc_address(), address_pipe, end_pipe);
  const auto stats = (*server)->stats();
  fmt::print("  accepted {} = held {} + evicted {}; {:.1f} MiB counted, {:.1f} MiB resident\n",
             stats.traces.accepted, stats.traces.held, stats.traces.evicted,
             static_cast<double>(stats.memory) / 1048576.0, resident_mib());
  (*server)->stop();
  return stats.traces.accepted == stats.traces.held + stats.traces.evicted ? status : 1;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

struct Measured {
  std::uint64_t spans = 0;
  double elapsed = 0;
  double server_cpu = 0;
};

Measured send_to_process(int (*server)(int, int), const Load& load) {
  std::array<int, 2> address_pipe{};
  std::array<int, 2> end_pipe{};
  if (pipe(address_pipe.data()) != 0 || pipe(end_pipe.data()) != 0) {
    std::exit(1);
  }
  const pid_t child = fork();
  if (child == 0) {
    close(end_pipe[1]);
    stay_on(1);
    std::exit(server(address_pipe[1], end_pipe[0]));
  }
  stay_on(0);
  close(address_pipe[1]);
  std::string address;
  for (char c = 0; read(address_pipe[0], &c, 1) == 1 && c != '\n';) {
    address += c;
  }
  Measured result;
  const auto began = std::chrono::steady_clock::now();
  result.spans = send(address, load);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began;
  result.elapsed = elapsed.count();
  close(end_pipe[1]);
  int status = 0;
  waitpid(child, &status, 0);
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  result.server_cpu = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  if (status != 0) {
    std::exit(1);
  }
  return result;
}

// In a process of its own: what gRPC has begun does not survive a fork.
Measured measure(const char* name, int (*server)(int, int), const Load& load) {
  std::array<int, 2> result_pipe{};
  std::fflush(stdout);
  if (pipe(result_pipe.data()) != 0) {
    std::exit(1);
  }
  if (fork() == 0) {
    const Measured result = send_to_process(server, load);
    std::exit(write(result_pipe[1], &result, sizeof(result)) == sizeof(result) ? 0 : 1);
  }
  close(result_pipe[1]);
  Measured result;
  if (read(result_pipe[0], &result, sizeof(result)) != sizeof(result)) {
    std::exit(1);
  }
  close(result_pipe[0]);
  wait(nullptr);
  const auto spans = static_cast<double>(result.spans);
  fmt::print("{:<20} {:.2f} M spans/s, {:.2f} M for a second of the server's processor\n", name,
             spans / result.elapsed / 1e6, spans / result.server_cpu / 1e6);
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  const auto argument = [&](int index, int fallback) {
    return argc > index ? std::atoi(argv[index]) : fallback;
  };
  const Load load{std::chrono::seconds(argument(1, 3)), static_cast<std::size_t>(argument(2, 8)),
                  argument(3, 8)};
  fmt::print("batches of {} spans, {} bytes each, {} under way\n", k_batch,
             make_template(load.spans_per_trace).bytes.size() / k_batch, load.in_flight);
  // Turn by turn, so that what else runs on the machine befalls both.
  constexpr int k_rounds = 3;
  double sink_seconds = 0;
  double serve_seconds = 0;
  for (int round = 0; round < k_rounds; ++round) {
    const Measured sink = measure("bare gRPC server", serve_sink, load);
    const Measured serve = measure("otelctl serve", serve_store, load);
    sink_seconds += sink.elapsed / static_cast<double>(sink.spans);
    serve_seconds += serve.elapsed / static_cast<double>(serve.spans);
  }
  fmt::print("otelctl serve / bare gRPC server, which stores nothing: {:.2f}\n",
             sink_seconds / serve_seconds);
  return 0;
}
