// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/url.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/base64.hpp"

using namespace otelctl;
using namespace otelctl::net;

TEST_CASE("A URL is taken apart and put together again") {
  const auto url = parse_url("HTTP://Collector:4318/my/v1/traces?a=b");
  REQUIRE(url);
  CHECK(url->scheme == "http");
  CHECK(url->host == "Collector");
  CHECK(url->port == 4318);
  CHECK(url->path == "/my/v1/traces");
  CHECK(url->query == "a=b");
  CHECK(url->to_string() == "http://Collector:4318/my/v1/traces?a=b");
  CHECK(url->host_and_port() == "Collector:4318");
}

TEST_CASE("A missing port is the scheme's and not OTLP's") {
  CHECK(parse_url("http://c")->port_or_default() == 80);
  CHECK(parse_url("https://c/x")->port_or_default() == 443);
  CHECK_FALSE(parse_url("https://c/x")->port);
  CHECK(parse_url("https://c/x")->to_string() == "https://c/x");
}

TEST_CASE("An IPv6 address stands in brackets and loses them") {
  const auto url = parse_url("http://[::1]:4317");
  REQUIRE(url);
  CHECK(url->host == "::1");
  CHECK(url->host_and_port() == "[::1]:4317");
  CHECK(url->to_string() == "http://[::1]:4317");
}

TEST_CASE("User, password and fragment are dropped and reported") {
  const auto url = parse_url("https://me:secret@host/x#part");
  REQUIRE(url);
  CHECK(url->has_userinfo);
  CHECK(url->has_fragment);
  CHECK(url->to_string() == "https://host/x");
}

TEST_CASE("What the libraries would misread is refused") {
  const std::vector<std::string> bad{
      "localhost:4317",     // a scheme "localhost" to some
      "grpc://c:4317",      // not a scheme of URLs here
      "http://",            // no host
      "http:///v1/traces",  // libcurl: host v1
      "http://c:99999",     // gRPC: port 34463
      "http://c:0",        "http://c:",       "http://c:abc",   "http://c:4317x",
      "http://::1:4317",  // gRPC: a name to resolve
      "http://[::1",       "http://[nope]:1", "http://[::1]x",  "http://a b:1",
      "http://c:4317/a b", "http://c\n:4317", "http://ho%st:1", "http://k\xc3\xb6ln:1"};
  for (const std::string& text : bad) {
    CAPTURE(text);
    const auto url = parse_url(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().kind == ErrorKind::settings);
    CHECK_FALSE(url.error().message.empty());
  }
}

TEST_CASE("A message about a URL shows no password and no control character") {
  const auto url = parse_url("http://me:secret@c:99999/?key=abc");
  REQUIRE_FALSE(url);
  CHECK(url.error().message.find("secret") == std::string::npos);
  CHECK(url.error().message.find("abc") == std::string::npos);
  CHECK(parse_url("http://\x1b[31m").error().message.find('\x1b') == std::string::npos);
}

TEST_CASE("A password with a slash in it ends the host too early: that is said, and not shown") {
  for (const char* text :
       {"http://me:se/cret@c:4318/", "http://me:se?cret@c", "http://me:se#cret@c"}) {
    CAPTURE(text);
    const auto url = parse_url(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().message.find("'http://[REDACTED]@c") == 0);
    CHECK(url.error().message.find("the user or the password holds") != std::string::npos);
    CHECK(url.error().hint.find("%2F") != std::string::npos);
    CHECK(url.error().message.find("cret") == std::string::npos);
  }
}

TEST_CASE("Basic credentials are of the decoded login, which has a ':' always") {
  const auto basic = [](const char* login) { return "Basic " + encode_base64(login); };
  CHECK(basic_credentials("http://me:you@host/") == basic("me:you"));
  CHECK(basic_credentials("http://m%40e:p%3A%2fw@host") == basic("m@e:p:/w"));
  CHECK(basic_credentials("http://me@host") == basic("me:"));
  CHECK(basic_credentials("http://100%:%zz%4@host") == basic("100%:%zz%4"));
  CHECK_FALSE(basic_credentials("http://host/a@b"));
}

TEST_CASE("Loopback is known by its name") {
  for (const char* host :
       {"localhost", "LocalHost", "a.localhost", "127.0.0.1", "127.9.9.9", "::1"}) {
    CAPTURE(host);
    CHECK(is_loopback(host));
  }
  for (const char* host : {"collector", "128.0.0.1", "::2", "localhost.example", "0.0.0.0", ""}) {
    CAPTURE(host);
    CHECK_FALSE(is_loopback(host));
  }
}

TEST_CASE("A host and port needs its port") {
  CHECK(parse_host_port("c:1")->port == 1);
  CHECK(parse_host_port("[::1]:2")->host == "::1");
  CHECK_FALSE(parse_host_port("c"));
  CHECK_FALSE(parse_host_port("c:70000"));
  CHECK_FALSE(parse_host_port(":4317"));
}

TEST_CASE("A port that is none is shown without its control characters") {
  const auto pair = parse_host_port("localhost:43\x1b[31m17");
  REQUIRE_FALSE(pair);
  CHECK(pair.error().message.find('\x1b') == std::string::npos);
  CHECK(pair.error().message.find("\\x1b") != std::string::npos);
}
