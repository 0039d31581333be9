// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/redact_text.hpp"

#include <string>

#include <doctest/doctest.h>

using otelctl::redact_text;

TEST_CASE("what follows a secret's name is redacted") {
  CHECK(redact_text("GET /x?api_key=abc&n=1") == "GET /x?api_key=[REDACTED]&n=1");
  CHECK(redact_text("dsn host=db password=hunter user=x") ==
        "dsn host=db password=[REDACTED] user=x");
  CHECK(redact_text(R"({"password": "geheim", "n": 1})") ==
        R"({"password": "[REDACTED]", "n": 1})");
  CHECK(redact_text("x-api-key: a1b2c3") == "x-api-key: [REDACTED]");
  CHECK(redact_text("where token = 'abc def'") == "where token = '[REDACTED]'");
  CHECK(redact_text("Cookie: session=5f3") == "Cookie: [REDACTED]");
}

TEST_CASE("schemes, keys and userinfo are redacted wherever they stand") {
  CHECK(redact_text("sent authorization: Bearer abc.def-123 twice") ==
        "sent authorization: Bearer [REDACTED] twice");
  CHECK(redact_text("Basic dXNlcjpwYXNz=") == "Basic [REDACTED]");
  CHECK(redact_text("key ghp_0123456789abcdef was refused") == "key [REDACTED] was refused");
  CHECK(redact_text("postgres://u:p@db/x") == "postgres://[REDACTED]@db/x");
  CHECK(redact_text("postgres://u:p/w#1@db/x") == "postgres://[REDACTED]@db/x");
}

TEST_CASE("words of messages stay") {
  for (const char* text :
       {"unexpected token: 'x'", "invalid token: expired", "Basic needs", "the bearer of news",
        "https://example.com/a?b=c", "GET /token", "password", "token=", "", "a:b", "SELECT 1"}) {
    CHECK(redact_text(text) == text);
  }
}

TEST_CASE("a long text that is full of beginnings is gone over once") {
  std::string names;
  std::string urls;
  std::string schemes;
  for (int i = 0; i < 300'000; ++i) {
    names += "token:";
    urls += "://a:b";
    schemes += "basic/";
  }
  CHECK(redact_text(names) == names);
  CHECK(redact_text(urls) == urls);
  CHECK(redact_text(schemes) == schemes);
}
