// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/proxy.hpp"

#include <map>
#include <string>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::net;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

ProxyChoice choose(const char* url, const Environment& environment,
                   Transport transport = Transport::http) {
  const auto choice = choose_proxy(*parse_url(url), transport, environment);
  REQUIRE(choice);
  return *choice;
}

}  // namespace

TEST_CASE("Without variables there is no proxy and nothing to say") {
  const auto choice = choose("http://collector:4318", Environment());
  CHECK(choice.direct());
  CHECK(choice.note.empty());
}

TEST_CASE("The scheme decides which variable counts") {
  const Environment environment(
      Variables{{"http_proxy", "http://p1:3128"}, {"HTTPS_PROXY", "p2:3128"}});
  CHECK(choose("http://collector", environment).url == "http://p1:3128");
  CHECK(choose("http://collector", environment).variable == "http_proxy");
  CHECK(choose("https://collector", environment).url == "http://p2:3128");
  CHECK(choose("https://collector", Environment(Variables{{"all_proxy", "http://p3:1"}})).url ==
        "http://p3:1");
}

TEST_CASE("HTTP_PROXY is a request header in CGI and never a setting") {
  CHECK(choose("http://collector", Environment(Variables{{"HTTP_PROXY", "http://p:1"}})).direct());
}

TEST_CASE("grpc_proxy counts for gRPC only") {
  const Environment environment(Variables{{"grpc_proxy", "http://g:1"}});
  CHECK(choose("http://collector:4317", environment, Transport::grpc).url == "http://g:1");
  CHECK(choose("http://collector:4318", environment, Transport::http).direct());
}

TEST_CASE("Loopback goes past the proxy, with a note that names the variable") {
  const Environment environment(Variables{{"http_proxy", "http://p:1"}});
  for (const char* url : {"http://localhost:4318", "http://127.0.0.1:4318", "http://[::1]:4318"}) {
    CAPTURE(url);
    const auto choice = choose(url, environment);
    CHECK(choice.direct());
    CHECK(choice.note.find("http_proxy") != std::string::npos);
  }
}

TEST_CASE("no_proxy excepts names with their subdomains, addresses and blocks") {
  const auto direct = [](const char* url, const char* exceptions) {
    return choose(url,
                  Environment(Variables{{"http_proxy", "http://p:1"}, {"no_proxy", exceptions}}))
        .direct();
  };
  CHECK(direct("http://a.example.com", "example.com"));
  CHECK(direct("http://a.example.com", " other , .Example.com"));
  CHECK(direct("http://a.example.com", "*.example.com"));
  CHECK(direct("http://example.com", "example.com"));
  CHECK(direct("http://anything", "*"));
  CHECK(direct("http://10.1.2.3", "10.1.2.3"));
  CHECK(direct("http://10.1.2.3", "10.0.0.0/8"));
  CHECK(direct("http://[fd00::1]", "fd00::/8"));
  CHECK_FALSE(direct("http://badexample.com", "example.com"));
  CHECK_FALSE(direct("http://11.1.2.3", "10.0.0.0/8"));
  CHECK_FALSE(direct("http://10.1.2.3", "10.0.0.0/99"));
  CHECK_FALSE(direct("http://110.1.2.3", "0.1.2.3"));
  CHECK_FALSE(direct("http://collector", ",,"));
}

TEST_CASE("A proxy's URL has its port, and keeps user and password as they were") {
  const auto url_of = [](const char* proxy) {
    return choose("http://collector", Environment(Variables{{"http_proxy", proxy}})).url;
  };
  CHECK(url_of("proxy") == "http://proxy:80");
  CHECK(url_of("https://proxy") == "https://proxy:443");
  CHECK(url_of("HTTP://proxy:3128/") == "http://proxy:3128");
  CHECK(url_of("http://m%40e:p@w@proxy:3128/path") == "http://m%40e:p@w@proxy:3128");
  CHECK(url_of(" [fd00::1]:3128 ") == "http://[fd00::1]:3128");
}

TEST_CASE("A proxy that is no HTTP proxy is refused where it would count, without its password") {
  for (const char* proxy : {"socks5h://me:secret@proxy:1080", "http://me:se/secret@proxy",
                            "http://proxy:secret", "::::"}) {
    CAPTURE(proxy);
    const Environment environment(Variables{{"all_proxy", proxy}});
    const auto refused = choose_proxy(*parse_url("https://c:4317"), Transport::grpc, environment);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::settings);
    CHECK(refused.error().message.starts_with("all_proxy: "));
    CHECK(refused.error().message.find("me:") == std::string::npos);
    CHECK(refused.error().hint.find("except c with no_proxy") != std::string::npos);
    CHECK(choose("http://localhost:4317", environment).direct());
  }
}
