// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.hpp"
#include "base/time.hpp"

namespace otelctl::net {

// What libcurl tells of a transfer that failed, without its types.
struct HttpFailure {
  int code = 0;            // CURLcode
  int os_error = 0;        // errno of the connection, 0 if none
  long verify_result = 0;  // OpenSSL's X509_V_ERR_*
  std::string text;        // libcurl's own words
  std::string host;        // of the target
  std::string host_and_port;
  std::string proxy;  // "host:port" of the proxy, "" when there was none
  bool tls = false;
  bool connected = false;  // how far it came
  bool encrypted = false;
  bool answer_began = false;  // some of a status line or of headers has come
  nanoseconds timeout{};
};

// The failure in plain words with a kind and a hint.
Error explain_http_failure(const HttpFailure& failure);

}  // namespace otelctl::net
