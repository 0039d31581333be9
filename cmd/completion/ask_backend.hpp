// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>

#include "base/result.hpp"
#include "base/time.hpp"
#include "cmd/completion/value_request.hpp"
#include "query/backend.hpp"

namespace otelctl {

// What `ask` returns, if it does so in time. Otherwise it goes on for itself, so it must own all
// that it touches; whoever leaves the process then does so at once (Context::leave).
template <typename T>
std::optional<T> within(nanoseconds bound, std::function<std::optional<T>()> ask) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_done = false;
    std::optional<T> answer;
  };
  const auto shared = std::make_shared<Shared>();
  std::thread([shared, ask = std::move(ask)] {
    std::optional<T> answer;
    try {
      answer = ask();
    } catch (const std::exception&) {
      // What goes wrong is no answer; thrown from here it would end the process.
      answer.reset();
    }
    const std::lock_guard lock(shared->mutex);
    shared->answer = std::move(answer);
    shared->is_done = true;
    shared->changed.notify_one();
  }).detach();
  std::unique_lock lock(shared->mutex);
  shared->changed.wait_for(lock, bound, [&] { return shared->is_done; });
  return std::move(shared->answer);
}

// The settings of the backend that the command line so far, the environment or the default names.
// Nothing where they are wrong, and where it is standard input, no regular file, or a large one.
std::optional<settings::QuerySettings> backend_settings(ValueRequest& request);

// What `question` learns of the backend in time; nothing else is left of what goes wrong.
template <typename T>
std::optional<T> ask_backend(ValueRequest& request,
                             std::function<Result<T>(query::Backend&)> question) {
  const auto settings = backend_settings(request);
  if (!settings) {
    return std::nullopt;
  }
  return within<T>(request.bound(), [settings = *settings, question]() -> std::optional<T> {
    std::istringstream no_input;
    const auto backend = query::open_backend(settings, no_input);
    if (!backend) {
      return std::nullopt;
    }
    Result<T> answer = question(**backend);
    return answer ? std::optional<T>(std::move(*answer)) : std::nullopt;
  });
}

}  // namespace otelctl
