// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/gzip.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::net;

TEST_CASE("What was packed comes out again") {
  for (const std::string& plain :
       {std::string(), std::string("a"), std::string(300'000, 'x'), std::string("\0\1\2", 3)}) {
    CHECK(gunzip(gzip(plain), plain.size()) == plain);
  }
}

TEST_CASE("Members that follow each other are one text") {
  CHECK(gunzip(gzip("one ") + gzip("two"), 100) == std::string("one two"));
}

TEST_CASE("A bomb is stopped at the limit") {
  const std::string bomb = gzip(std::string(10'000'000, '\0'));
  REQUIRE(bomb.size() < 20'000);
  const auto plain = gunzip(bomb, 4 * 1024 * 1024);
  REQUIRE_FALSE(plain);
  CHECK(plain.error().kind == ErrorKind::not_understood);
  CHECK(plain.error().message.find("4MiB") != std::string::npos);
  CHECK_FALSE(gunzip(gzip("ab"), 1));
}

TEST_CASE("Damaged and cut short data is told apart from good") {
  const std::string packed = gzip("some text that is long enough to be cut");
  for (std::size_t size = 0; size < packed.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(gunzip(packed.substr(0, size), 1000));
  }
  CHECK_FALSE(gunzip("not gzip at all", 1000));
  CHECK_FALSE(gunzip(packed + "tail", 1000));
  std::string wrong_checksum = packed;
  wrong_checksum[packed.size() - 6] = static_cast<char>(~wrong_checksum[packed.size() - 6]);
  CHECK_FALSE(gunzip(wrong_checksum, 1000));
}

TEST_CASE("What comes in pieces is unpacked as it comes") {
  const std::string plain(100'000, 'x');
  const std::string packed = gzip(plain) + gzip("tail");
  GzipStream stream;
  std::string got;
  CHECK_FALSE(stream.finish());
  for (const char byte : packed) {
    REQUIRE(stream.feed({&byte, 1}, [&](std::string_view part) -> Result<void> {
      got += part;
      return {};
    }));
  }
  CHECK(stream.finish());
  CHECK(got == plain + "tail");
  const auto stopped = GzipStream().feed(
      packed, [](std::string_view) -> Result<void> { return fail(ErrorKind::failed, "enough"); });
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().message == "enough");
}
