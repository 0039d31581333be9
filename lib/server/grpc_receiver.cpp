// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/grpc_receiver.hpp"

#include <algorithm>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <grpc/support/log.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include "server/connection_breaker.hpp"
#include "server/grpc_call.hpp"
#include "server/grpc_credentials.hpp"
#include "server/grpc_method.hpp"
#include "server/grpc_worker.hpp"
#include "server/ingest.hpp"
#include "server/listen_address.hpp"
#include "server/tcp_acceptor.hpp"

namespace otelctl::server {
namespace {

// One thread does a core's worth; more than four only wait for the store.
constexpr unsigned k_max_threads = 4;
// Calls that one thread has under way at most; with requests of 64 MiB that bounds the memory too.
constexpr int k_calls_per_thread = 64;
constexpr auto k_sweep_interval = std::chrono::seconds(5);
// How often a connection that is to be closed is looked at.
constexpr nanoseconds k_break_tick = std::chrono::milliseconds(5);

}  // namespace

class GrpcReceiver::Impl {
 public:
  Impl(Intake& intake, const Clock& clock, std::uint64_t max_request)
      : m_intake(intake), m_clock(clock), m_max_request(max_request) {}

  Result<void> start(const net::HostPort& address, const Tls& tls);
  void stop(std::chrono::milliseconds grace);
  std::uint16_t port() const { return m_acceptor->port(); }

 private:
  // Only faults make it matter when a client goes; it costs an event more for each call.
  bool awaits_end() const {
    return m_intake.faults.holds_back() || m_intake.faults.breaks_connections();
  }

  using Worker = GrpcWorker;

  void hand_on(int listener, int connection);
  void drop_queues();
  void run(Worker& worker);
  void on_step(Worker& worker, Call* call, bool ok);
  void on_end(Worker& worker, Call* call);
  void wait_for_call(Worker& worker);
  void count_off();
  void begin(Worker& worker, Call* call);
  void receive(Worker& worker, Call* call);
  void hold(Worker& worker, Call* call);
  void release(Worker& worker, Call* call);
  void decide(Worker& worker, Call* call);
  bool is_to_be_taken(Worker& worker, Call* call, ConnectionBreaker::State state);
  void break_off(Worker& worker, Call* call);
  void answer(Worker& worker, Call* call) const;
  void finish(Worker& worker, Call* call);
  void forget(Worker& worker, Call* call);
  void sweep(Worker& worker);

  Intake& m_intake;
  const Clock& m_clock;
  std::uint64_t m_max_request;
  std::optional<ConnectionBreaker> m_breaker;  // only when connections are to be broken off
  grpc::AsyncGenericService m_service;
  std::unique_ptr<grpc::Server> m_server;
  std::vector<std::unique_ptr<Worker>> m_workers;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> m_connections;
  std::optional<TcpAcceptor> m_acceptor;
  std::mutex m_mutex;
  std::condition_variable m_idle;
  bool m_stopping = false;
  std::size_t m_calls = 0;  // also those that are waited for: their events may yet come
};

Result<void> GrpcReceiver::Impl::start(const net::HostPort& address, const Tls& tls) {
  // gRPC writes to stderr what clients do wrong ("Compression algorithm 'deflate' is disabled.").
  gpr_set_log_function([](gpr_log_func_args*) {});
  auto listeners = open_listeners(address);
  if (!listeners) {
    return fail(std::move(listeners).error());
  }
  m_acceptor.emplace(*std::move(listeners),
                     [this](int listener, int connection) { hand_on(listener, connection); });
  using Builder = grpc::ServerBuilder;
  Builder builder;
  m_connections = builder.experimental().AddExternalConnectionAcceptor(
      Builder::experimental_type::ExternalConnectionType::FROM_FD, grpc_credentials(tls));
  builder.RegisterAsyncGenericService(&m_service);
  const auto max = std::min<std::uint64_t>(m_max_request, std::numeric_limits<int>::max());
  builder.SetMaxReceiveMessageSize(static_cast<int>(max));
  // gRPC 1.51 unpacks a message whole before it looks at any limit: unpacked here, with a bound.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned index = 0; index < std::min(cores, k_max_threads); ++index) {
    m_workers.push_back(std::make_unique<Worker>(builder.AddCompletionQueue(),
                                                 Ingest(m_intake.store, m_intake.recorder.get())));
  }
  m_server = builder.BuildAndStart();
  if (m_server == nullptr) {
    drop_queues();
    return fail(ErrorKind::internal, "gRPC cannot be started");
  }
  if (m_intake.faults.breaks_connections()) {
    m_breaker.emplace(port(), m_clock);
  }
  for (const auto& worker : m_workers) {
    for (int count = 0; count < k_calls_per_thread; ++count) {
      wait_for_call(*worker);
    }
    worker->thread = std::thread([this, &worker = *worker] { run(worker); });
  }
  m_acceptor->start();
  return {};
}

void GrpcReceiver::Impl::hand_on(int listener, int connection) {
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters parameters;
  parameters.listener_fd = listener;
  parameters.fd = connection;
  m_connections->HandleNewConnection(&parameters);
}

void GrpcReceiver::Impl::drop_queues() {
  for (const auto& worker : m_workers) {
    worker->drop_queue();
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
  m_acceptor->stop();
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
      const auto* const event = static_cast<Event*>(tag);
      event->is_end ? on_end(worker, event->call) : on_step(worker, event->call, ok);
    }
    if (m_clock.monotonic() >= next_sweep) {
      sweep(worker);
      next_sweep = m_clock.monotonic() + k_sweep_interval;
    }
  }
}

void GrpcReceiver::Impl::on_step(Worker& worker, Call* call, bool ok) {
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
        receive(worker, call);
      } else {
        call->finish({grpc::StatusCode::INVALID_ARGUMENT, "the call has no message"});
      }
      return;
    case Call::State::held:
      call->alarm.reset();
      release(worker, call);
      return;
    case Call::State::breaking:
      call->alarm.reset();
      break_off(worker, call);
      return;
    case Call::State::finishing:
      finish(worker, call);
      return;
  }
}

// The client has its answer, or does not wait for one any more.
void GrpcReceiver::Impl::on_end(Worker& worker, Call* call) {
  call->awaits_end = false;
  if (call->is_finished) {
    forget(worker, call);
  } else if (call->alarm) {
    call->alarm->Cancel();
  } else if (call->state == Call::State::breaking) {
    call->finish(broken_off());
  }
}

void GrpcReceiver::Impl::wait_for_call(Worker& worker) {
  const std::lock_guard lock(m_mutex);
  if (!m_stopping) {
    auto* const call = new Call;
    if (awaits_end()) {
      call->context.AsyncNotifyWhenDone(&call->end);
    }
    m_service.RequestCall(&call->context, &call->stream, worker.queue.get(), worker.queue.get(),
                          &call->step);
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
  call->awaits_end = awaits_end();
  call->started = m_clock.monotonic();
  const GrpcMethod method = method_of(call->context.method());
  if (!method.signal) {
    call->finish(method.status);
    return;
  }
  if (const auto refused = m_intake.required_headers.refusal_of(headers_of(call->context))) {
    call->finish({grpc::StatusCode::UNAUTHENTICATED, *refused});
    return;
  }
  call->signal = *method.signal;
  call->state = Call::State::reading;
  call->stream.Read(&call->request, &call->step);
}

void GrpcReceiver::Impl::receive(Worker& worker, Call* call) {
  if (m_breaker) {
    call->peer = call->context.peer();
    if (!is_to_be_taken(worker, call, m_breaker->state(call->peer))) {
      return;
    }
  }
  call->fault = m_intake.faults.next();
  if (call->fault.delay.count() > 0) {
    hold(worker, call);
  } else {
    decide(worker, call);
  }
}

// False for a call that ends with its connection.
bool GrpcReceiver::Impl::is_to_be_taken(Worker& worker, Call* call,
                                        ConnectionBreaker::State state) {
  if (state == ConnectionBreaker::State::gone) {
    call->finish(broken_off());
  } else if (state == ConnectionBreaker::State::breaking) {
    break_off(worker, call);
  }
  return state == ConnectionBreaker::State::open;
}

// The call waits until its connection can be closed, then for the end that this gives it.
void GrpcReceiver::Impl::break_off(Worker& worker, Call* call) {
  call->state = Call::State::breaking;
  if (!call->awaits_end) {
    call->finish(broken_off());
  } else if (!m_breaker->advance(call->peer)) {
    call->wake_after(k_break_tick, *worker.queue);
  }
}

// The call waits without a thread, and others take its place as long as there is room for them.
void GrpcReceiver::Impl::hold(Worker& worker, Call* call) {
  call->state = Call::State::held;
  call->is_replaced = worker.hold(*call);
  call->wake_after(call->fault.delay, *worker.queue);
  if (!call->awaits_end) {
    call->alarm->Cancel();
  }
  if (call->is_replaced) {
    wait_for_call(worker);
  }
}

void GrpcReceiver::Impl::release(Worker& worker, Call* call) {
  worker.let_go(*call);
  call->started = m_clock.monotonic();
  // The server keeps the client's deadline too, but its word may still be in the queue.
  const bool is_abandoned = !call->awaits_end || call->context.deadline() <= m_clock.now();
  if (is_abandoned) {
    m_intake.faults.note_abandoned();
    call->finish({grpc::StatusCode::CANCELLED, "the client did not wait"});
    return;
  }
  decide(worker, call);
}

void GrpcReceiver::Impl::decide(Worker& worker, Call* call) {
  const Fault& fault = call->fault;
  if (fault.kind == Fault::Kind::too_many) {
    call->finish(too_many_requests(fault.retry_after));
  } else if (fault.kind == Fault::Kind::unavailable) {
    call->finish({grpc::StatusCode::UNAVAILABLE, std::string(k_fault_unavailable)});
  } else if (fault.kind == Fault::Kind::reset || fault.kind == Fault::Kind::drop) {
    m_breaker->begin(call->peer);
    break_off(worker, call);
  } else if (!m_breaker || is_to_be_taken(worker, call, m_breaker->enter(call->peer))) {
    call->is_taken = m_breaker.has_value();
    answer(worker, call);
  }
}

void GrpcReceiver::Impl::answer(Worker& worker, Call* call) const {
  const auto added = worker.take(*call, m_max_request);
  call->request.Clear();
  worker.memory.slices.clear();
  if (!added) {
    call->finish({grpc::StatusCode::INVALID_ARGUMENT, added.error().message});
    return;
  }
  call->state = Call::State::finishing;
  const grpc::Slice slice(response_payload(*added));
  call->response = grpc::ByteBuffer(&slice, 1);
  call->stream.WriteAndFinish(call->response, grpc::WriteOptions(), grpc::Status::OK, &call->step);
}

void GrpcReceiver::Impl::finish(Worker& worker, Call* call) {
  if (call->is_taken) {
    m_breaker->leave(call->peer);
  }
  call->is_finished = true;
  if (!call->awaits_end) {
    forget(worker, call);
  }
}

void GrpcReceiver::Impl::forget(Worker& worker, Call* call) {
  worker.calls.erase(call);
  const bool is_replaced = call->is_replaced;
  delete call;
  if (!is_replaced) {
    wait_for_call(worker);
  }
  count_off();
}

void GrpcReceiver::Impl::sweep(Worker& worker) {
  worker.cancel_stalled(m_clock.monotonic());
  if (m_breaker) {
    m_breaker->sweep();
  }
}

GrpcReceiver::GrpcReceiver(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

GrpcReceiver::~GrpcReceiver() {
  m_impl->stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<GrpcReceiver>> GrpcReceiver::start(const net::HostPort& address,
                                                          Intake& intake, const Clock& clock,
                                                          std::uint64_t max_request,
                                                          const Tls& tls) {
  auto impl = std::make_unique<Impl>(intake, clock, max_request);
  if (auto started = impl->start(address, tls); !started) {
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
