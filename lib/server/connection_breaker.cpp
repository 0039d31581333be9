// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/connection_breaker.hpp"

#include <utility>

namespace otelctl::server {
namespace {

// How long requests of a connection may stand in a queue after its end. A new connection from the
// same port within this time has its requests refused.
constexpr nanoseconds k_memory = std::chrono::seconds(2);

void call_all(const std::vector<ConnectionBreaker::Release>& released) {
  for (const ConnectionBreaker::Release& release : released) {
    release();
  }
}

}  // namespace

bool ConnectionBreaker::enter(const std::string& peer, Release release) {
  {
    const std::lock_guard lock(m_mutex);
    Line& line = m_lines[peer];
    if (!line.ending) {
      ++line.taken;
      return true;
    }
    if (!line.gone_since) {
      line.waiting.push_back(std::move(release));
      return false;
    }
  }
  release();
  return false;
}

void ConnectionBreaker::leave(const std::string& peer) {
  std::vector<Release> released;
  {
    const std::lock_guard lock(m_mutex);
    const auto found = m_lines.find(peer);
    if (--found->second.taken == 0) {
      if (found->second.ending) {
        break_now(peer, found->second, released);
      } else {
        m_lines.erase(found);
      }
    }
  }
  call_all(released);
}

void ConnectionBreaker::break_off(const std::string& peer, TcpEnding ending, Release release) {
  std::vector<Release> released;
  {
    const std::lock_guard lock(m_mutex);
    Line& line = m_lines[peer];
    line.ending = line.ending.value_or(ending);
    line.waiting.push_back(std::move(release));
    if (line.taken == 0) {
      break_now(peer, line, released);
    }
  }
  call_all(released);
}

void ConnectionBreaker::break_now(const std::string& peer, Line& line,
                                  std::vector<Release>& released) {
  if (!line.gone_since) {
    break_connection(peer, m_port, *line.ending);
    line.gone_since = m_clock.monotonic();
  }
  released.swap(line.waiting);
}

void ConnectionBreaker::sweep() {
  const std::lock_guard lock(m_mutex);
  const nanoseconds now = m_clock.monotonic();
  std::erase_if(m_lines, [&](const auto& entry) {
    return entry.second.gone_since && now - *entry.second.gone_since > k_memory;
  });
}

}  // namespace otelctl::server
