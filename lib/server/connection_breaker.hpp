// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "server/tcp_break.hpp"

namespace otelctl::server {

// Breaks off connections that carry many requests at a time, so that the accounts of both ends
// still agree: no further request is taken from such a connection, and it lives until the answers
// to those that were taken are written. Thread-safe.
class ConnectionBreaker {
 public:
  // Ends a request that was not taken, once its connection is gone. Called from any thread.
  using Release = std::function<void()>;

  ConnectionBreaker(std::uint16_t port, const Clock& clock) : m_port(port), m_clock(clock) {}

  // Before a request of the connection is taken. When false it must not be, because the connection
  // is being broken off; `release` is called for it. True is to be followed by leave(), when its
  // answer is written. `peer` is what break_connection takes.
  bool enter(const std::string& peer, Release release);
  void leave(const std::string& peer);

  // Breaks the connection off; `release` is for the request on whose account that is done.
  void break_off(const std::string& peer, TcpEnding ending, Release release);

  // Forgets connections that have been gone for a while: until then requests of theirs may still
  // stand in a queue. To be called now and then.
  void sweep();

 private:
  struct Line {
    std::uint64_t taken = 0;  // and not answered yet
    std::optional<TcpEnding> ending;
    std::vector<Release> waiting;
    std::optional<nanoseconds> gone_since;
  };
  void break_now(const std::string& peer, Line& line, std::vector<Release>& released);

  const std::uint16_t m_port;
  const Clock& m_clock;
  std::mutex m_mutex;
  std::unordered_map<std::string, Line> m_lines;  // with requests taken, or broken off
};

}  // namespace otelctl::server
