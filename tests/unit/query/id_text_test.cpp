// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/id_text.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::query;

namespace {

template <typename IdType>
std::string read(std::string_view text) {
  const auto id = read_id<IdType>(text);
  return id ? to_hex(*id) : "nothing";
}

}  // namespace

TEST_CASE("ids are hex of either case, with or without leading zeros") {
  CHECK(read<TraceId>("0af7651916cd43dd8448eb211c80319c") == "0af7651916cd43dd8448eb211c80319c");
  CHECK(read<TraceId>("0AF7651916CD43DD8448EB211C80319C") == "0af7651916cd43dd8448eb211c80319c");
  CHECK(read<TraceId>("8448eb211c80319c") == "00000000000000008448eb211c80319c");
  CHECK(read<SpanId>("b7ad6b7169203331") == "b7ad6b7169203331");
  CHECK(read<SpanId>("1f") == "000000000000001f");
}

TEST_CASE("ids are base64 where they are not hex") {
  CHECK(read<TraceId>("CvdlGRbNQ92ESOshHIAxnA==") == "0af7651916cd43dd8448eb211c80319c");
  CHECK(read<TraceId>("CvdlGRbNQ92ESOshHIAxnA") == "0af7651916cd43dd8448eb211c80319c");
  CHECK(read<SpanId>("t61rcWkgMzE=") == "b7ad6b7169203331");
}

TEST_CASE("anything else is no id") {
  CHECK(read<TraceId>("") == "nothing");
  CHECK(read<TraceId>("not an id") == "nothing");
  CHECK(read<TraceId>("t61rcWkgMzE=") == "nothing");
  CHECK(read<SpanId>("0af7651916cd43dd8448eb211c80319c") == "nothing");
  CHECK(read<SpanId>(std::string(1000, 'A')) == "nothing");
}
