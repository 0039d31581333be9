// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/fd_stream.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <istream>
#include <iterator>
#include <ostream>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

using namespace otelctl;

namespace {

// Its ends are closed by whoever is done with them.
struct Pipe {
  explicit Pipe(int flags) { REQUIRE(::pipe2(ends.data(), flags) == 0); }
  int reading() const { return ends[0]; }
  int writing() const { return ends[1]; }
  std::array<int, 2> ends{};
};

std::string read_all(int descriptor) {
  DescriptorSource source(descriptor);
  std::istream in(&source);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a full pipe that does not block is waited for, in both directions") {
  const Pipe pipe(O_NONBLOCK | O_CLOEXEC);
  // Several times what a pipe holds.
  const std::string text(1'000'000, 'x');
  std::string got;
  std::thread reader([&] { got = read_all(pipe.reading()); });
  {
    DescriptorBuffer buffer(pipe.writing());
    std::ostream out(&buffer);
    out << text << std::flush;
    CHECK(out.good());
    CHECK(buffer.error() == 0);
  }
  ::close(pipe.writing());
  reader.join();
  ::close(pipe.reading());
  CHECK(got == text);
}

TEST_CASE("a reader that went away is no failure of the stream, a full disk is") {
  // As the program has it: no signal, an error.
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  const Pipe pipe(O_CLOEXEC);
  ::close(pipe.reading());
  DescriptorBuffer buffer(pipe.writing());
  std::ostream out(&buffer);
  out << "text" << std::flush;
  CHECK(out.good());
  CHECK(buffer.error() == EPIPE);
  ::close(pipe.writing());
  std::signal(SIGPIPE, before);

  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  REQUIRE(full >= 0);
  DescriptorBuffer full_buffer(full);
  std::ostream full_out(&full_buffer);
  full_out << "text" << std::flush;
  CHECK(full_out.bad());
  CHECK(full_buffer.error() == ENOSPC);
  ::close(full);
}

TEST_CASE("what cannot be read is bad, and not empty") {
  for (const char* path : {"/", "."}) {
    const int folder = ::open(path, O_RDONLY | O_CLOEXEC);
    REQUIRE(folder >= 0);
    DescriptorSource source(folder);
    std::istream in(&source);
    std::string text(10, '\0');
    in.read(text.data(), 10);
    CHECK(in.gcount() == 0);
    CHECK(in.bad());
    ::close(folder);
  }
  DescriptorSource closed(-1);
  std::istream in(&closed);
  CHECK(in.get() == std::istream::traits_type::eof());
  CHECK(in.bad());
}
