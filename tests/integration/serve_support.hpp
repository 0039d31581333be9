// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/time.hpp"
#include "net/http_client.hpp"
#include "net/url.hpp"
#include "server/server.hpp"

namespace otelctl::testing {

// A server on free ports, stopped with the object.
class ServedBackend {
 public:
  explicit ServedBackend(server::ServerOptions options = server::ServerOptions::on_free_ports()) {
    auto started = server::Server::start(options, m_clock);
    REQUIRE_MESSAGE(started.has_value(), (started ? "" : started.error().message));
    m_server = std::move(*started);
  }

  server::Server& operator*() { return *m_server; }
  server::Server* operator->() { return m_server.get(); }

  net::HttpResponse get(std::string_view path_and_query) {
    return send({.url = "http://" + m_server->query_address() + std::string(path_and_query)});
  }

  net::HttpResponse post(std::string_view path, std::string_view body, std::string type,
                         std::vector<net::Header> headers = {}) {
    headers.push_back({"Content-Type", std::move(type)});
    return send({.method = "POST",
                 .url = "http://" + m_server->http_address() + std::string(path),
                 .headers = std::move(headers),
                 .body = body,
                 .timeout = std::chrono::seconds(60)});
  }

  net::HttpResponse send(const net::HttpRequest& request) {
    auto response = m_client.send(request);
    REQUIRE_MESSAGE(response.has_value(), (response ? "" : response.error().message));
    return std::move(*response);
  }

 private:
  SystemClock m_clock;
  std::unique_ptr<server::Server> m_server;
  net::HttpClient m_client;
};

// A bare TCP connection, for what no client library would send.
class RawConnection {
 public:
  explicit RawConnection(const std::string& address) : m_fd(socket(AF_INET, SOCK_STREAM, 0)) {
    const auto parsed = net::parse_host_port(address);
    REQUIRE(parsed.has_value());
    sockaddr_in target{};
    target.sin_family = AF_INET;
    target.sin_port = htons(parsed->port);
    REQUIRE(inet_pton(AF_INET, parsed->host.c_str(), &target.sin_addr) == 1);
    REQUIRE(connect(m_fd, reinterpret_cast<sockaddr*>(&target), sizeof(target)) == 0);
  }
  ~RawConnection() { close(m_fd); }
  RawConnection(RawConnection&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  RawConnection& operator=(RawConnection&&) = delete;

  void write(std::string_view text) {
    REQUIRE(send(m_fd, text.data(), text.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(text.size()));
  }

  // Everything until the text has come, or until the server closes.
  std::string read_until(std::string_view end) {
    std::string received;
    char byte = 0;
    while (!received.ends_with(end) && recv(m_fd, &byte, 1, 0) == 1) {
      received += byte;
    }
    return received;
  }
  // How the server ended the connection, whatever it sent before.
  enum class End { closed, reset };
  End read_end() {
    char byte = 0;
    ssize_t count = 1;
    while (count == 1) {
      count = recv(m_fd, &byte, 1, 0);
    }
    return count < 0 && errno == ECONNRESET ? End::reset : End::closed;
  }
  std::string read_all() { return read_until("\x01 never sent"); }

 private:
  int m_fd;
};

}  // namespace otelctl::testing
