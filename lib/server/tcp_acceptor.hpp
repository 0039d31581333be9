// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <thread>

#include "server/listen_address.hpp"

namespace otelctl::server {

// Takes the connections that come, in a thread of its own, for a library that cannot be left alone
// with it: gRPC before 1.57 stops listening for good when it has no descriptor left for a client
// (CVE-2023-4785). This waits until there are some again.
class TcpAcceptor {
 public:
  // Gets a connection, non-blocking and from then on its own, and the socket by which it came.
  using OnConnection = std::function<void(int listener, int connection)>;

  // The listeners are its own from here on.
  TcpAcceptor(Listeners listeners, OnConnection on_connection);
  ~TcpAcceptor();
  TcpAcceptor(const TcpAcceptor&) = delete;
  TcpAcceptor& operator=(const TcpAcceptor&) = delete;

  std::uint16_t port() const { return m_listeners.port; }
  // Until then clients wait.
  void start();
  // No further connection is handed on, and the port is free. Further calls do nothing.
  void stop();

 private:
  void run();
  // False when it has to wait before it can go on.
  bool accept_from(int listener) const;

  Listeners m_listeners;
  OnConnection m_on_connection;
  int m_wake;  // becomes readable at the end
  std::thread m_thread;
};

}  // namespace otelctl::server
