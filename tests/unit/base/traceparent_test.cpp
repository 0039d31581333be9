// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/traceparent.hpp"

#include <doctest/doctest.h>

using namespace otelctl;

namespace {

constexpr std::string_view k_front = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";

Result<TraceParent> with_flags(std::string_view flags) {
  return parse_traceparent(std::string(k_front) + std::string(flags));
}

std::string reason_of(std::string_view text) {
  const auto parent = parse_traceparent(text);
  REQUIRE_FALSE(parent);
  CHECK(parent.error().kind == ErrorKind::usage);
  return parent.error().message;
}

}  // namespace

TEST_CASE("a traceparent is read into ids and flags") {
  const auto parent = with_flags("01");
  REQUIRE(parent);
  CHECK(to_hex(parent->trace_id) == "4bf92f3577b34da6a3ce929d0e0e4736");
  CHECK(to_hex(parent->span_id) == "00f067aa0ba902b7");
  CHECK(parent->flags == 1);
}

TEST_CASE("flags are hexadecimal bits, of which the sampled and the random one are known") {
  CHECK(with_flags("00")->flags == 0);
  CHECK(with_flags("03")->flags == 3);
  CHECK(with_flags("0a")->flags == 2);
  CHECK(with_flags("ff")->flags == 3);
}

TEST_CASE("a traceparent of a higher version is read as far as it is known") {
  const std::string front = "01" + std::string(k_front.substr(2));
  CHECK(parse_traceparent(front + "03-what-comes-then")->flags == 1);
  CHECK(parse_traceparent(front + "01")->flags == 1);
  CHECK_FALSE(parse_traceparent(front + "01x"));
}

TEST_CASE("what is no traceparent is refused with the reason") {
  CHECK(reason_of("00-abc").find("6 characters where 55 are due") != std::string::npos);
  CHECK(reason_of("").find("0 characters") != std::string::npos);
  CHECK(reason_of("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01").find("lower-case") !=
        std::string::npos);
  CHECK(reason_of("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").find("ff") !=
        std::string::npos);
  CHECK(reason_of("00-00000000000000000000000000000000-00f067aa0ba902b7-01").find("zeros") !=
        std::string::npos);
  CHECK(reason_of("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01").find("zeros") !=
        std::string::npos);
  CHECK(reason_of("00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").find("divided") !=
        std::string::npos);
  CHECK(reason_of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x").find("follows") !=
        std::string::npos);
}

TEST_CASE("what is written is read back") {
  for (const char* text : {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03"}) {
    const auto parent = parse_traceparent(text);
    REQUIRE(parent);
    CHECK(format_traceparent(*parent) == text);
  }
}

TEST_CASE("a tracestate is a list of at most 32 members, and empty ones do not count") {
  CHECK(is_valid_tracestate(""));
  CHECK(is_valid_tracestate("congo=t61rcWkgMzE"));
  CHECK(is_valid_tracestate("rojo=00f067aa0ba902b7 , ,\tot=th:8;rv:1, 1a-b_c*d/e@f= x"));
  std::string members = "k0=v";
  for (int i = 1; i < 32; ++i) {
    members += ",k" + std::to_string(i) + "=v";
  }
  CHECK(is_valid_tracestate(members));
  CHECK_FALSE(is_valid_tracestate(members + ",k=v"));
  CHECK(is_valid_tracestate(std::string(256, 'k') + "=" + std::string(256, 'v')));
  CHECK_FALSE(is_valid_tracestate(std::string(257, 'k') + "=v"));
  CHECK_FALSE(is_valid_tracestate("k=" + std::string(257, 'v')));
}

TEST_CASE("what is no tracestate is told apart") {
  for (const char* text :
       {"k", "=v", "k=", "K=v", "_k=v", "k =v", "k=a=b", "k=v\x01", "k=\xc3\xa4", "a=1,k"}) {
    CAPTURE(text);
    CHECK_FALSE(is_valid_tracestate(text));
  }
}
