// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/fd_stream.hpp"

#include <cerrno>

#include <unistd.h>

namespace otelctl {

DescriptorBuffer::DescriptorBuffer(int descriptor) : m_descriptor(descriptor) {
  setp(m_buffer.data(), m_buffer.data() + m_buffer.size());
}

DescriptorBuffer::~DescriptorBuffer() {
  flush_buffer();
}

bool DescriptorBuffer::flush_buffer() {
  const char* from = pbase();
  while (from < pptr() && m_error == 0) {
    const ssize_t written = ::write(m_descriptor, from, static_cast<std::size_t>(pptr() - from));
    if (written >= 0) {
      from += written;
    } else if (errno != EINTR) {
      m_error = errno;
    }
  }
  setp(m_buffer.data(), m_buffer.data() + m_buffer.size());
  return m_error == 0 || m_error == EPIPE;
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type c) {
  if (!flush_buffer()) {
    return traits_type::eof();
  }
  if (!traits_type::eq_int_type(c, traits_type::eof())) {
    *pptr() = traits_type::to_char_type(c);
    pbump(1);
  }
  return traits_type::not_eof(c);
}

int DescriptorBuffer::sync() {
  return flush_buffer() ? 0 : -1;
}

}  // namespace otelctl
