// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/url.hpp"
#include "server/listener_tls.hpp"

namespace otelctl::server {

// A request without its body.
struct HttpHead {
  std::string method;
  std::string path;                                    // percent-decoded, without the query
  std::multimap<std::string, std::string> parameters;  // of the query, decoded
  std::string content_type;
  std::string content_encoding;
  // Any other one, by its name in lower case; only while the handler is called with this head.
  std::function<std::optional<std::string_view>(const std::string& name)> header = {};

  // The first value of the parameter; "" when it is not there (or empty: Go's APIs do not tell).
  std::string_view parameter(const std::string& name) const;
};

struct HttpAnswer {
  // Instead of being answered the connection may be closed, or broken off with a TCP reset.
  enum class Instead { nothing, close, reset };

  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body = {};
  std::string allow = {};                                // the header Allow, of a 405
  std::optional<std::chrono::seconds> retry_after = {};  // the header Retry-After
  Instead instead = Instead::nothing;
  // Where the body is too much to be made at once: appends what follows `body`, piece by piece,
  // until it returns false. Called while the answer is sent.
  std::function<bool(std::string&)> more = {};
};

// Lets the time pass; false at once when the client has gone meanwhile, or the server stops.
using HttpHold = std::function<bool(nanoseconds)>;

// What a listener does with its requests; called from many threads at once.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  // The answer to a request that needs no body or is refused without it; nothing when the body is
  // to be read for take(). Must be the same for the same head.
  virtual std::optional<HttpAnswer> answer(const HttpHead& head) = 0;
  // `body` is unpacked. Only called for a POST. A request that is held back holds up no other one
  // but those that its own connection will bring.
  virtual HttpAnswer take(const HttpHead& head, std::string_view body, const HttpHold& hold) = 0;
  // A body that could not be read: longer than the limit, or damaged.
  virtual HttpAnswer unreadable(const HttpHead& head, bool is_too_long) = 0;
};

// An HTTP/1.1 server: cpp-httplib's parsing over connections of our own, because its own ones wait
// for each byte anew and so can be held for ever, and stop only when their clients let them.
class HttpListener {
 public:
  // `max_body` bounds a body before and after gunzip. Both references must outlive it. Error kind:
  // settings, when it cannot listen.
  static Result<std::unique_ptr<HttpListener>> start(const net::HostPort& address,
                                                     HttpHandler& handler, const Clock& clock,
                                                     std::uint64_t max_body, ListenerTls tls = {});
  ~HttpListener();
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;

  std::uint16_t port() const;
  // Closes idle connections, lets requests under way finish for `grace`, then cuts them off.
  void stop(std::chrono::milliseconds grace);

 private:
  class Impl;
  explicit HttpListener(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::server
