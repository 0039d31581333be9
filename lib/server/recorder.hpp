// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "server/stats.hpp"

namespace otelctl::server {

// Writes what was accepted into a file: OTLP JSON lines, one request each, as the Collector's file
// exporter does. The work is done by a thread of its own; when it cannot keep up, add() waits. When
// the file cannot be written any more it ends with its last whole line, and further requests are
// not recorded.
class Recorder {
 public:
  // Told once, by the recorder's thread, why recording stopped.
  using OnFailure = std::function<void(const std::string& message)>;

  // Opens the file, which keeps its content until start(). Error kind: settings.
  static Result<std::unique_ptr<Recorder>> open(const std::string& path, OnFailure on_failure);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // Empties the file and begins to write what was and what will be added.
  void start();

  // Whoever takes a request holds this meanwhile, so that the lines stand in the order in which the
  // requests were accepted.
  std::unique_lock<std::mutex> take_turn() { return std::unique_lock(m_turn); }
  // A request that was accepted, serialized.
  void add(Signal signal, std::string payload);

  // From here on the reader of a pipe has so much time, in all, in which it takes nothing; then
  // recording stops, and with it the waiting in add(). The first call counts.
  void limit_patience(std::chrono::milliseconds grace);
  // Writes the rest, with that patience. Nothing may be added any more.
  void close(std::chrono::milliseconds grace);

  RecordingState state() const;

 private:
  struct Request {
    Signal signal;
    std::string payload;
  };

  Recorder(std::string path, int fd, OnFailure on_failure);
  void run();
  // False when there is nothing to come.
  bool wait_for_requests(std::deque<Request>& requests);
  bool append(const Request& request);
  bool write_out();
  bool wait_for_room();
  void stop_recording(std::string_view reason);
  void cut_torn_line(std::string_view written);

  std::string m_path;
  int m_fd;
  OnFailure m_on_failure;
  std::mutex m_turn;
  std::thread m_thread;

  // Of the thread alone.
  std::string m_text;
  std::uint64_t m_written = 0;  // bytes in the file before m_text
  std::uint64_t m_lines = 0;    // in m_text

  mutable std::mutex m_mutex;  // guards what follows
  std::condition_variable m_changed;
  std::deque<Request> m_queue;
  std::uint64_t m_queued_bytes = 0;
  bool m_closing = false;
  std::optional<std::chrono::milliseconds> m_patience;  // what is left of it; none: no limit
  RecordingState m_state;
};

}  // namespace otelctl::server
