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

TEST_CASE("attributes that hold secrets are told from those that speak about tokens") {
  for (const char* key :
       {"http.request.header.authorization", "http.request.header.Set-Cookie", "db.password",
        "http.request.header.x-api-key", "accessToken", "OPENAI_API_KEY", "password"}) {
    CAPTURE(key);
    CHECK(is_secret_attribute(key));
  }
  for (const char* key : {"gen_ai.usage.input_tokens", "gen_ai.token.type", "token.count",
                          "http.route", "cookie.size", ""}) {
    CAPTURE(key);
    CHECK_FALSE(is_secret_attribute(key));
  }
}

TEST_CASE("secrets are known by their own looks") {
  CHECK(redacted("x", "Bearer abcdefgh") == k_redacted);
  CHECK(redacted("x", "sk-1234567890") == k_redacted);
  CHECK(redacted("x", "ghp_1234567890") == k_redacted);
  CHECK(redacted("x", "basic") == "basic");
  CHECK(redacted("api-key", "").empty());
}

TEST_CASE("words that begin as secrets do are none") {
  CHECK_FALSE(looks_secret("basic subscription"));
  CHECK_FALSE(looks_secret("Basic authentication is used"));
  CHECK_FALSE(looks_secret("Bearer of good news"));
  CHECK_FALSE(looks_secret("sk-SK,sk;q=0.9"));
  CHECK(looks_secret("Basic dXNlcjpwYXNz"));
  CHECK(looks_secret("Bearer onlysmallletters"));
}

TEST_CASE("a URL loses its userinfo and its query") {
  CHECK(redact_url("https://me:pw@host:1/p?k=v") == "https://[REDACTED]@host:1/p?[REDACTED]");
  CHECK(redact_url("http://host/p") == "http://host/p");
  CHECK(redact_url("http://host/a@b") == "http://host/a@b");
  CHECK(redact_url("me:pw@host") == "[REDACTED]@host");
  CHECK(redact_url("//me:pw@host/p") == "//[REDACTED]@host/p");
  CHECK(redact_url("/login?next=x") == "/login?[REDACTED]");
  CHECK(redact_url("http://host:4318/a@b") == "http://host:4318/a@b");
  CHECK(redact_url("http://[::1]:4318/a@b") == "http://[::1]:4318/a@b");
}

TEST_CASE("a password that nobody has encoded is redacted whole") {
  for (const char* url : {"http://me:p/w@host:1/p", "http://me:p?w@host:1/p",
                          "http://me:p#w@host:1/p", "http://me:/p@w@host:1/p"}) {
    CAPTURE(url);
    CHECK(redact_url(url) == "http://[REDACTED]@host:1/p");
  }
}
