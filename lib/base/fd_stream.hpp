// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <streambuf>

namespace otelctl {

// A buffer over a file descriptor that remembers why writing failed. std::cout does not: a reader
// that went away (EPIPE) is no error for a filter, a full disk is. Where the descriptor does not
// block, as a terminal that another program left so, it waits until there is room.
class DescriptorBuffer final : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor);
  ~DescriptorBuffer() override;
  DescriptorBuffer(const DescriptorBuffer&) = delete;
  DescriptorBuffer& operator=(const DescriptorBuffer&) = delete;
  DescriptorBuffer(DescriptorBuffer&&) = delete;
  DescriptorBuffer& operator=(DescriptorBuffer&&) = delete;

  // errno of the first failed write, 0 if none failed. After EPIPE everything is taken and dropped.
  int error() const { return m_error; }

 protected:
  int_type overflow(int_type c) override;
  int sync() override;

 private:
  bool flush_buffer();

  int m_descriptor;
  int m_error = 0;
  std::array<char, 32768> m_buffer{};
};

// The other direction. Where reading fails (the descriptor is closed, or a folder) it throws
// std::system_error, which makes the stream bad(): std::cin says that there is nothing to read.
class DescriptorSource final : public std::streambuf {
 public:
  explicit DescriptorSource(int descriptor) : m_descriptor(descriptor) {}

 protected:
  int_type underflow() override;

 private:
  int m_descriptor;
  std::array<char, 32768> m_buffer{};
};

}  // namespace otelctl
