// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/held_bytes.hpp"
#include "net/http_client.hpp"

namespace otelctl::net {

// Many requests of one kind at once from one thread, each over a connection of its own that is kept
// for the next: otherwise as HttpClient. Not thread-safe. Destroying it breaks off what is under
// way.
class HttpAsyncClient {
 public:
  // What all requests have in common; its body and timeout do not count.
  explicit HttpAsyncClient(HttpRequest pattern);
  ~HttpAsyncClient();
  HttpAsyncClient(const HttpAsyncClient&) = delete;
  HttpAsyncClient& operator=(const HttpAsyncClient&) = delete;

  // Begins a request, which ends within `timeout`; its end bears the tag. An Error when it cannot
  // begin: a URL or header that is not legal, no address that answers.
  Result<void> start(std::uint64_t tag, HeldBytes body, nanoseconds timeout);

  struct Ended {
    std::uint64_t tag = 0;
    Result<HttpResponse> response = {};
    bool failed_for_good = false;  // another try would meet the Error again
  };
  // The next request that has ended; nothing when none has within `time`. All network traffic
  // happens in here.
  std::optional<Ended> wait(nanoseconds time);

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::net
