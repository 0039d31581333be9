// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/tls_files.hpp"

namespace otelctl::net {

struct Header {
  std::string name;
  std::string value;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<Header> headers = {};
  std::string_view body = {};  // borrowed until send() returns
  // For everything from the name's resolution to the last byte.
  nanoseconds timeout = std::chrono::seconds(10);
  // Of the body after decompression. 4 MiB is the OTLP specification's limit for its answers.
  std::uint64_t max_response_bytes = std::uint64_t{4} * 1024 * 1024;
  TlsFiles tls = {};
  std::string proxy = {};  // URL; "" is a direct connection whatever the environment says
};

struct HttpResponse {
  int status = 0;
  std::vector<Header> headers;
  std::string body;

  bool is_success() const { return status >= 200 && status < 300; }
  // The first header of that name, case ignored.
  std::optional<std::string_view> header(std::string_view name) const;
  // The media type in lower case without its parameters: "text/html"; "" when there is none.
  std::string content_type() const;
};

// HTTP/1.1 with connections kept alive between requests. Not thread-safe: one for each thread.
// Answers of any status are results; an Error means that there was no whole answer:
// - unreachable: name, connection, timeout, hang-up, certificate not trusted
// - refused: the server wants another client certificate, or the proxy wants a login
// - not_understood: TLS to a plaintext port, gRPC or something else on the port, cut short, too
// large
// - settings: a URL, CA, certificate or key that cannot be used
// Redirects are not followed: a POST would come back as a GET (RFC 9110, 15.4.2).
// gzip answers are unpacked within max_response_bytes; header lines are bounded by 64 KiB in all.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  Result<HttpResponse> send(const HttpRequest& request);

  // Hands a 2xx answer's body on as it arrives, so that it never lies in memory whole; when the
  // receiver returns false the rest is not read and the response so far is the result. The body of
  // any other status is collected in the response as in send(), up to 64 KiB.
  using BodyReceiver = std::function<bool(std::string_view)>;
  Result<HttpResponse> stream(const HttpRequest& request, const BodyReceiver& on_body);

  // Whether the last call ended in an Error that another try would meet again: a certificate that
  // is not accepted, a handshake that cannot succeed.
  bool failed_for_good() const;

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::net
