// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/http_receiver.hpp"

#include <string>

#include "base/text.hpp"

namespace otelctl::net {
namespace {

// libcurl itself only stops at 300 kB a header line.
constexpr std::size_t k_max_header_bytes = std::size_t{64} * 1024;
// So far headers that are too large are read on and dropped, to tell those that end from those that
// never would; libcurl gives up at 300 kB.
constexpr std::size_t k_endless_header_bytes = std::size_t{256} * 1024;
// What is kept of an error's body while a good one would be streamed.
constexpr std::uint64_t k_max_error_body = std::uint64_t{64} * 1024;

}  // namespace

bool HttpReceiver::take_header(std::string_view line) {
  header_bytes += line.size();
  headers_too_large = header_bytes > k_max_header_bytes;
  headers_endless = header_bytes > k_endless_header_bytes;
  // Each answer begins with a status line: also an interim 100 and a proxy's 200 to CONNECT.
  if (line.starts_with("HTTP/")) {
    response.headers.clear();
    const auto space = line.find(' ');
    response.status =
        space == std::string_view::npos ? 0 : std::atoi(std::string(line.substr(space)).c_str());
    return !headers_endless;
  }
  if (headers_too_large) {
    // The empty line ends the head, unless it is that of an interim answer.
    const bool is_end = trim(line).empty() && response.status / 100 != 1;
    return !headers_endless && !is_end;
  }
  const auto colon = line.find(':');
  if (colon != std::string_view::npos) {
    response.headers.push_back(
        {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
  }
  return true;
}

bool HttpReceiver::take_body(std::string_view part) {
  const bool streamed = on_body != nullptr && response.is_success();
  const auto limit = on_body != nullptr && !streamed ? k_max_error_body : max_body;
  if (part.size() > limit - body_bytes) {
    // Of an error's body the beginning is enough.
    body_too_large = streamed || on_body == nullptr;
    stopped = !body_too_large;
    return false;
  }
  body_bytes += part.size();
  if (!streamed) {
    response.body.append(part);
    return true;
  }
  stopped = !(*on_body)(part);
  return !stopped;
}
std::size_t receive_header(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  auto& receiver = *static_cast<HttpReceiver*>(user);
  try {
    return receiver.take_header({data, size * count}) ? size * count : 0;
  } catch (...) {
    receiver.thrown = std::current_exception();
    return 0;
  }
}

std::size_t receive_body(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  auto& receiver = *static_cast<HttpReceiver*>(user);
  try {
    // Returning another number than was given ends the transfer; an empty part must not.
    return receiver.take_body({data, size * count}) ? size * count : size * count + 1;
  } catch (...) {
    receiver.thrown = std::current_exception();
    return size * count + 1;
  }
}

}  // namespace otelctl::net
