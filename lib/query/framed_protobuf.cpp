// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/framed_protobuf.hpp"

#include <fmt/format.h>

#include "query/trace_format.hpp"

namespace otelctl::query {
namespace {

constexpr unsigned k_length_bytes = 4;
constexpr std::uint32_t k_longest_message = std::uint32_t{256} << 20U;
// Who sends nothing may have its empty requests recorded, but /dev/zero has no end of them.
constexpr unsigned k_most_empty = 100'000;

}  // namespace

Result<void> FramedProtobuf::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!m_message) {
      if (take_length(bytes)) {
        if (auto begun = begin_message(); !begun) {
          return begun;
        }
      }
      continue;
    }
    const std::string_view part = bytes.substr(0, m_left);
    bytes.remove_prefix(part.size());
    m_at += part.size();
    m_left -= static_cast<std::uint32_t>(part.size());
    if (auto fed = m_message->feed(part); !fed) {
      return fed;
    }
    if (m_left == 0) {
      if (auto ended = end_message(); !ended) {
        return ended;
      }
    }
  }
  return {};
}

bool FramedProtobuf::take_length(std::string_view& bytes) {
  if (m_length_bytes == 0) {
    m_begun_at = m_at;
    m_length = 0;
  }
  while (!bytes.empty() && m_length_bytes < k_length_bytes) {
    m_length = m_length << 8U | static_cast<unsigned char>(bytes.front());
    ++m_length_bytes;
    bytes.remove_prefix(1);
    ++m_at;
  }
  return m_length_bytes == k_length_bytes;
}

Result<void> FramedProtobuf::begin_message() {
  m_length_bytes = 0;
  if (m_length > k_longest_message) {
    return fail(ErrorKind::not_understood,
                fmt::format("byte {}: a message of {} bytes, more than {}", m_begun_at, m_length,
                            k_longest_message),
                std::string(k_formats_hint));
  }
  m_empty_in_row = m_length == 0 ? m_empty_in_row + 1 : 0;
  if (m_empty_in_row > k_most_empty) {
    return fail(
        ErrorKind::not_understood,
        fmt::format("byte {}: more than {} empty messages in a row", m_begun_at, k_most_empty),
        std::string(k_formats_hint));
  }
  m_left = m_length;
  m_message.emplace(m_builder, OtlpMessage::traces_data, k_file_words, m_at);
  return m_left == 0 ? end_message() : Result<void>();
}

Result<void> FramedProtobuf::end_message() {
  if (!m_message->finish()) {
    return fail(ErrorKind::not_understood,
                fmt::format("byte {}: the message ends within a field", m_begun_at),
                std::string(k_formats_hint));
  }
  m_left_out += m_message->left_out();
  m_message.reset();
  ++m_whole;
  return {};
}

Result<void> FramedProtobuf::finish() {
  if (!m_message && m_length_bytes == 0) {
    return {};
  }
  if (m_whole == 0) {
    return fail(ErrorKind::not_understood, fmt::format("is cut short after {} bytes", m_at),
                std::string(k_file_words.when_cut));
  }
  m_cut_at = m_begun_at;
  return {};
}

}  // namespace otelctl::query
