// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/ids.hpp"

#include <doctest/doctest.h>

using namespace otelctl;

TEST_CASE("ids are read from hex of either case and written in lower case") {
  const auto id = parse_hex<TraceId>("0AF7651916cd43dd8448eb211c80319C");
  REQUIRE(id);
  CHECK(to_hex(*id) == "0af7651916cd43dd8448eb211c80319c");
  CHECK(id->is_valid());
}

TEST_CASE("leading zeros that an API dropped come back") {
  const auto id = parse_hex<TraceId>("abc");
  REQUIRE(id);
  CHECK(to_hex(*id) == "00000000000000000000000000000abc");
}

TEST_CASE("what is not an id is nothing") {
  CHECK(!parse_hex<SpanId>(""));
  CHECK(!parse_hex<SpanId>("xyz"));
  CHECK(!parse_hex<SpanId>("00000000000000001"));
  CHECK(!from_bytes<SpanId>("short"));
  CHECK(from_bytes<SpanId>("12345678")->is_valid());
  CHECK(!SpanId{}.is_valid());
}
