// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/header_mask.hpp"

#include <utility>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::otlp;

namespace {

std::string masked(const std::vector<net::Header>& headers, std::string text) {
  return HeaderMask(headers).hide(std::move(text));
}

}  // namespace

TEST_CASE("what a server repeats of a header is hidden, whole or in part") {
  const std::vector<net::Header> bearer{{"authorization", "Bearer s3cr3t-token"}};
  CHECK(masked(bearer, "no such key: s3cr3t-token!") == "no such key: [REDACTED]!");
  CHECK(masked(bearer, "got 'Bearer s3cr3t-token'") == "got '[REDACTED]'");
  CHECK(masked(bearer, "keys3cr3t-token0") == "key[REDACTED]0");
}

TEST_CASE("a Basic login is hidden decoded too") {
  // user:hunter2
  const std::vector<net::Header> basic{{"authorization", "Basic dXNlcjpodW50ZXIy"}};
  CHECK(masked(basic, "dXNlcjpodW50ZXIy") == "[REDACTED]");
  CHECK(masked(basic, "user:hunter2 is unknown") == "[REDACTED] is unknown");
  CHECK(masked(basic, "password hunter2 is wrong") == "password [REDACTED] is wrong");
}

TEST_CASE("a short value is hidden only as a word of its own, a shorter one not at all") {
  const std::vector<net::Header> tenant{{"x-scope-orgid", "prod"}, {"x-shard", "1"}};
  CHECK(masked(tenant, "tenant prod in production, shard 1") ==
        "tenant [REDACTED] in production, shard 1");
}

TEST_CASE("a URL's query is hidden, and the values in it that are no mere words") {
  const HeaderMask mask({}, "api_key=k3y-0123456789&env=prod");
  CHECK(mask.hide("cannot POST /v1/traces?api_key=k3y-0123456789&env=prod") ==
        "cannot POST /v1/traces?[REDACTED]");
  CHECK(mask.hide("no key k3y-0123456789 in prod") == "no key [REDACTED] in prod");
}

TEST_CASE("covering keeps the length, so that an encoded answer stays readable") {
  const std::vector<net::Header> headers{{"api-key", "0123456789"}};
  const HeaderMask mask(headers);
  std::string message(
      "\x12\x0e"
      "key=0123456789",
      16);
  mask.cover(message);
  CHECK(message == std::string("\x12\x0e"
                               "key=**********",
                               16));
}

TEST_CASE("what a cut left of the stars is no secret either") {
  CHECK(masked({}, "key=**") == "key=**");
  CHECK(masked({}, "") == "");
  CHECK(masked({}, "a * b **** c") == "a * b [REDACTED] c");
}
