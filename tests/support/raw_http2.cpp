// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/raw_http2.hpp"

namespace otelctl::test {
namespace {

constexpr std::string_view k_preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
constexpr std::size_t k_frame_header = 9;
// RFC 9113, 4.2: what every peer must take.
constexpr std::size_t k_max_payload = 16384;
constexpr std::uint8_t k_ack = 0x1;

std::string big_endian(std::uint32_t value, unsigned bytes) {
  std::string text;
  for (unsigned i = bytes; i-- > 0;) {
    text += static_cast<char>((value >> (8 * i)) & 0xffU);
  }
  return text;
}

std::uint32_t number_of(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char byte : bytes) {
    value = (value << 8U) | static_cast<unsigned char>(byte);
  }
  return value;
}

// RFC 7541, 5.1, with a prefix of 7 bits.
std::string hpack_string(std::string_view text) {
  constexpr std::size_t k_prefix = 127;
  std::string out;
  if (text.size() < k_prefix) {
    out += static_cast<char>(text.size());
  } else {
    out += static_cast<char>(k_prefix);
    std::size_t rest = text.size() - k_prefix;
    for (; rest >= 128; rest /= 128) {
      out += static_cast<char>(rest % 128 + 128);
    }
    out += static_cast<char>(rest);
  }
  return out.append(text);
}

// What comes from the peer, cut into frames.
class FrameReader {
 public:
  explicit FrameReader(Conversation& conversation) : m_conversation(conversation) {}

  // Exactly so many bytes; false when the peer closed before.
  bool read(std::size_t count, std::string& bytes) {
    while (m_pending.size() < count) {
      const std::string part = m_conversation.read();
      if (part.empty()) {
        return false;
      }
      m_pending += part;
    }
    bytes = m_pending.substr(0, count);
    m_pending.erase(0, count);
    return true;
  }

 private:
  Conversation& m_conversation;
  std::string m_pending;
};

}  // namespace

std::string http2_frame(Http2Frame type, std::uint8_t flags, std::uint32_t stream,
                        std::string_view payload) {
  return big_endian(static_cast<std::uint32_t>(payload.size()), 3) + static_cast<char>(type) +
         static_cast<char>(flags) + big_endian(stream, 4) + std::string(payload);
}

std::string field_block(const Fields& fields) {
  std::string block;
  for (const auto& [name, value] : fields) {
    block += '\0';
    block += hpack_string(name) + hpack_string(value);
  }
  return block;
}

std::string grpc_message(std::string_view bytes, bool compressed) {
  return std::string(1, compressed ? '\1' : '\0') +
         big_endian(static_cast<std::uint32_t>(bytes.size()), 4) + std::string(bytes);
}

void Http2Call::frame(Http2Frame type, std::uint8_t flags, std::string_view payload) {
  m_conversation.write(http2_frame(type, flags, m_stream, payload));
}

void Http2Call::headers(const Fields& fields, bool end) {
  frame(Http2Frame::headers, end ? k_end_headers | k_end_stream : k_end_headers,
        field_block(fields));
}

void Http2Call::data(std::string_view bytes, bool end) {
  do {
    const auto part = bytes.substr(0, k_max_payload);
    bytes.remove_prefix(part.size());
    frame(Http2Frame::data, end && bytes.empty() ? k_end_stream : std::uint8_t{0}, part);
  } while (!bytes.empty());
}

void Http2Call::rst_stream(std::uint32_t code) {
  frame(Http2Frame::rst_stream, 0, big_endian(code, 4));
}

void Http2Call::goaway(std::uint32_t code, std::string_view words, std::uint32_t last_stream) {
  m_conversation.write(
      http2_frame(Http2Frame::goaway, 0, 0,
                  big_endian(last_stream, 4) + big_endian(code, 4) + std::string(words)));
}

void Http2Call::reset() {
  // gRPC 1.51 asks the kernel how much is left to read (TCP_INQ) and waits for an event when that
  // is nothing. A reset that arrives together with the last bytes makes no further event: about one
  // call in a hundred then runs into its deadline. So the client acknowledges first that it has
  // read them.
  constexpr std::string_view k_opaque = "all read";
  m_conversation.write(http2_frame(Http2Frame::ping, 0, 0, k_opaque));
  std::string arrived;
  while (arrived.find(k_opaque) == std::string::npos) {
    const std::string part = m_conversation.read();
    if (part.empty()) {
      break;
    }
    arrived += part;
  }
  m_conversation.reset();
  m_has_ended = true;
}

void read_http2(Conversation& conversation, const std::function<bool(const Http2Arrival&)>& take) {
  FrameReader reader(conversation);
  std::string bytes;
  if (!reader.read(k_preface.size(), bytes) || bytes != k_preface) {
    return;
  }
  while (reader.read(k_frame_header, bytes)) {
    const std::string_view head = bytes;
    Http2Arrival frame{static_cast<Http2Frame>(head[3]), static_cast<std::uint8_t>(head[4]),
                       number_of(head.substr(5, 4)), ""};
    if (!reader.read(number_of(head.substr(0, 3)), frame.payload)) {
      return;
    }
    const bool is_acknowledged = (frame.flags & k_ack) != 0;
    if ((frame.type == Http2Frame::settings || frame.type == Http2Frame::ping) &&
        !is_acknowledged) {
      const std::string_view echo =
          frame.type == Http2Frame::ping ? std::string_view(frame.payload) : "";
      conversation.write(http2_frame(frame.type, k_ack, 0, echo));
    } else if (!take(frame)) {
      return;
    }
  }
}

RawServer::Handler http2(std::function<void(Http2Call&)> answer) {
  return [answer = std::move(answer)](Conversation& conversation) {
    // A server's preface is a SETTINGS frame, which it may send at once.
    conversation.write(http2_frame(Http2Frame::settings, 0, 0, ""));
    read_http2(conversation, [&](const Http2Arrival& frame) {
      const bool is_request = frame.type == Http2Frame::data || frame.type == Http2Frame::headers;
      if (!is_request || (frame.flags & k_end_stream) == 0) {
        return true;
      }
      Http2Call call(conversation, frame.stream);
      answer(call);
      return !call.has_ended();
    });
  };
}

RawServer::Handler LateReader::handler() {
  return [this](Conversation& conversation) {
    // Windows of 16 MiB for each stream (RFC 9113, 6.5.2) and for the connection.
    constexpr std::uint32_t k_window = 1U << 24U;
    conversation.write(
        http2_frame(Http2Frame::settings, 0, 0, big_endian(4, 2) + big_endian(k_window, 4)) +
        http2_frame(Http2Frame::window_update, 0, 0, big_endian(k_window, 4)));
    while (!m_may_read) {
      if (!conversation.stays(std::chrono::milliseconds(5))) {
        conversation.reset();
        return;
      }
    }
    read_http2(conversation, [this](const Http2Arrival& frame) {
      if (frame.type == Http2Frame::data) {
        for (const char byte : frame.payload) {
          ++m_counts[static_cast<unsigned char>(byte)];
        }
      }
      return frame.type != Http2Frame::rst_stream;
    });
    m_has_read_all = true;
  };
}

RawServer::Handler grpc_answer(std::string body) {
  return http2([body = std::move(body)](Http2Call& call) {
    call.headers({{":status", "200"}, {"content-type", "application/grpc"}});
    call.data(grpc_message(body));
    call.headers({{"grpc-status", "0"}}, true);
  });
}

RawServer::Handler grpc_status(int code, std::string message, const Fields& more) {
  Fields fields{{":status", "200"},
                {"content-type", "application/grpc"},
                {"grpc-status", std::to_string(code)},
                {"grpc-message", std::move(message)}};
  fields.insert(fields.end(), more.begin(), more.end());
  return http2([fields = std::move(fields)](Http2Call& call) { call.headers(fields, true); });
}

}  // namespace otelctl::test
