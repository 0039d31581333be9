// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/time.hpp"

namespace otelctl::server {

// Breaks off connections that carry many requests at a time, so that the accounts of both ends
// still agree: no further request is taken from such a connection, and it is closed when the
// answers to those that were taken have been written and read. `peer` is what close_connection
// takes. Thread-safe.
class ConnectionBreaker {
 public:
  ConnectionBreaker(std::uint16_t port, const Clock& clock) : m_port(port), m_clock(clock) {}

  enum class State {
    open,
    breaking,  // its requests must not be taken and end with it
    gone,      // what comes from it now stood in a queue, and must not be taken
  };
  State state(const std::string& peer);

  // Before a request of the connection is taken: only when it is open. Then leave() is to follow,
  // when its answer is written.
  State enter(const std::string& peer);
  void leave(const std::string& peer);

  // Begins to break the connection off.
  void begin(const std::string& peer);
  // Closes it if that can be done already. To be called every now and then until it is true.
  bool advance(const std::string& peer);

  // Forgets connections that have been gone for a while, and closes those for which nobody calls
  // advance() any more. To be called every now and then.
  void sweep();

 private:
  struct Line {
    std::uint64_t taken = 0;  // and not answered yet
    bool is_breaking = false;
    std::optional<nanoseconds> quiet_since;  // since then nothing is left to be answered
    std::optional<nanoseconds> gone_since;
  };
  static State state_of(const Line& line);
  bool close_if_quiet(const std::string& peer, Line& line) const;

  const std::uint16_t m_port;
  const Clock& m_clock;
  std::mutex m_mutex;
  std::unordered_map<std::string, Line> m_lines;  // with requests taken, or broken off
};

}  // namespace otelctl::server
