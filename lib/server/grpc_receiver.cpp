// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/grpc_receiver.hpp"

#include <algorithm>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>
#include <grpc/support/log.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include "net/gzip.hpp"
#include "server/ingest.hpp"

namespace otelctl::server {
namespace {

// One thread does a core's worth; more than four only wait for the store.
constexpr unsigned k_max_threads = 4;
// Calls that one thread has under way at most; with requests of 64 MiB that bounds the memory too.
constexpr int k_calls_per_thread = 64;
// Between a call's start and the end of its request. A client that stalls would hold its place.
constexpr auto k_request_timeout = std::chrono::seconds(60);
constexpr auto k_sweep_interval = std::chrono::seconds(5);

struct Method {
  std::string_view service;
  Signal signal;
};
constexpr Method k_methods[] = {
    {"opentelemetry.proto.collector.trace.v1.TraceService", Signal::traces},
    {"opentelemetry.proto.collector.metrics.v1.MetricsService", Signal::metrics},
    {"opentelemetry.proto.collector.logs.v1.LogsService", Signal::logs},
};

// "/package.Service/Method" taken apart; the status is what grpc-go answers for the others.
struct Target {
  std::optional<Signal> signal;
  grpc::Status status = grpc::Status::OK;
};

Target target_of(std::string_view path) {
  const auto refuse = [](std::string text) {
    return Target{std::nullopt, {grpc::StatusCode::UNIMPLEMENTED, std::move(text)}};
  };
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return refuse(fmt::format("malformed method name: \"{}\"", path));
  }
  const std::string_view service = path.substr(0, slash);
  const std::string_view name = path.substr(slash + 1);
  for (const Method& method : k_methods) {
    if (service == method.service) {
      return name == "Export"
                 ? Target{method.signal}
                 : refuse(fmt::format("unknown method {} for service {}", name, service));
    }
  }
  return refuse(fmt::format("unknown service {}", service));
}

struct Call {
  enum class State { waiting, reading, finishing };

  grpc::GenericServerContext context;
  grpc::GenericServerAsyncReaderWriter stream{&context};
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
  Signal signal = Signal::traces;
  State state = State::waiting;
  nanoseconds started{0};
};

// RFC 1952's magic. No message begins with it (0x1F is a field of wire type 7), and a client that
// says grpc-encoding: gzip may send single messages plain.
bool is_gzip(std::string_view payload) {
  return payload.starts_with("\x1f\x8b");
}

}  // namespace

class GrpcReceiver::Impl {
 public:
  Impl(Store& store, const Clock& clock, std::uint64_t max_request)
      : m_store(store), m_clock(clock), m_max_request(max_request) {}

  Result<void> start(const net::HostPort& address);
  void stop(std::chrono::milliseconds grace);
  std::uint16_t port() const { return static_cast<std::uint16_t>(m_port); }

 private:
  // A completion queue and the thread that empties it.
  struct Worker {
    std::unique_ptr<grpc::ServerCompletionQueue> queue;
    Ingest ingest;
    std::unordered_set<Call*> calls;  // those past `waiting`
    std::string joined;
    std::thread thread;
  };

  void drop_queues();
  void run(Worker& worker);
  void on_event(Worker& worker, Call* call, bool ok);
  void wait_for_call(Worker& worker);
  void count_off();
  void begin(Worker& worker, Call* call);
  void answer(Worker& worker, Call* call);
  void finish(Worker& worker, Call* call);
  void sweep(Worker& worker);
  Result<Added> take(Worker& worker, const Call& call);

  Store& m_store;
  const Clock& m_clock;
  std::uint64_t m_max_request;
  grpc::AsyncGenericService m_service;
  std::unique_ptr<grpc::Server> m_server;
  std::vector<std::unique_ptr<Worker>> m_workers;
  int m_port = 0;
  std::mutex m_mutex;
  std::condition_variable m_idle;
  bool m_stopping = false;
  std::size_t m_calls = 0;  // also those that are waited for: their events may yet come
};

Result<void> GrpcReceiver::Impl::start(const net::HostPort& address) {
  // gRPC writes to stderr what clients do wrong ("Compression algorithm 'deflate' is disabled.").
  gpr_set_log_function([](gpr_log_func_args*) {});
  grpc::ServerBuilder builder;
  const std::string target = net::join_host_port(address.host, address.port);
  builder.AddListeningPort(target, grpc::InsecureServerCredentials(), &m_port);
  builder.RegisterAsyncGenericService(&m_service);
  const auto max = std::min<std::uint64_t>(m_max_request, std::numeric_limits<int>::max());
  builder.SetMaxReceiveMessageSize(static_cast<int>(max));
  // On by default, and then two servers share a port without a word.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // gRPC 1.51 unpacks a message whole before it looks at any limit: unpacked here, with a bound.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned index = 0; index < std::min(cores, k_max_threads); ++index) {
    m_workers.push_back(std::unique_ptr<Worker>(
        new Worker{builder.AddCompletionQueue(), Ingest(m_store), {}, {}, {}}));
  }
  m_server = builder.BuildAndStart();
  if (m_server == nullptr || m_port == 0) {
    drop_queues();
    return fail(ErrorKind::settings, fmt::format("cannot listen on {}", target),
                "another process may just have taken the port; try again");
  }
  for (const auto& worker : m_workers) {
    for (int count = 0; count < k_calls_per_thread; ++count) {
      wait_for_call(*worker);
    }
    worker->thread = std::thread([this, &worker = *worker] { run(worker); });
  }
  return {};
}

// A queue that was never served must still be emptied before it may be destroyed.
void GrpcReceiver::Impl::drop_queues() {
  for (const auto& worker : m_workers) {
    worker->queue->Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (worker->queue->Next(&tag, &ok)) {
    }
  }
  m_workers.clear();
  m_server.reset();
}

void GrpcReceiver::Impl::stop(std::chrono::milliseconds grace) {
  {
    std::unique_lock lock(m_mutex);
    if (m_stopping || m_server == nullptr) {
      return;
    }
    m_stopping = true;
  }
  m_server->Shutdown(std::chrono::system_clock::now() + grace);
  {
    // A queue must not be shut down while a call may still start an operation on it.
    std::unique_lock lock(m_mutex);
    m_idle.wait(lock, [this] { return m_calls == 0; });
  }
  for (const auto& worker : m_workers) {
    worker->queue->Shutdown();
  }
  for (const auto& worker : m_workers) {
    worker->thread.join();
  }
}

void GrpcReceiver::Impl::run(Worker& worker) {
  auto next_sweep = m_clock.monotonic() + k_sweep_interval;
  for (;;) {
    void* tag = nullptr;
    bool ok = false;
    const auto deadline = std::chrono::system_clock::now() + k_sweep_interval;
    const auto status = worker.queue->AsyncNext(&tag, &ok, deadline);
    if (status == grpc::CompletionQueue::SHUTDOWN) {
      return;
    }
    if (status == grpc::CompletionQueue::GOT_EVENT) {
      on_event(worker, static_cast<Call*>(tag), ok);
    }
    if (m_clock.monotonic() >= next_sweep) {
      sweep(worker);
      next_sweep = m_clock.monotonic() + k_sweep_interval;
    }
  }
}

void GrpcReceiver::Impl::on_event(Worker& worker, Call* call, bool ok) {
  switch (call->state) {
    case Call::State::waiting:
      if (ok) {
        begin(worker, call);
      } else {
        delete call;
        count_off();
      }
      return;
    case Call::State::reading:
      if (ok) {
        answer(worker, call);
      } else {
        call->state = Call::State::finishing;
        call->stream.Finish({grpc::StatusCode::INVALID_ARGUMENT, "the call has no message"}, call);
      }
      return;
    case Call::State::finishing:
      finish(worker, call);
      return;
  }
}

void GrpcReceiver::Impl::wait_for_call(Worker& worker) {
  const std::lock_guard lock(m_mutex);
  if (!m_stopping) {
    auto* const call = new Call;
    m_service.RequestCall(&call->context, &call->stream, worker.queue.get(), worker.queue.get(),
                          call);
    ++m_calls;
  }
}

void GrpcReceiver::Impl::count_off() {
  const std::lock_guard lock(m_mutex);
  if (--m_calls == 0) {
    m_idle.notify_all();
  }
}

void GrpcReceiver::Impl::begin(Worker& worker, Call* call) {
  worker.calls.insert(call);
  call->started = m_clock.monotonic();
  const Target target = target_of(call->context.method());
  if (!target.signal) {
    call->state = Call::State::finishing;
    call->stream.Finish(target.status, call);
    return;
  }
  call->signal = *target.signal;
  call->state = Call::State::reading;
  call->stream.Read(&call->request, call);
}

void GrpcReceiver::Impl::answer(Worker& worker, Call* call) {
  call->state = Call::State::finishing;
  const auto added = take(worker, *call);
  call->request.Clear();
  if (!added) {
    call->stream.Finish({grpc::StatusCode::INVALID_ARGUMENT, added.error().message}, call);
    return;
  }
  const grpc::Slice slice(response_payload(*added));
  call->response = grpc::ByteBuffer(&slice, 1);
  call->stream.WriteAndFinish(call->response, grpc::WriteOptions(), grpc::Status::OK, call);
}

void GrpcReceiver::Impl::finish(Worker& worker, Call* call) {
  worker.calls.erase(call);
  delete call;
  wait_for_call(worker);
  count_off();
}

void GrpcReceiver::Impl::sweep(Worker& worker) {
  const nanoseconds now = m_clock.monotonic();
  for (Call* const call : worker.calls) {
    if (now - call->started > k_request_timeout) {
      call->context.TryCancel();
    }
  }
}

Result<Added> GrpcReceiver::Impl::take(Worker& worker, const Call& call) {
  std::vector<grpc::Slice> slices;
  if (!call.request.Dump(&slices).ok()) {
    return fail(ErrorKind::not_understood, "the message cannot be read");
  }
  std::string_view payload;
  if (slices.size() == 1) {
    payload = {reinterpret_cast<const char*>(slices[0].begin()), slices[0].size()};
  } else {
    worker.joined.clear();
    for (const grpc::Slice& slice : slices) {
      worker.joined.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    payload = worker.joined;
  }
  if (is_gzip(payload)) {
    const auto plain = net::gunzip(payload, m_max_request);
    return plain ? worker.ingest.add(call.signal, *plain) : fail(plain.error());
  }
  return worker.ingest.add(call.signal, payload);
}

GrpcReceiver::GrpcReceiver(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

GrpcReceiver::~GrpcReceiver() {
  m_impl->stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<GrpcReceiver>> GrpcReceiver::start(const net::HostPort& address,
                                                          Store& store, const Clock& clock,
                                                          std::uint64_t max_request) {
  auto impl = std::make_unique<Impl>(store, clock, max_request);
  if (auto started = impl->start(address); !started) {
    return fail(std::move(started).error());
  }
  return std::unique_ptr<GrpcReceiver>(new GrpcReceiver(std::move(impl)));
}

std::uint16_t GrpcReceiver::port() const {
  return m_impl->port();
}

void GrpcReceiver::stop(std::chrono::milliseconds grace) {
  m_impl->stop(grace);
}

}  // namespace otelctl::server
