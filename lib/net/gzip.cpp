// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/gzip.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <new>

#include <zlib.h>

#include "base/duration.hpp"

namespace otelctl::net {
namespace {

// zlib's largest window, plus 16: "write (or expect) a gzip header" (zlib.h, deflateInit2).
constexpr int k_gzip_window = MAX_WBITS + 16;
constexpr std::size_t k_chunk = std::size_t{64} * 1024;

// zlib counts its input in 32 bits, so longer input is handed over in parts.
class Input {
 public:
  explicit Input(std::string_view bytes) : m_rest(bytes) {}

  void refill(z_stream& stream) {
    if (stream.avail_in > 0 || m_rest.empty()) {
      return;
    }
    const auto part = std::min<std::size_t>(m_rest.size(), std::numeric_limits<uInt>::max());
    // zlib declares its input as non-const unless ZLIB_CONST is set; it never writes to it.
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(m_rest.data()));
    stream.avail_in = static_cast<uInt>(part);
    m_rest.remove_prefix(part);
  }
  bool is_last_part() const { return m_rest.empty(); }

 private:
  std::string_view m_rest;
};

class Deflater {
 public:
  Deflater() = default;
  ~Deflater() { deflateEnd(&m_stream); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  z_stream& stream() { return m_stream; }

 private:
  z_stream m_stream{};
};

}  // namespace

std::string gzip(std::string_view plain) {
  Deflater deflater;
  z_stream& stream = deflater.stream();
  constexpr int k_memory_level = 8;  // zlib's default
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, k_gzip_window, k_memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  Input input(plain);
  std::string packed;
  std::array<Bytef, k_chunk> chunk;
  int status = Z_OK;
  while (status != Z_STREAM_END) {
    input.refill(stream);
    stream.next_out = chunk.data();
    stream.avail_out = static_cast<uInt>(chunk.size());
    status = deflate(&stream, input.is_last_part() ? Z_FINISH : Z_NO_FLUSH);
    packed.append(reinterpret_cast<const char*>(chunk.data()), chunk.size() - stream.avail_out);
  }
  return packed;
}

class GzipStream::Inflater {
 public:
  Inflater() {
    if (inflateInit2(&m_stream, k_gzip_window) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Inflater() { inflateEnd(&m_stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  z_stream& stream() { return m_stream; }

 private:
  z_stream m_stream{};
};

GzipStream::GzipStream() : m_inflater(std::make_unique<Inflater>()) {}
GzipStream::~GzipStream() = default;

Result<void> GzipStream::feed(std::string_view packed, const Taker& take) {
  z_stream& stream = m_inflater->stream();
  Input input(packed);
  std::array<Bytef, k_chunk> chunk;
  for (bool is_full = false; is_full || stream.avail_in > 0 || !input.is_last_part();) {
    input.refill(stream);
    if (m_is_at_end) {
      inflateReset(&stream);
      m_is_at_end = false;
    }
    stream.next_out = chunk.data();
    stream.avail_out = static_cast<uInt>(chunk.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_BUF_ERROR && status != Z_STREAM_END) {
      return fail(ErrorKind::not_understood, "the gzip data is damaged");
    }
    m_is_at_end = status == Z_STREAM_END;
    // A full chunk may be followed by another that needs no more input.
    is_full = stream.avail_out == 0 && !m_is_at_end;
    auto taken =
        take({reinterpret_cast<const char*>(chunk.data()), chunk.size() - stream.avail_out});
    if (!taken) {
      return taken;
    }
  }
  return {};
}

Result<void> GzipStream::finish() const {
  if (!m_is_at_end) {
    return fail(ErrorKind::not_understood, "the gzip data is cut short");
  }
  return {};
}

Result<std::string> gunzip(std::string_view packed, std::uint64_t max_bytes) {
  GzipStream stream;
  std::string plain;
  auto unpacked = stream.feed(packed, [&](std::string_view part) -> Result<void> {
    if (part.size() > max_bytes - plain.size()) {
      return fail(ErrorKind::not_understood,
                  "the gzip data unpacks to more than " + format_size(max_bytes));
    }
    plain += part;
    return {};
  });
  if (unpacked) {
    unpacked = stream.finish();
  }
  return unpacked ? Result<std::string>(std::move(plain)) : fail(std::move(unpacked).error());
}

}  // namespace otelctl::net
