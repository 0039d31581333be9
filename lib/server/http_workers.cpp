// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/http_workers.hpp"

#include <system_error>
#include <utility>

namespace otelctl::server {

void HttpWorkers::enqueue(std::function<void()> job) {
  const std::lock_guard lock(m_mutex);
  m_jobs.push_back(std::move(job));
  m_queued = m_jobs.size();
  if (m_jobs.size() > m_idle && m_threads.size() < m_max_threads) {
    try {
      m_threads.emplace_back([this] { run(); });
    } catch (const std::system_error&) {
      // No more threads are to be had (a container's pids.max, RLIMIT_NPROC): the connection waits
      // for one of those that there are, or for the next attempt.
    }
  }
  m_wake.notify_one();
}

void HttpWorkers::shutdown() {
  {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
  }
  m_wake.notify_all();
  for (std::thread& thread : m_threads) {
    thread.join();
  }
}

void HttpWorkers::run() {
  std::unique_lock lock(m_mutex);
  for (;;) {
    ++m_idle;
    m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
    --m_idle;
    if (m_jobs.empty()) {
      return;
    }
    const std::function<void()> job = std::move(m_jobs.front());
    m_jobs.pop_front();
    m_queued = m_jobs.size();
    lock.unlock();
    job();
    lock.lock();
  }
}

}  // namespace otelctl::server
