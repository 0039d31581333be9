// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/recorder.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "otlp/json_codec.hpp"

namespace otelctl::server {
namespace {

// What may wait to be written; a larger request waits alone.
constexpr std::uint64_t k_max_queued = std::uint64_t{64} << 20;
// Lines are written together up to about this.
constexpr std::size_t k_write_size = std::size_t{1} << 20;
// How often a pipe without a reader is asked again, and the end looked for.
constexpr auto k_poll_time = std::chrono::milliseconds(50);

std::string_view hint_of(int code) {
  switch (code) {
    case ENOENT:
      return "check the path; it is taken from the current directory unless it begins with /";
    case EACCES:
    case EPERM:
      return "check the permissions of the file and of the folders above it";
    case EISDIR:
      return "give a file, not a folder";
    case ENXIO:
      return "start the reader of the pipe first";
    default:
      return "";
  }
}

}  // namespace

Result<std::unique_ptr<Recorder>> Recorder::open(const std::string& path, OnFailure on_failure) {
  // Not blocking: a pipe without a reader is an error now, and a full one must not outlast the end.
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  if (fd < 0) {
    const int code = errno;
    return fail(ErrorKind::settings, fmt::format("{}: {}", path, std::strerror(code)),
                std::string(hint_of(code)));
  }
  return std::unique_ptr<Recorder>(new Recorder(path, fd, std::move(on_failure)));
}

Recorder::Recorder(std::string path, int fd, OnFailure on_failure)
    : m_path(std::move(path)), m_fd(fd), m_on_failure(std::move(on_failure)) {}

Recorder::~Recorder() {
  close(std::chrono::milliseconds(0));
  ::close(m_fd);
}

void Recorder::start() {
  m_thread = std::thread([this] { run(); });
}

void Recorder::add(Signal signal, std::string payload) {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [&] {
    return !m_state.ok || m_queue.empty() || m_queued_bytes + payload.size() <= k_max_queued;
  });
  if (m_state.ok) {
    m_queued_bytes += payload.size();
    m_queue.push_back({signal, std::move(payload)});
    m_changed.notify_all();
  }
}

void Recorder::limit_patience(std::chrono::milliseconds grace) {
  const std::lock_guard lock(m_mutex);
  m_patience = m_patience.value_or(grace);
}

void Recorder::close(std::chrono::milliseconds grace) {
  limit_patience(grace);
  {
    const std::lock_guard lock(m_mutex);
    m_closing = true;
  }
  m_changed.notify_all();
  if (m_thread.joinable()) {
    m_thread.join();
  }
}

RecordingState Recorder::state() const {
  const std::lock_guard lock(m_mutex);
  return m_state;
}

void Recorder::run() {
  // A limit on the size of files and a reader that went away are errors of write(), not the end of
  // the process.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGXFSZ);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // Devices and pipes cannot be emptied.
  [[maybe_unused]] const int emptied = ftruncate(m_fd, 0);
  for (std::deque<Request> requests; wait_for_requests(requests); requests.clear()) {
    for (const Request& request : requests) {
      if (!append(request) || (m_text.size() >= k_write_size && !write_out())) {
        return;
      }
    }
    if (!write_out()) {
      return;
    }
  }
}

bool Recorder::wait_for_requests(std::deque<Request>& requests) {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [this] { return m_closing || !m_queue.empty(); });
  requests.swap(m_queue);
  m_queued_bytes = 0;
  m_changed.notify_all();
  return !requests.empty();
}

bool Recorder::append(const Request& request) {
  const std::size_t before = m_text.size();
  if (auto done = otlp::append_json(request.signal, request.payload, m_text); !done) {
    // Never, as far as is known: what was accepted has passed the scanner, which checks the same.
    m_text.resize(before);
    if (write_out()) {
      stop_recording(done.error().message);
    }
    return false;
  }
  m_text += '\n';
  ++m_lines;
  return true;
}

bool Recorder::write_out() {
  for (std::size_t at = 0; at < m_text.size();) {
    const ssize_t count = ::write(m_fd, m_text.data() + at, m_text.size() - at);
    if (count >= 0) {
      at += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN && wait_for_room()) {
      continue;
    } else if (errno != EINTR) {
      const std::string_view reason =
          errno == EAGAIN ? "nobody reads what is written" : std::strerror(errno);
      cut_torn_line(std::string_view(m_text).substr(0, at));
      stop_recording(reason);
      return false;
    }
  }
  m_written += m_text.size();
  m_text.clear();
  const std::lock_guard lock(m_mutex);
  m_state.requests += std::exchange(m_lines, 0);
  return true;
}

// False when there is no patience left; errno stays as it is.
bool Recorder::wait_for_room() {
  pollfd fd{m_fd, POLLOUT, 0};
  const bool is_ready = poll(&fd, 1, static_cast<int>(k_poll_time.count())) > 0;
  errno = EAGAIN;
  const std::lock_guard lock(m_mutex);
  if (m_patience && !is_ready) {
    *m_patience -= k_poll_time;
  }
  return is_ready || !m_patience || m_patience->count() > 0;
}

// `written` of m_text is in the file. A line that is there in part would spoil the file for whoever
// reads it by lines.
void Recorder::cut_torn_line(std::string_view written) {
  const std::size_t end = written.rfind('\n');
  const std::size_t whole = end == std::string_view::npos ? 0 : end + 1;
  [[maybe_unused]] const int cut = ftruncate(m_fd, static_cast<off_t>(m_written + whole));
  const std::lock_guard lock(m_mutex);
  m_state.requests +=
      static_cast<std::uint64_t>(std::count(written.begin(), written.begin() + whole, '\n'));
}

void Recorder::stop_recording(std::string_view reason) {
  std::string message = fmt::format("{}: {}", m_path, reason);
  {
    const std::lock_guard lock(m_mutex);
    m_state.ok = false;
    m_state.message = message;
    m_queue.clear();
    m_queued_bytes = 0;
  }
  m_changed.notify_all();
  if (m_on_failure) {
    m_on_failure(message);
  }
}

}  // namespace otelctl::server
