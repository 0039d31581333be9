// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/http_async_client.hpp"

#include <new>
#include <utility>
#include <vector>

#include <malloc.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "net/curl_library.hpp"
#include "net/deadline.hpp"
#include "net/http_transfer.hpp"

namespace otelctl::net {
namespace {

// Connections that are kept. libcurl would keep four for each request that is under way, and so
// close those of a burst at its end.
constexpr long k_max_kept_connections = 256;

// libcurl takes a buffer for each body and frees it at its end. Freed memory beyond the allocator's
// usual 128 KiB goes back to the kernel, which would give it out anew, page by page, for the next
// request: half of the time of sending.
void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int k_mebibyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, k_mebibyte);
  mallopt(M_TRIM_THRESHOLD, 16 * k_mebibyte);
#endif
}

struct MultiDeleter {
  void operator()(CURLM* multi) const { curl().multi_cleanup(multi); }
};

// Wakes poll() to the microsecond, which counts milliseconds itself. Where the process has no
// descriptor left for it, waits are as long as those.
class Alarm {
 public:
  Alarm() : m_descriptor(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {}
  ~Alarm() {
    if (is_open()) {
      close(m_descriptor);
    }
  }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  bool is_open() const { return m_descriptor >= 0; }
  int descriptor() const { return m_descriptor; }

  void set(nanoseconds time) const {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    itimerspec when{};
    when.it_value.tv_sec = seconds.count();
    // 0 would switch it off.
    when.it_value.tv_nsec = std::max<long>((time - seconds).count(), 1);
    timerfd_settime(m_descriptor, 0, &when, nullptr);
  }

 private:
  int m_descriptor;
};

struct Exchange {
  HttpTransfer transfer;
  std::uint64_t tag = 0;
  HeldBytes body = {};
  nanoseconds timeout{};
  bool is_under_way = false;
};

}  // namespace

class HttpAsyncClient::Impl {
 public:
  explicit Impl(HttpRequest pattern)
      : m_pattern(std::move(pattern)),
        m_checked(check_request(m_pattern)),
        m_multi(curl().multi_init()) {
    if (m_multi == nullptr) {
      throw std::bad_alloc();
    }
    keep_freed_memory();
    curl().multi_setopt(m_multi.get(), CURLMOPT_MAXCONNECTS, k_max_kept_connections);
  }

  ~Impl() {
    for (const auto& exchange : m_exchanges) {
      if (exchange->is_under_way) {
        curl().multi_remove_handle(m_multi.get(), exchange->transfer.handle());
      }
    }
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> start(std::uint64_t tag, HeldBytes body, nanoseconds timeout) {
    if (!m_checked) {
      return fail(m_checked.error());
    }
    const Deadline deadline(timeout);
    if (auto found = find_address(deadline); !found) {
      return found;
    }
    Exchange& exchange = take_exchange();
    exchange.tag = tag;
    exchange.body = std::move(body);
    exchange.timeout = timeout;
    exchange.transfer.begin(exchange.body.bytes, deadline, m_pin);
    if (curl().multi_add_handle(m_multi.get(), exchange.transfer.handle()) != CURLM_OK) {
      throw std::bad_alloc();  // the only way in which it can fail for a handle that is idle
    }
    exchange.is_under_way = true;
    return {};
  }

  std::optional<Ended> wait(nanoseconds time) {
    m_search_failure.reset();
    const Deadline deadline(time);
    for (;;) {
      if (auto ended = next_ended()) {
        return ended;
      }
      int under_way = 0;
      curl().multi_perform(m_multi.get(), &under_way);
      if (auto ended = next_ended()) {
        return ended;
      }
      if (deadline.is_over()) {
        return std::nullopt;
      }
      wait_for_traffic(deadline.left());
    }
  }

 private:
  // A search may take the whole timeout: requests that begin before the next wait() share its
  // failure and do not hold up each other.
  Result<void> find_address(const Deadline& deadline) {
    if (m_search_failure) {
      return fail(*m_search_failure);
    }
    auto found = m_pin.find(m_checked->next_hop, deadline);
    if (!found) {
      m_search_failure = found.error();
    }
    return found;
  }

  Exchange& take_exchange() {
    if (m_idle.empty()) {
      m_exchanges.push_back(std::make_unique<Exchange>());
      Exchange& exchange = *m_exchanges.back();
      exchange.transfer.set_up(*m_checked);
      curl().easy_setopt(exchange.transfer.handle(), CURLOPT_PRIVATE, &exchange);
      return exchange;
    }
    Exchange& exchange = *m_idle.back();
    m_idle.pop_back();
    return exchange;
  }

  std::optional<Ended> next_ended() {
    int queued = 0;
    const CURLMsg* const message = curl().multi_info_read(m_multi.get(), &queued);
    if (message == nullptr) {
      return std::nullopt;
    }
    const CURLcode code = message->data.result;
    Exchange* exchange = nullptr;
    curl().easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
    curl().multi_remove_handle(m_multi.get(), exchange->transfer.handle());
    exchange->is_under_way = false;
    m_idle.push_back(exchange);
    exchange->body = {};
    Ended ended{exchange->tag, exchange->transfer.end(code, exchange->timeout),
                exchange->transfer.failed_for_good()};
    if (!ended.response) {
      m_pin.forget();
    }
    return ended;
  }

  void wait_for_traffic(nanoseconds time) {
    curl_waitfd also{m_alarm.descriptor(), CURL_WAIT_POLLIN, 0};
    if (m_alarm.is_open()) {
      m_alarm.set(time);
    }
    curl().multi_poll(m_multi.get(), &also, m_alarm.is_open() ? 1 : 0, poll_milliseconds(time),
                      nullptr);
  }

  const HttpRequest m_pattern;
  const Result<CheckedRequest> m_checked;
  std::optional<Error> m_search_failure;
  AddressPin m_pin;
  Alarm m_alarm;
  std::unique_ptr<CURLM, MultiDeleter> m_multi;
  std::vector<std::unique_ptr<Exchange>> m_exchanges;
  std::vector<Exchange*> m_idle;
};

HttpAsyncClient::HttpAsyncClient(HttpRequest pattern)
    : m_impl(std::make_unique<Impl>(std::move(pattern))) {}
HttpAsyncClient::~HttpAsyncClient() = default;

Result<void> HttpAsyncClient::start(std::uint64_t tag, HeldBytes body, nanoseconds timeout) {
  return m_impl->start(tag, std::move(body), timeout);
}

std::optional<HttpAsyncClient::Ended> HttpAsyncClient::wait(nanoseconds time) {
  return m_impl->wait(time);
}

}  // namespace otelctl::net
