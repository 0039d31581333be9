// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <httplib.h>

namespace otelctl::server {

// The threads that serve connections, one connection each: started when they are needed, up to a
// number. A connection that waits for one makes `queued` positive, upon which idle ones give way.
class HttpWorkers final : public httplib::TaskQueue {
 public:
  HttpWorkers(std::size_t max_threads, std::atomic<std::size_t>& queued)
      : m_max_threads(max_threads), m_queued(queued) {}

  void enqueue(std::function<void()> job) override;
  void shutdown() override;

 private:
  void run();

  std::size_t m_max_threads;
  std::atomic<std::size_t>& m_queued;
  std::mutex m_mutex;
  std::condition_variable m_wake;
  std::deque<std::function<void()>> m_jobs;
  std::vector<std::thread> m_threads;
  std::size_t m_idle = 0;
  bool m_stopping = false;
};

}  // namespace otelctl::server
