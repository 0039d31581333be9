// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/connection_breaker.hpp"

#include <iterator>

#include "server/tcp_break.hpp"

namespace otelctl::server {
namespace {

// Between the last answer and the end. A client whose writing fails does not read any more, so it
// gets the time to read first; meanwhile it runs out of requests that it may send.
constexpr nanoseconds k_pause = std::chrono::milliseconds(20);
// How long requests of a connection may stand in a queue after its end. A new connection from the
// same port within this time has its requests refused.
constexpr nanoseconds k_memory = std::chrono::seconds(2);

}  // namespace

ConnectionBreaker::State ConnectionBreaker::state_of(const Line& line) {
  return line.gone_since ? State::gone : line.is_breaking ? State::breaking : State::open;
}

ConnectionBreaker::State ConnectionBreaker::state(const std::string& peer) {
  const std::lock_guard lock(m_mutex);
  const auto found = m_lines.find(peer);
  return found == m_lines.end() ? State::open : state_of(found->second);
}

ConnectionBreaker::State ConnectionBreaker::enter(const std::string& peer) {
  const std::lock_guard lock(m_mutex);
  Line& line = m_lines[peer];
  const State state = state_of(line);
  line.taken += state == State::open ? 1U : 0U;
  return state;
}

void ConnectionBreaker::leave(const std::string& peer) {
  const std::lock_guard lock(m_mutex);
  const auto found = m_lines.find(peer);
  if (--found->second.taken == 0 && !found->second.is_breaking) {
    m_lines.erase(found);
  }
}

void ConnectionBreaker::begin(const std::string& peer) {
  const std::lock_guard lock(m_mutex);
  m_lines[peer].is_breaking = true;
}

bool ConnectionBreaker::advance(const std::string& peer) {
  const std::lock_guard lock(m_mutex);
  return close_if_quiet(peer, m_lines[peer]);
}

bool ConnectionBreaker::close_if_quiet(const std::string& peer, Line& line) const {
  if (line.gone_since || line.taken > 0) {
    return line.gone_since.has_value();
  }
  const nanoseconds now = m_clock.monotonic();
  line.quiet_since = line.quiet_since.value_or(now);
  if (now - *line.quiet_since < k_pause) {
    return false;
  }
  close_connection(peer, m_port);
  line.gone_since = now;
  return true;
}

void ConnectionBreaker::sweep() {
  const std::lock_guard lock(m_mutex);
  const nanoseconds now = m_clock.monotonic();
  for (auto at = m_lines.begin(); at != m_lines.end();) {
    auto& [peer, line] = *at;
    if (line.is_breaking) {
      close_if_quiet(peer, line);
    }
    const bool is_over = line.gone_since && now - *line.gone_since > k_memory;
    at = is_over ? m_lines.erase(at) : std::next(at);
  }
}

}  // namespace otelctl::server
