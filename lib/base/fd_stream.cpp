// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/fd_stream.hpp"

#include <cerrno>
#include <system_error>

#include <poll.h>
#include <unistd.h>

namespace otelctl {
namespace {

// After a call that failed for want of what `events` say: whether to make it again.
bool is_to_be_repeated(int descriptor, short events) {
  if (errno != EAGAIN) {
    return errno == EINTR;
  }
  pollfd wanted{descriptor, events, 0};
  return ::poll(&wanted, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace

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
    } else if (!is_to_be_repeated(m_descriptor, POLLOUT)) {
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

DescriptorSource::int_type DescriptorSource::underflow() {
  ssize_t got = 0;
  do {
    got = ::read(m_descriptor, m_buffer.data(), m_buffer.size());
  } while (got < 0 && is_to_be_repeated(m_descriptor, POLLIN));
  if (got < 0) {
    throw std::system_error(errno, std::generic_category());
  }
  setg(m_buffer.data(), m_buffer.data(), m_buffer.data() + got);
  return got == 0 ? traits_type::eof() : traits_type::to_int_type(m_buffer.front());
}

}  // namespace otelctl
