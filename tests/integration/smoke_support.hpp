// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include <httplib.h>

#include "tests/integration/serve_support.hpp"
#include "tests/support/test_context.hpp"

namespace otelctl::testing {

// A query API's answer on its way through a QueryProxy.
struct PassingAnswer {
  std::string path;
  int status = 200;
  std::string body;
  // How often a trace was asked for by its id so far, from 1; 0 for other paths.
  int question = 0;
};

// Stands in front of a query API and changes its answers.
class QueryProxy {
 public:
  using Change = std::function<void(PassingAnswer&)>;

  QueryProxy(const std::string& address, Change change)
      : m_client("http://" + address), m_change(std::move(change)) {
    m_server.set_tcp_nodelay(true);
    m_server.Get(".*", [this](const auto& request, auto& response) { pass(request, response); });
    m_port = m_server.bind_to_any_port("127.0.0.1");
    m_thread = std::thread([this] { m_server.listen_after_bind(); });
    while (!m_server.is_running()) {
      std::this_thread::yield();
    }
  }
  ~QueryProxy() {
    m_server.stop();
    m_thread.join();
  }
  QueryProxy(const QueryProxy&) = delete;
  QueryProxy& operator=(const QueryProxy&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

 private:
  void pass(const httplib::Request& request, httplib::Response& response) {
    const auto got = m_client.Get(request.target);
    PassingAnswer answer{request.path, got ? got->status : 502, got ? got->body : "", 0};
    if (request.path.find("/traces/") != std::string::npos) {
      answer.question = ++m_questions;
    }
    m_change(answer);
    response.status = answer.status;
    response.set_content(answer.body, "application/json");
  }

  httplib::Client m_client;
  httplib::Server m_server;
  Change m_change;
  std::thread m_thread;
  int m_port = 0;
  int m_questions = 0;
};

}  // namespace otelctl::testing
