// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/redact.hpp"

#include <doctest/doctest.h>

using namespace otelctl;

TEST_CASE("secrets are known by the name of their key") {
  for (const char* name : {"Authorization", "api-key", "X-API-Key", "dd-api-key", "cookie",
                           "x-honeycomb-team", "my_token", "client_secret", "password"}) {
    CAPTURE(name);
    CHECK(redacted(name, "value") == k_redacted);
  }
  CHECK(redacted("x-scope-orgid", "team-a") == "team-a");
}

TEST_CASE("secrets are known by their own looks") {
  CHECK(redacted("x", "Bearer abcdefgh") == k_redacted);
  CHECK(redacted("x", "sk-1234567890") == k_redacted);
  CHECK(redacted("x", "ghp_1234567890") == k_redacted);
  CHECK(redacted("x", "basic") == "basic");
  CHECK(redacted("api-key", "").empty());
}

TEST_CASE("a URL loses its userinfo and its query") {
  CHECK(redact_url("https://me:pw@host:1/p?k=v") == "https://[REDACTED]@host:1/p?[REDACTED]");
  CHECK(redact_url("http://host/p") == "http://host/p");
  CHECK(redact_url("http://host/a@b") == "http://host/a@b");
  CHECK(redact_url("me:pw@host") == "[REDACTED]@host");
}
