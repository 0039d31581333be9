// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Takes OTLP and drops it: what a sender is measured against. One thread for gRPC, one for HTTP.
//
//   sink [--count-spans] [--keep FILE]
//
// Its first two lines are "grpc HOST:PORT" and "http HOST:PORT". When its stdin ends it prints
// "requests N bytes N spans N" and ends. Spans are counted only with the flag, in requests that are
// protobuf and not packed, as that costs. --keep writes the first request that came by gRPC there.
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "otlp/wire_reader.hpp"

namespace {

using otelctl::otlp::WireField;
using otelctl::otlp::WireReader;
using otelctl::otlp::WireType;

// ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.spans.
constexpr std::array<std::uint32_t, 3> k_path{1, 2, 2};

std::uint64_t count_spans(std::string_view request) {
  std::uint64_t spans = 0;
  std::array<WireReader, k_path.size()> readers{WireReader(request)};
  for (std::size_t level = 0;;) {
    WireField field;
    if (!readers[level].next(field)) {
      if (level == 0) {
        return spans;
      }
      --level;
    } else if (field.number != k_path[level] || field.type != WireType::length) {
      continue;
    } else if (level + 1 == k_path.size()) {
      ++spans;
    } else {
      readers[++level] = WireReader(field.content);
    }
  }
}

class Counts {
 public:
  Counts(bool counts_spans, std::string kept)
      : m_counts_spans(counts_spans), m_kept(std::move(kept)) {}

  bool counts_spans() const { return m_counts_spans; }
  // Only ever called by the one thread for gRPC.
  bool wants_to_keep() const { return !m_kept.empty(); }
  void keep(std::string_view request) {
    std::ofstream(m_kept, std::ios::binary) << request;
    m_kept.clear();
  }
  void add(std::uint64_t bytes) {
    m_requests.fetch_add(1, std::memory_order_relaxed);
    m_bytes.fetch_add(bytes, std::memory_order_relaxed);
  }
  void add_spans_of(std::string_view request) {
    m_spans.fetch_add(count_spans(request), std::memory_order_relaxed);
  }
  void print() const {
    fmt::print("requests {} bytes {} spans {}\n", m_requests.load(), m_bytes.load(),
               m_spans.load());
  }

 private:
  const bool m_counts_spans;
  std::string m_kept;  // the file for the first request, until it came
  std::atomic<std::uint64_t> m_requests = 0;
  std::atomic<std::uint64_t> m_bytes = 0;
  std::atomic<std::uint64_t> m_spans = 0;
};

// One call of any method, answered with the empty message.
struct Call {
  enum class State { waiting, reading, finishing };

  grpc::GenericServerContext context;
  grpc::GenericServerAsyncReaderWriter stream{&context};
  grpc::ByteBuffer request;
  State state = State::waiting;
};

class GrpcSink {
 public:
  explicit GrpcSink(Counts& counts) : m_counts(counts) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &m_port);
    builder.RegisterAsyncGenericService(&m_service);
    builder.SetMaxReceiveMessageSize(-1);
    // Fewer and larger reads: found by trial for requests of 60 kB and more.
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_FRAME_SIZE, 16777215);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 8 << 20);
    builder.AddChannelArgument("grpc.experimental.tcp_read_chunk_size", 1 << 20);
    builder.AddChannelArgument("grpc.experimental.tcp_min_read_chunk_size", 1 << 20);
    builder.AddChannelArgument("grpc.experimental.tcp_max_read_chunk_size", 4 << 20);
    m_queue = builder.AddCompletionQueue();
    m_server = builder.BuildAndStart();
    constexpr int k_waiting = 64;
    for (int i = 0; i < k_waiting; ++i) {
      wait_for_call();
    }
    m_thread = std::thread([this] { run(); });
  }

  ~GrpcSink() {
    m_server->Shutdown(std::chrono::system_clock::now());
    m_queue->Shutdown();
    m_thread.join();
  }
  GrpcSink(const GrpcSink&) = delete;
  GrpcSink& operator=(const GrpcSink&) = delete;

  int port() const { return m_port; }

 private:
  void wait_for_call() {
    auto* const call = new Call;
    m_service.RequestCall(&call->context, &call->stream, m_queue.get(), m_queue.get(), call);
  }

  void run() {
    void* tag = nullptr;
    bool ok = false;
    while (m_queue->Next(&tag, &ok)) {
      std::unique_ptr<Call> call(static_cast<Call*>(tag));
      if (ok && call->state != Call::State::finishing) {
        go_on(*call.release());
      }
    }
  }

  void go_on(Call& call) {
    if (call.state == Call::State::waiting) {
      wait_for_call();
      call.state = Call::State::reading;
      call.stream.Read(&call.request, &call);
      return;
    }
    m_counts.add(call.request.Length());
    if (m_counts.counts_spans() || m_counts.wants_to_keep()) {
      look_into(call.request);
    }
    call.state = Call::State::finishing;
    call.request.Clear();
    call.stream.WriteAndFinish(m_empty, {}, grpc::Status::OK, &call);
  }

  void look_into(const grpc::ByteBuffer& request) {
    grpc::Slice slice;
    if (!request.DumpToSingleSlice(&slice).ok()) {
      return;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(slice.begin()), slice.size());
    if (m_counts.wants_to_keep()) {
      m_counts.keep(bytes);
    }
    if (m_counts.counts_spans()) {
      m_counts.add_spans_of(bytes);
    }
  }

  Counts& m_counts;
  int m_port = 0;
  grpc::Slice m_nothing;
  grpc::ByteBuffer m_empty{&m_nothing, 1};
  grpc::AsyncGenericService m_service;
  std::unique_ptr<grpc::ServerCompletionQueue> m_queue;
  std::unique_ptr<grpc::Server> m_server;
  std::thread m_thread;
};

// A connection kept alive: request after request, each with its Content-Length.
class Connection {
 public:
  // Whether it goes on.
  bool take(std::string_view bytes, Counts& counts, int descriptor) {
    while (!bytes.empty()) {
      if (m_left == 0 && !take_head(bytes)) {
        return m_head.size() < k_max_head;
      }
      const auto part = bytes.substr(0, m_left);
      bytes.remove_prefix(part.size());
      m_left -= part.size();
      if (counts.counts_spans() && !m_is_json) {
        m_body.append(part);
      }
      if (m_left == 0 && !answer(counts, descriptor)) {
        return false;
      }
    }
    return true;
  }

 private:
  static constexpr std::size_t k_max_head = 65536;

  // Whether the head is whole; then the bytes begin with the body.
  bool take_head(std::string_view& bytes) {
    const std::size_t before = m_head.size();
    m_head.append(bytes);
    const auto end = m_head.find("\r\n\r\n", before < 3 ? 0 : before - 3);
    if (end == std::string::npos) {
      bytes = {};
      return false;
    }
    bytes.remove_prefix(end + 4 - before);
    m_head.resize(end);
    constexpr std::string_view k_length = "\r\nContent-Length: ";
    const auto at = m_head.find(k_length);
    m_length = 0;
    if (at != std::string::npos) {
      std::from_chars(m_head.data() + at + k_length.size(), m_head.data() + m_head.size(),
                      m_length);
    }
    m_left = m_length;
    m_is_json = m_head.find("application/json") != std::string::npos;
    m_head.clear();
    return true;
  }

  bool answer(Counts& counts, int descriptor) {
    counts.add(m_length);
    if (counts.counts_spans()) {
      counts.add_spans_of(m_body);
      m_body.clear();
    }
    constexpr std::string_view k_protobuf =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n";
    constexpr std::string_view k_json =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    const auto text = m_is_json ? k_json : k_protobuf;
    return send(descriptor, text.data(), text.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(text.size());
  }

  std::string m_head;
  std::string m_body;
  std::size_t m_length = 0;
  std::size_t m_left = 0;
  bool m_is_json = false;
};

class HttpSink {
 public:
  explicit HttpSink(Counts& counts)
      : m_counts(counts),
        m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
        m_epoll(epoll_create1(EPOLL_CLOEXEC)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    if (bind(m_listener, raw, size) != 0 || listen(m_listener, SOMAXCONN) != 0 ||
        getsockname(m_listener, raw, &size) != 0) {
      fmt::print(stderr, "sink: cannot listen: {}\n", std::strerror(errno));
      std::exit(1);
    }
    m_port = ntohs(address.sin_port);
    watch(m_listener);
    std::thread([this] { run(); }).detach();  // until the process ends
  }

  int port() const { return m_port; }

 private:
  void watch(int descriptor) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 64> events;
    for (;;) {
      const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const int descriptor = events.at(static_cast<std::size_t>(i)).data.fd;
        descriptor == m_listener ? accept_one() : read_from(descriptor);
      }
    }
  }

  void accept_one() {
    const int descriptor = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor >= 0) {
      const int on = 1;
      setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch(descriptor);
    }
  }

  void read_from(int descriptor) {
    const auto got = recv(descriptor, m_chunk.data(), m_chunk.size(), 0);
    if (got <= 0 || !m_connections[descriptor].take({m_chunk.data(), static_cast<std::size_t>(got)},
                                                    m_counts, descriptor)) {
      m_connections.erase(descriptor);
      close(descriptor);
    }
  }

  Counts& m_counts;
  int m_listener;
  int m_epoll;
  int m_port = 0;
  std::vector<char> m_chunk = std::vector<char>(std::size_t{1} << 20U);
  std::unordered_map<int, Connection> m_connections;
};

}  // namespace

int main(int argc, char** argv) {
  bool counts_spans = false;
  std::string kept;
  for (int index = 1; index < argc; ++index) {
    const std::string_view argument = argv[index];
    if (argument == "--count-spans") {
      counts_spans = true;
    } else if (argument == "--keep" && index + 1 < argc) {
      kept = argv[++index];
    } else {
      fmt::print(stderr, "usage: sink [--count-spans] [--keep FILE]\n");
      return 2;
    }
  }
  Counts counts(counts_spans, std::move(kept));
  const GrpcSink grpc(counts);
  const HttpSink http(counts);
  fmt::print("grpc 127.0.0.1:{}\nhttp 127.0.0.1:{}\n", grpc.port(), http.port());
  std::fflush(stdout);
  char byte = 0;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
  counts.print();
  std::fflush(stdout);
  _exit(0);  // with whatever is still under way
}
