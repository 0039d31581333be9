// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/raw_server.hpp"

namespace otelctl::test {

// HTTP/2 (RFC 9113) by hand, so that a server can send what no library would.

using Fields = std::vector<std::pair<std::string, std::string>>;

enum class Http2Frame : std::uint8_t {
  data = 0,
  headers = 1,
  rst_stream = 3,
  settings = 4,
  ping = 6,
  goaway = 7,
  window_update = 8,
  continuation = 9,
};

constexpr std::uint8_t k_end_stream = 0x1;
constexpr std::uint8_t k_end_headers = 0x4;

// A frame with its header of 9 bytes (RFC 9113, 4.1).
std::string http2_frame(Http2Frame type, std::uint8_t flags, std::uint32_t stream,
                        std::string_view payload);

// A block of literal fields without Huffman coding and without the tables (RFC 7541, 6.2.2).
std::string field_block(const Fields& fields);

// A length-prefixed gRPC message.
std::string grpc_message(std::string_view bytes, bool compressed = false);

// One request that was read to its end.
class Http2Call {
 public:
  Http2Call(Conversation& conversation, std::uint32_t stream)
      : m_conversation(conversation), m_stream(stream) {}

  std::uint32_t stream() const { return m_stream; }
  Conversation& conversation() { return m_conversation; }
  bool has_ended() const { return m_has_ended; }

  void frame(Http2Frame type, std::uint8_t flags, std::string_view payload);
  void headers(const Fields& fields, bool end = false);
  // In frames of the least maximum size.
  void data(std::string_view bytes, bool end = false);
  void rst_stream(std::uint32_t code);
  void goaway(std::uint32_t code, std::string_view words, std::uint32_t last_stream = 0);
  // The connection ends when the answer is written: in order, or with a reset once it was read.
  void hang_up() { m_has_ended = true; }
  void reset();

 private:
  Conversation& m_conversation;
  std::uint32_t m_stream;
  bool m_has_ended = false;
};

// A frame of the peer.
struct Http2Arrival {
  Http2Frame type;
  std::uint8_t flags = 0;
  std::uint32_t stream = 0;
  std::string payload;
};

// Reads the peer's preface and then frames, until it closes or `take` returns false. Acknowledges
// those that must be, which are not handed on.
void read_http2(Conversation& conversation, const std::function<bool(const Http2Arrival&)>& take);

// Speaks HTTP/2 as a server and hands each request on when it has come whole; other frames of the
// peer are acknowledged where they must be.
RawServer::Handler http2(std::function<void(Http2Call&)> answer);

// A gRPC answer: headers, one message, trailers.
RawServer::Handler grpc_answer(std::string body);
// A gRPC answer without a message: a status in the only headers ("Trailers-Only").
RawServer::Handler grpc_status(int code, std::string message, const Fields& more = {});

// A server that lets its client send as much as it likes, and reads none of it until it is told to.
// Then it reads until the client has cancelled one of its calls, and closes.
class LateReader {
 public:
  RawServer::Handler handler();
  void go_on() { m_may_read = true; }
  bool has_read_all() const { return m_has_read_all; }
  // How often a byte was in the messages; once all is read.
  std::size_t count(char byte) const { return m_counts[static_cast<unsigned char>(byte)]; }

 private:
  std::atomic<bool> m_may_read = false;
  std::atomic<bool> m_has_read_all = false;
  std::array<std::size_t, 256> m_counts{};
};

}  // namespace otelctl::test
