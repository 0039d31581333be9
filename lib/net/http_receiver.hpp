// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string_view>

#include "net/http_client.hpp"

namespace otelctl::net {

// What libcurl's callbacks fill while a transfer is under way. No exception may pass through
// libcurl, so they are kept for afterwards.
struct HttpReceiver {
  HttpResponse response = {};
  const HttpClient::BodyReceiver* on_body = nullptr;
  std::uint64_t max_body = 0;
  std::uint64_t body_bytes = 0;
  std::size_t header_bytes = 0;
  bool headers_too_large = false;
  bool headers_endless = false;
  bool body_too_large = false;
  bool stopped = false;  // by its receiver, which had enough
  std::exception_ptr thrown = nullptr;

  // Whether the transfer goes on.
  bool take_header(std::string_view line);
  bool take_body(std::string_view part);
};

// For CURLOPT_HEADERFUNCTION and CURLOPT_WRITEFUNCTION; `user` is the HttpReceiver.
std::size_t receive_header(char* data, std::size_t size, std::size_t count, void* user) noexcept;
std::size_t receive_body(char* data, std::size_t size, std::size_t count, void* user) noexcept;

}  // namespace otelctl::net
