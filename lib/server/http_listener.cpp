// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/http_listener.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <unordered_map>

#include <fmt/format.h>
#include <httplib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.hpp"
#include "net/gzip.hpp"
#include "server/http_connection.hpp"
#include "server/http_workers.hpp"

namespace otelctl::server {
namespace {

constexpr std::size_t k_max_connections = 256;
// Longer than the minute between two exports of metrics, so that a client's connection lives on.
constexpr auto k_idle_time = std::chrono::seconds(75);
// How soon an idle connection notices that others wait for its thread.
constexpr auto k_idle_tick = std::chrono::milliseconds(100);
constexpr std::size_t k_requests_per_connection = 10'000;
constexpr int k_backlog = 1024;
// Where the header Content-Encoding is kept from httplib.
constexpr const char* k_packed_with = "otelctl-packed-with";

HttpHead head_of(const httplib::Request& request) {
  HttpHead head;
  head.method = request.method;
  head.path = request.path;
  head.parameters = request.params;
  const std::string type = request.get_header_value("Content-Type");
  head.content_type = to_lower(trim(std::string_view(type).substr(0, type.find(';'))));
  head.content_encoding = request.get_header_value(k_packed_with);
  head.header = [&request](const std::string& name) -> std::optional<std::string_view> {
    const auto found = request.headers.find(name);  // whose order ignores case
    return found == request.headers.end() ? std::nullopt
                                          : std::optional<std::string_view>(found->second);
  };
  return head;
}

bool is_http_1_0(const httplib::Request& request) {
  return request.version == "HTTP/1.0";
}

void put(HttpAnswer answer, const httplib::Request& request, httplib::Response& response) {
  response.status = answer.status;
  if (answer.more) {
    const auto provide = [piece = std::move(answer.body), more = std::move(answer.more)](
                             std::size_t, httplib::DataSink& sink) mutable {
      const bool goes_on = more(piece);
      if (!piece.empty() && !sink.write(piece.data(), piece.size())) {
        return false;
      }
      piece.clear();
      if (!goes_on) {
        sink.done();
      }
      return true;
    };
    // HTTP/1.0 knows no chunks (RFC 9112, 6.1): what is sent until the connection closes is all.
    if (is_http_1_0(request)) {
      response.set_content_provider(answer.content_type, provide);
    } else {
      response.set_chunked_content_provider(answer.content_type, provide);
    }
    return;
  }
  response.body = std::move(answer.body);
  response.set_header("Content-Type", answer.content_type);
  if (!answer.allow.empty()) {
    response.set_header("Allow", answer.allow);
  }
  if (answer.retry_after) {
    response.set_header("Retry-After", std::to_string(answer.retry_after->count()));
  }
}

// Nothing when the data is damaged or cut short, or (`is_too_long`) unpacks to more.
std::optional<std::string> unpacked(std::string_view packed, std::uint64_t max_bytes,
                                    bool& is_too_long) {
  std::string plain;
  net::GzipStream stream;
  const auto fed = stream.feed(packed, [&](std::string_view piece) -> Result<void> {
    is_too_long = piece.size() > max_bytes - plain.size();
    if (is_too_long) {
      return fail(ErrorKind::not_understood, "unpacks to too much");
    }
    plain += piece;
    return {};
  });
  return fed && stream.finish() ? std::optional(std::move(plain)) : std::nullopt;
}

void drop_header(httplib::Request& request, const std::string& name) {
  request.headers.erase(name);
}

// httplib takes packed data that is cut short for whole: take_body unpacks it.
void keep_encoding(httplib::Request& request) {
  const std::string encoding = to_lower(trim(request.get_header_value("Content-Encoding")));
  drop_header(request, "Content-Encoding");
  drop_header(request, k_packed_with);
  request.set_header(k_packed_with, encoding);
}

}  // namespace

std::string_view HttpHead::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

class HttpListener::Impl final : public httplib::Server {
 public:
  Impl(HttpHandler& handler, const Clock& clock, std::uint64_t max_body, ListenerTls tls)
      : m_handler(handler),
        m_clock(clock),
        m_max_body(max_body),
        m_tls(std::move(tls)),
        m_wake(eventfd(0, EFD_CLOEXEC)) {
    set_up();
  }
  ~Impl() override {
    stop_all(std::chrono::milliseconds(0));
    ::close(m_wake);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> start_on(const net::HostPort& address);
  void stop_all(std::chrono::milliseconds grace);
  std::uint16_t bound_port() const { return m_port; }

 private:
  void set_up();
  void take_body(const httplib::Request& request, httplib::Response& response,
                 const httplib::ContentReader& read);
  void inspect(httplib::Request& request, HttpConnection& connection, bool& must_close);
  // httplib's own keeps a thread waiting for every byte of a slow client.
  bool process_and_close_socket(int fd) override;
  void serve(HttpConnection& connection);
  // False when the connection is over with it.
  bool answer(HttpConnection& connection, bool is_last, bool& client_closes, bool& must_close);
  bool wait_for_request(HttpConnection& connection);
  HttpConnection& connection_of_this_thread();

  HttpHandler& m_handler;
  const Clock& m_clock;
  std::uint64_t m_max_body;
  ListenerTls m_tls;
  int m_wake;
  std::uint16_t m_port = 0;
  std::thread m_thread;
  std::atomic<std::size_t> m_queued{0};
  std::atomic<bool> m_stopping{false};
  std::mutex m_mutex;
  std::condition_variable m_closed;
  // By the thread that serves it: httplib does not tell its handlers which connection they serve.
  std::unordered_map<std::thread::id, HttpConnection*> m_open;
};

void HttpListener::Impl::set_up() {
  // The default sets SO_REUSEPORT, and then two servers share a port without a word.
  set_socket_options([](int fd) {
    const int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
  set_tcp_nodelay(true);
  set_keep_alive_timeout(k_idle_time.count());
  set_keep_alive_max_count(k_requests_per_connection);
  set_payload_max_length(m_max_body);
  new_task_queue = [this] { return new HttpWorkers(k_max_connections, m_queued); };
  set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    auto answer = m_handler.answer(head_of(request));
    if (!answer) {
      return HandlerResponse::Unhandled;
    }
    put(std::move(*answer), request, response);
    return HandlerResponse::Handled;
  });
  Post(".*", [this](const httplib::Request& request, httplib::Response& response,
                    const httplib::ContentReader& read) { take_body(request, response, read); });
}

Result<void> HttpListener::Impl::start_on(const net::HostPort& address) {
  if (address.port == 0) {
    const int port = bind_to_any_port(address.host);
    m_port = static_cast<std::uint16_t>(std::max(port, 0));
  } else if (bind_to_port(address.host, address.port)) {
    m_port = address.port;
  }
  // httplib listens with a backlog of 5: of more clients at a time some would wait a second.
  if (m_port == 0 || ::listen(svr_sock_, k_backlog) != 0) {
    return fail(ErrorKind::settings,
                fmt::format("cannot listen on {}", net::join_host_port(address.host, address.port)),
                "another process may just have taken the port; try again");
  }
  m_thread = std::thread([this] { listen_after_bind(); });
  while (!is_running()) {
    std::this_thread::yield();
  }
  return {};
}

void HttpListener::Impl::stop_all(std::chrono::milliseconds grace) {
  if (!m_thread.joinable()) {
    return;
  }
  m_stopping = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof(one));
  stop();
  {
    std::unique_lock lock(m_mutex);
    m_closed.wait_for(lock, grace, [this] { return m_open.empty(); });
    for (const auto& [thread, connection] : m_open) {
      ::shutdown(connection->socket(), SHUT_RDWR);
    }
  }
  m_thread.join();
}

bool HttpListener::Impl::process_and_close_socket(int fd) {
  HttpConnection connection(fd, m_wake, m_clock, m_tls);
  {
    const std::lock_guard lock(m_mutex);
    m_open.emplace(std::this_thread::get_id(), &connection);
  }
  serve(connection);
  connection.say_goodbye();
  {
    const std::lock_guard lock(m_mutex);
    m_open.erase(std::this_thread::get_id());
  }
  m_closed.notify_all();
  ::shutdown(fd, SHUT_RDWR);
  ::close(fd);
  return true;
}

void HttpListener::Impl::serve(HttpConnection& connection) {
  for (std::size_t count = 1; wait_for_request(connection); ++count) {
    bool must_close = true;  // unless the head can be read
    bool client_closes = false;
    connection.begin_request();
    const bool is_answered =
        answer(connection, count == k_requests_per_connection, client_closes, must_close);
    if (!is_answered || connection.is_broken_off()) {
      return;
    }
    if (must_close || client_closes || m_stopping || !connection.is_body_read() ||
        count == k_requests_per_connection) {
      connection.linger();
      return;
    }
  }
}

bool HttpListener::Impl::answer(HttpConnection& connection, bool is_last, bool& client_closes,
                                bool& must_close) {
  try {
    return process_request(connection, is_last, client_closes, [&](httplib::Request& request) {
      inspect(request, connection, must_close);
    });
  } catch (const std::exception&) {
    // No memory for the rest of an answer that is being sent: its client sees it end early.
    return false;
  }
}

bool HttpListener::Impl::wait_for_request(HttpConnection& connection) {
  const nanoseconds end = m_clock.monotonic() + k_idle_time;
  while (!m_stopping && m_clock.monotonic() < end) {
    switch (connection.wait_for_request(k_idle_tick)) {
      case HttpConnection::Waited::request:
        return true;
      case HttpConnection::Waited::over:
        return false;
      case HttpConnection::Waited::begun:
        continue;
      case HttpConnection::Waited::nothing:
        break;
    }
    if (m_queued > 0) {
      return false;
    }
  }
  return false;
}

// Called with the head read. The connection can go on after the answer when there is no body or one
// that will be read whole and of a length known beforehand.
void HttpListener::Impl::inspect(httplib::Request& request, HttpConnection& connection,
                                 bool& must_close) {
  keep_encoding(request);
  if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
    // There is no body (RFC 9112, 6.3); httplib would wait for one until the client goes.
    request.set_header("Content-Length", "0");
  }
  const auto length = request.get_header_value<std::uint64_t>("Content-Length");
  must_close = request.has_header("Transfer-Encoding") || request.method == "PRI" ||
               is_http_1_0(request) || (length > 0 && m_handler.answer(head_of(request)));
  if (must_close) {
    drop_header(request, "Connection");
    request.set_header("Connection", "close");
  }
  // httplib would pack answers, with brotli where it may; Jaeger and the Collector answer plain.
  drop_header(request, "Accept-Encoding");
  // Chunks have heads of their own.
  connection.begin_body(length, m_max_body + m_max_body / 8 + 4096);
}

void HttpListener::Impl::take_body(const httplib::Request& request, httplib::Response& response,
                                   const httplib::ContentReader& read) {
  const HttpHead head = head_of(request);
  std::string body;
  bool is_too_long = false;
  bool is_read = read([&](const char* data, std::size_t size) {
    is_too_long = size > m_max_body - body.size();
    if (!is_too_long) {
      body.append(data, size);
    }
    return !is_too_long;
  });
  // httplib answers a declared length above the limit with 413 by itself.
  is_too_long = is_too_long || response.status == 413;
  if (is_read && head.content_encoding == "gzip") {
    auto plain = unpacked(body, m_max_body, is_too_long);
    is_read = plain.has_value();
    body = std::move(plain).value_or("");
  } else if (!is_read) {
    response.set_header("Connection", "close");
  }
  if (!is_read) {
    put(m_handler.unreadable(head, is_too_long), request, response);
    return;
  }
  HttpConnection& connection = connection_of_this_thread();
  HttpAnswer answer =
      m_handler.take(head, body, [&](nanoseconds time) { return connection.hold(time); });
  if (answer.instead != HttpAnswer::Instead::nothing) {
    connection.break_off(answer.instead == HttpAnswer::Instead::reset
                             ? HttpConnection::Ending::reset
                             : HttpConnection::Ending::close);
  }
  put(std::move(answer), request, response);
}

HttpConnection& HttpListener::Impl::connection_of_this_thread() {
  const std::lock_guard lock(m_mutex);
  return *m_open.at(std::this_thread::get_id());
}

HttpListener::HttpListener(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

HttpListener::~HttpListener() = default;

Result<std::unique_ptr<HttpListener>> HttpListener::start(const net::HostPort& address,
                                                          HttpHandler& handler, const Clock& clock,
                                                          std::uint64_t max_body, ListenerTls tls) {
  auto impl = std::make_unique<Impl>(handler, clock, max_body, std::move(tls));
  if (auto started = impl->start_on(address); !started) {
    return fail(std::move(started).error());
  }
  return std::unique_ptr<HttpListener>(new HttpListener(std::move(impl)));
}

std::uint16_t HttpListener::port() const {
  return m_impl->bound_port();
}

void HttpListener::stop(std::chrono::milliseconds grace) {
  m_impl->stop_all(grace);
}

}  // namespace otelctl::server
