// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/http_connection.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <poll.h>
#include <sys/socket.h>

#include "server/tcp_break.hpp"

namespace otelctl::server {
namespace {

constexpr std::string_view k_range = "range";
constexpr std::uint64_t k_max_head = std::uint64_t{64} * 1024;
// From a request's first byte to its last. Slower clients lose their place to others.
constexpr auto k_read_time = std::chrono::seconds(60);
constexpr auto k_write_time = std::chrono::seconds(120);
constexpr auto k_linger_time = std::chrono::milliseconds(500);
constexpr std::size_t k_linger_bytes = std::size_t{4} * 1024 * 1024;
// RFC 8446, 5.1: the type of a client's first record.
constexpr char k_tls_handshake = 22;
// What Go's servers, and so the Collector, say to one who forgot the "s" of https.
constexpr std::string_view k_plaintext_answer =
    "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
// A few records; the answers of the query API have megabytes.
constexpr std::size_t k_encrypted_at_once = std::size_t{64} * 1024;

int milliseconds_until(nanoseconds deadline, nanoseconds now) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

}  // namespace

HttpConnection::Waited HttpConnection::wait_for_request(std::chrono::milliseconds time) {
  if (m_at < m_filled) {
    return Waited::request;
  }
  // A further request may have come in the same piece as the end of the one before.
  if (const Waited waited = m_session ? decrypt() : Waited::begun; waited != Waited::begun) {
    return waited;
  }
  std::array<pollfd, 2> fds{{{m_fd, POLLIN, 0}, {m_wake, POLLIN, 0}}};
  const int ready = poll(fds.data(), fds.size(), static_cast<int>(time.count()));
  if (fds[1].revents != 0 || (ready < 0 && errno != EINTR)) {
    return Waited::over;
  }
  if (fds[0].revents == 0) {
    return Waited::nothing;
  }
  m_read_deadline = m_clock.monotonic() + k_read_time;
  if (!m_is_open && !open()) {
    return Waited::over;
  }
  if (m_session) {
    return receive_encrypted() ? decrypt() : Waited::over;
  }
  return fill() ? Waited::request : Waited::over;
}

bool HttpConnection::open() {
  m_is_open = true;
  if (m_tls.context == nullptr) {
    return true;
  }
  char first = 0;
  if (recv(m_fd, &first, 1, MSG_PEEK) != 1) {
    return false;
  }
  if (first == k_tls_handshake) {
    m_session.emplace(*m_tls.context);
    return true;
  }
  if (!m_tls.takes_plaintext && first >= 'A' && first <= 'Z') {
    transmit(k_plaintext_answer.data(), k_plaintext_answer.size(), m_read_deadline);
    linger();
  }
  return m_tls.takes_plaintext;
}

void HttpConnection::begin_request() {
  m_read_deadline = m_clock.monotonic() + k_read_time;
  m_write_deadline = m_read_deadline + k_write_time;
  m_taken = 0;
  m_allowed = k_max_head;
  m_is_in_head = true;
  m_range_at = k_range.size();
}

void HttpConnection::begin_body(std::uint64_t length, std::uint64_t max_bytes) {
  m_is_in_head = false;
  m_taken = 0;
  m_length = length;
  m_allowed = max_bytes;
}

ssize_t HttpConnection::read(char* target, std::size_t size) {
  if (m_taken >= m_allowed || (m_at == m_filled && !fill())) {
    return -1;
  }
  const std::size_t count =
      std::min({size, m_filled - m_at, static_cast<std::size_t>(m_allowed - m_taken)});
  std::memcpy(target, m_buffer.data() + m_at, count);
  if (m_is_in_head) {
    hide_range(target, count);
  }
  m_at += count;
  m_taken += count;
  return static_cast<ssize_t>(count);
}

// cpp-httplib reads ranges with a regular expression, whose recursion a long one drives beyond a
// stack of 1 MiB, and answers each range as often as it is asked for: a head of some kilobytes
// makes gigabytes of a trace. Who does not know ranges sends all (RFC 9110, 14.2).
void HttpConnection::hide_range(char* text, std::size_t size) {
  for (char* at = text; at < text + size; ++at) {
    if (*at == '\n') {
      m_range_at = 0;
    } else if (m_range_at < k_range.size() && (*at | 0x20) == k_range[m_range_at]) {
      ++m_range_at;
      *at = m_range_at == k_range.size() ? '_' : *at;
    } else {
      m_range_at = k_range.size();
    }
  }
}

bool HttpConnection::fill() {
  m_at = m_filled = 0;
  if (m_session) {
    return fill_decrypted();
  }
  m_filled = receive(m_buffer.data(), m_buffer.size());
  return m_filled > 0;
}

std::size_t HttpConnection::receive(char* target, std::size_t size) const {
  while (wait(POLLIN, m_read_deadline)) {
    const ssize_t count = recv(m_fd, target, size, MSG_DONTWAIT);
    if (count > 0) {
      return static_cast<std::size_t>(count);
    }
    if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
      return 0;
    }
  }
  return 0;
}

bool HttpConnection::fill_decrypted() {
  for (;;) {
    const Waited waited = decrypt();
    if (waited == Waited::request || waited == Waited::over || !receive_encrypted()) {
      return waited == Waited::request;
    }
  }
}

// What stands in the session already; whatever it has to say to the client meanwhile is sent.
HttpConnection::Waited HttpConnection::decrypt() {
  m_at = m_filled = 0;
  const auto read = m_session->read(m_buffer.data(), m_buffer.size(), m_filled);
  const bool is_sent = flush(m_read_deadline);
  if (read == net::TlsServerSession::Read::some) {
    return Waited::request;
  }
  m_filled = 0;
  const bool goes_on = read == net::TlsServerSession::Read::needs_more && is_sent;
  return goes_on ? Waited::begun : Waited::over;
}

bool HttpConnection::receive_encrypted() {
  std::array<char, std::size_t{16} * 1024> part;
  const std::size_t count = receive(part.data(), part.size());
  m_session->feed({part.data(), count});
  return count > 0;
}

bool HttpConnection::flush(nanoseconds deadline) {
  m_session->drain(m_encrypted);
  std::size_t sent = 0;
  while (sent < m_encrypted.size()) {
    const ssize_t count = transmit(m_encrypted.data() + sent, m_encrypted.size() - sent, deadline);
    if (count < 0) {
      return false;
    }
    sent += static_cast<std::size_t>(count);
  }
  m_encrypted.clear();
  return true;
}

ssize_t HttpConnection::write(const char* source, std::size_t size) {
  if (m_is_broken_off || !m_session) {
    return m_is_broken_off ? -1 : transmit(source, size, m_write_deadline);
  }
  const std::size_t count = std::min(size, k_encrypted_at_once);
  const bool is_sent = m_session->write({source, count}) && flush(m_write_deadline);
  return is_sent ? static_cast<ssize_t>(count) : -1;
}

ssize_t HttpConnection::transmit(const char* source, std::size_t size, nanoseconds deadline) const {
  while (wait(POLLOUT, deadline)) {
    const ssize_t count = send(m_fd, source, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      return count;
    }
    if (errno != EINTR && errno != EAGAIN) {
      return -1;
    }
  }
  return -1;
}

bool HttpConnection::wait(short events, nanoseconds deadline) const {
  for (nanoseconds now = m_clock.monotonic(); now < deadline; now = m_clock.monotonic()) {
    pollfd fd{m_fd, events, 0};
    const int ready = poll(&fd, 1, milliseconds_until(deadline, now));
    if (ready > 0) {
      return true;
    }
    if (ready < 0 && errno != EINTR) {
      return false;
    }
  }
  return false;
}

bool HttpConnection::hold(nanoseconds time) {
  const nanoseconds end = m_clock.monotonic() + time;
  m_write_deadline = std::max(m_write_deadline, end + k_write_time);
  for (nanoseconds now = m_clock.monotonic(); now < end; now = m_clock.monotonic()) {
    std::array<pollfd, 2> fds{{{m_fd, POLLRDHUP, 0}, {m_wake, POLLIN, 0}}};
    const int ready = poll(fds.data(), fds.size(), milliseconds_until(end, now));
    if (ready > 0 || (ready < 0 && errno != EINTR)) {
      return false;
    }
  }
  return true;
}

void HttpConnection::break_off(Ending ending) {
  m_is_broken_off = true;
  if (ending == Ending::reset) {
    reset_connection(m_fd);
  }
}

void HttpConnection::say_goodbye() {
  if (m_session && !m_is_broken_off) {
    m_session->end();
    m_session->drain(m_encrypted);
    send(m_fd, m_encrypted.data(), m_encrypted.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    m_encrypted.clear();
  }
}

void HttpConnection::linger() {
  say_goodbye();
  shutdown(m_fd, SHUT_WR);
  m_read_deadline = m_clock.monotonic() + k_linger_time;
  std::size_t dropped = 0;
  for (std::size_t count = 1; dropped < k_linger_bytes && count > 0; dropped += count) {
    count = receive(m_buffer.data(), m_buffer.size());
  }
}

void HttpConnection::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void HttpConnection::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

}  // namespace otelctl::server
