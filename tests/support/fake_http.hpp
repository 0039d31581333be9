// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <httplib.h>

namespace otelctl::test {

// An HTTP server on 127.0.0.1 and a free port that remembers what it was asked. Header only, so
// that whoever includes it decides what cpp-httplib is built with.
class FakeHttp {
 public:
  using Handler = std::function<void(const httplib::Request&, httplib::Response&)>;

  explicit FakeHttp(Handler handler) : m_handler(std::move(handler)) {
    // Head and body are written one after the other; with Nagle the second waits for 40 ms.
    m_server.set_tcp_nodelay(true);
    m_server.set_keep_alive_max_count(1000);
    m_server.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
      {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
      }
      m_handler(request, response);
    });
    m_port = m_server.bind_to_any_port("127.0.0.1");
    m_thread = std::thread([this] { m_server.listen_after_bind(); });
    while (!m_server.is_running()) {
      std::this_thread::yield();
    }
  }
  ~FakeHttp() {
    m_server.stop();
    m_thread.join();
  }
  FakeHttp(const FakeHttp&) = delete;
  FakeHttp& operator=(const FakeHttp&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

  std::vector<httplib::Request> requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
  }

  std::vector<std::string> paths() const {
    std::vector<std::string> paths;
    for (const httplib::Request& request : requests()) {
      paths.push_back(request.path);
    }
    return paths;
  }

  // The parameter of the last request that had it.
  std::string last_parameter(const std::string& name) const {
    std::string value;
    for (const httplib::Request& request : requests()) {
      value = request.has_param(name.c_str()) ? request.get_param_value(name.c_str()) : value;
    }
    return value;
  }
  std::string last_header(const std::string& name) const {
    return requests().back().get_header_value(name.c_str());
  }

 private:
  Handler m_handler;
  httplib::Server m_server;
  std::thread m_thread;
  int m_port = 0;
  mutable std::mutex m_mutex;
  std::vector<httplib::Request> m_requests;
};

}  // namespace otelctl::test
