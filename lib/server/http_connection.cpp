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

int milliseconds_until(nanoseconds deadline, nanoseconds now) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

}  // namespace

HttpConnection::Waited HttpConnection::wait_for_request(std::chrono::milliseconds time) {
  if (m_at < m_filled) {
    return Waited::request;
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
  return fill() ? Waited::request : Waited::over;
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
  while (wait(POLLIN, m_read_deadline)) {
    const ssize_t count = recv(m_fd, m_buffer.data(), m_buffer.size(), 0);
    if (count > 0) {
      m_filled = static_cast<std::size_t>(count);
      return true;
    }
    if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
      return false;
    }
  }
  return false;
}

ssize_t HttpConnection::write(const char* source, std::size_t size) {
  while (!m_is_broken_off && wait(POLLOUT, m_write_deadline)) {
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

void HttpConnection::linger() {
  shutdown(m_fd, SHUT_WR);
  m_read_deadline = m_clock.monotonic() + k_linger_time;
  for (std::size_t dropped = 0; dropped < k_linger_bytes && fill();) {
    dropped += m_filled;
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
