// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/query_settings.hpp"

#include <map>
#include <string>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::settings;
using namespace std::chrono_literals;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

Result<QuerySettings> resolve(const QueryFlags& flags, const Variables& variables = {}) {
  return resolve_query(flags, Environment(variables));
}

QueryFlags backend(const std::string& text) {
  QueryFlags flags;
  flags.backend = text;
  return flags;
}

}  // namespace

TEST_CASE("Jaeger on localhost is the default, and the variable and the flag beat it") {
  CHECK(resolve({})->url->to_string() == "http://localhost:16686");
  CHECK(resolve({})->timeout == 30s);
  const Variables variables{{"OTELCTL_BACKEND", "http://env:16686/"}};
  CHECK(resolve({}, variables)->url->to_string() == "http://env:16686");
  const auto flag = resolve(backend("https://flag/jaeger//"), variables);
  CHECK(flag->url->to_string() == "https://flag/jaeger");
  REQUIRE(flag->notes.size() == 1);
  CHECK(flag->notes[0] == "--backend overrules OTELCTL_BACKEND");
}

TEST_CASE("What is no URL is a file, and a host with a port is a server") {
  CHECK(resolve(backend("traces.json"))->file == "traces.json");
  CHECK(resolve(backend("traces.json"))->kind == BackendKind::file);
  CHECK(resolve(backend("-"))->file == "-");
  CHECK(resolve(backend("/tmp/a:b"))->file == "/tmp/a:b");
  CHECK_FALSE(resolve(backend("traces.json"))->url);
  const auto server = resolve(backend("tempo:3200"));
  CHECK(server->url->to_string() == "http://tempo:3200");
  CHECK(server->notes.size() == 1);
}

TEST_CASE("The kind is one of a few, and a server's kind needs a URL") {
  QueryFlags flags = backend("http://t:3200");
  flags.backend_kind = "Tempo";
  CHECK(resolve(flags)->kind == BackendKind::tempo);
  flags.backend_kind = "jager";
  const auto misspelt = resolve(flags);
  REQUIRE_FALSE(misspelt);
  CHECK(misspelt.error().kind == ErrorKind::usage);
  CHECK(misspelt.error().hint.find("jaeger") != std::string::npos);
  flags = backend("traces.json");
  flags.backend_kind = "tempo";
  CHECK_FALSE(resolve(flags));
}

TEST_CASE("The tenant is a header, and a header of that name replaces it") {
  QueryFlags flags;
  flags.tenant = "one";
  flags.headers = {"Authorization=Bearer x"};
  const auto settings = resolve(flags);
  REQUIRE(settings);
  REQUIRE(settings->headers.size() == 2);
  CHECK(settings->headers[0].name == "x-scope-orgid");
  CHECK(settings->headers[0].value == "one");
  for (const Setting& setting : settings->settings) {
    CHECK(setting.value.find("Bearer") == std::string::npos);
  }
  flags.headers = {"X-Scope-OrgID=two"};
  const auto replaced = resolve(flags);
  REQUIRE(replaced->headers.size() == 1);
  CHECK(replaced->headers[0].value == "two");
}

TEST_CASE("Bad values are usage errors, in a variable errors of settings") {
  CHECK(resolve(backend("http://h:99999")).error().kind == ErrorKind::usage);
  CHECK(resolve(backend("ftp://h")).error().kind == ErrorKind::usage);
  CHECK(resolve({}, {{"OTELCTL_BACKEND", "http://h:x"}}).error().kind == ErrorKind::settings);
  QueryFlags flags;
  flags.timeout = 0s;
  CHECK(resolve(flags).error().kind == ErrorKind::usage);
  flags.timeout = 1s;
  flags.headers = {"x"};
  CHECK(resolve(flags).error().kind == ErrorKind::usage);
}

TEST_CASE("A URL's user and password are Basic authentication, unless a header says otherwise") {
  const auto settings = resolve(backend("http://me:p%40ss@h:9411/"));
  REQUIRE(settings);
  REQUIRE(settings->headers.size() == 1);
  CHECK(settings->headers[0].name == "authorization");
  CHECK(settings->headers[0].value == "Basic bWU6cEBzcw==");
  CHECK(settings->url->to_string() == "http://h:9411");
  CHECK(settings->notes.empty());
  for (const Setting& setting : settings->settings) {
    CHECK(setting.value.find("p@ss") == std::string::npos);
    CHECK(setting.value.find("bWU6") == std::string::npos);
  }
  QueryFlags flags = backend("http://me:pass@h");
  flags.headers = {"Authorization=Bearer abc"};
  const auto replaced = resolve(flags);
  REQUIRE(replaced->headers.size() == 1);
  CHECK(replaced->headers[0].value == "Bearer abc");
  CHECK(resolve(backend("http://h"))->headers.empty());
  CHECK(resolve(backend("http://only-user@h"))->headers[0].value == "Basic b25seS11c2VyOg==");
  CHECK(resolve(backend("http://100%:%zz@h"))->headers[0].value == "Basic MTAwJToleno=");
}
