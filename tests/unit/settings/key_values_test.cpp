// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/key_values.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace otelctl;
using namespace otelctl::settings;

namespace {

std::string shown(const Result<std::vector<KeyValue>>& pairs) {
  REQUIRE(pairs);
  std::string text;
  for (const KeyValue& pair : *pairs) {
    text += "[" + pair.key + "|" + pair.value + "]";
  }
  return text;
}

}  // namespace

TEST_CASE("Lists are read as the specification writes them") {
  CHECK(shown(parse_key_values("")).empty());
  CHECK(shown(parse_key_values("a=1,b=2")) == "[a|1][b|2]");
  CHECK(shown(parse_key_values(" a = 1 ,\tb=2 ,, ")) == "[a|1][b|2]");
  CHECK(shown(parse_key_values("a=")) == "[a|]");
  CHECK(shown(parse_key_values("key=abc==")) == "[key|abc==]");
  CHECK(shown(parse_key_values("a=Bearer%20x%2Cy")) == "[a|Bearer x,y]");
  CHECK(shown(parse_key_values("a=Bearer x")) == "[a|Bearer x]");
  CHECK(shown(parse_key_values("a=1,b=2,a=3")) == "[a|3][b|2]");
  CHECK(shown(parse_key_values("a=%ff")) == "[a|\xef\xbf\xbd]");
  CHECK(shown(parse_key_values("a=x+y")) == "[a|x+y]");
}

TEST_CASE("An item that cannot be read is named by its number and never shown") {
  for (const char* text :
       {"a=1,secretsecret", "a=1,=secretsecret", "a=1,b=secret%zz", "a=1,b=x%2"}) {
    CAPTURE(text);
    const auto pairs = parse_key_values(text);
    REQUIRE_FALSE(pairs);
    CHECK(pairs.error().kind == ErrorKind::settings);
    CHECK(pairs.error().message.starts_with("item 2 "));
    CHECK(pairs.error().message.find("secret") == std::string::npos);
  }
}

TEST_CASE("A flag's pair is taken literally") {
  const auto pair = parse_flag_pair("--header", "authorization=Basic YTpi=%20");
  REQUIRE(pair);
  CHECK(pair->key == "authorization");
  CHECK(pair->value == "Basic YTpi=%20");
  for (const char* text : {"no-equals", "=x", " =x", ""}) {
    const auto bad = parse_flag_pair("--header", text);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().kind == ErrorKind::usage);
    CHECK(bad.error().message.find("--header") != std::string::npos);
  }
}

TEST_CASE("Only headers that can be sent are legal") {
  using net::Transport;
  const auto legal = [](const char* name, const std::string& value, Transport transport) {
    return !header_problem({name, value}, transport);
  };
  CHECK(legal("x-api-key", "abc 123", Transport::grpc));
  CHECK(legal("X-Api-Key", "abc", Transport::http));
  CHECK(legal("x-utf8", "\xc3\xa4", Transport::http));
  CHECK(legal("x-data-bin", "\xc3\xa4", Transport::grpc));
  CHECK_FALSE(legal("x-utf8", "\xc3\xa4", Transport::grpc));
  CHECK_FALSE(legal("x!y", "a", Transport::grpc));
  CHECK(legal("x!y", "a", Transport::http));
  CHECK_FALSE(legal("grpc-timeout", "1S", Transport::grpc));
  for (const Transport transport : {Transport::grpc, Transport::http}) {
    CHECK_FALSE(legal("", "a", transport));
    CHECK_FALSE(legal("a b", "c", transport));
    CHECK_FALSE(legal("a:", "c", transport));
    CHECK_FALSE(legal("a", "b\r\nc: d", transport));
    for (const char* reserved : {"Content-Type", "host", "TE", "user-agent", "content-length"}) {
      CHECK_FALSE(legal(reserved, "x", transport));
    }
  }
}

TEST_CASE("A problem with a header never shows its value") {
  const auto problem = header_problem({"authorization", "secret\n"}, net::Transport::http);
  REQUIRE(problem);
  CHECK(problem->find("secret") == std::string::npos);
  CHECK(problem->find("authorization") != std::string::npos);
}

TEST_CASE("What follows in an illegal header name is not shown: it may be a value") {
  const auto problem = header_problem({"Authorization: Bearer hush", "="}, net::Transport::http);
  CHECK(problem.value_or("") ==
        "header 'authorization...' is not a legal header name: it holds ':'");
}

TEST_CASE("Headers come from flags and from files of flags, in their order") {
  const test::TemporaryFolder folder;
  const std::string file = folder.path("headers");
  REQUIRE(write_file(file,
                     "# of the staging tenant\r\n\r\nAuthorization: Bearer a=b:c\r\n"
                     " x-key = k=v \n"));
  const auto headers = read_header_flags("--header", {"a=1", "@" + file, "b=@x"});
  REQUIRE(headers);
  REQUIRE(headers->size() == 4);
  CHECK((*headers)[0].key == "a");
  CHECK((*headers)[1].key == "Authorization");
  CHECK((*headers)[1].value == "Bearer a=b:c");
  CHECK((*headers)[2].key == "x-key");
  CHECK((*headers)[2].value == "k=v");
  CHECK((*headers)[3].value == "@x");
}

TEST_CASE("Headers that cannot be read say where, and never what") {
  const test::TemporaryFolder folder;
  const std::string file = folder.path("headers");
  REQUIRE(write_file(file, "a=1\n\nhush\n"));
  const auto no_pair = read_header_flags("--header", {"@" + file});
  REQUIRE_FALSE(no_pair);
  CHECK(no_pair.error().kind == ErrorKind::settings);
  CHECK(no_pair.error().message == "--header: " + file + ":3: neither KEY=VALUE nor 'Key: value'");
  const auto missing = read_header_flags("--header", {"@" + folder.path("none")});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.starts_with("--header: " + folder.path("none") + ": "));
  for (const char* text : {"Authorization: Bearer hush", "Authorization: Basic hush=="}) {
    const auto of_curl = read_header_flags("--header", {text});
    REQUIRE_FALSE(of_curl);
    CHECK(of_curl.error().kind == ErrorKind::usage);
    CHECK(of_curl.error().message == "--header: expected KEY=VALUE, not 'Key: value'");
    CHECK(of_curl.error().hint.find("hush") == std::string::npos);
  }
}
