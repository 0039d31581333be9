// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/trace_reference.hpp"

#include <doctest/doctest.h>

#include "tests/support/memory_backend.hpp"

using namespace otelctl;
using namespace otelctl::query;
using std::chrono::hours;
using std::chrono::minutes;
using test::k_now;
using test::make_summary;
using test::MemoryBackend;

namespace {

std::string read(std::string_view text) {
  const auto reference = parse_trace_reference(text);
  if (!reference) {
    CHECK(reference.error().kind == ErrorKind::usage);
    return "error";
  }
  std::string shown = reference->id ? to_hex(*reference->id) : "";
  if (!reference->prefix.empty()) {
    shown += " prefix " + reference->prefix;
  }
  if (reference->back) {
    shown += "back " + std::to_string(*reference->back);
  }
  if (reference->backend_url) {
    shown += " at " + *reference->backend_url;
  }
  return shown;
}

MemoryBackend with_traces() {
  MemoryBackend backend;
  trace::Summary first = make_summary(1, minutes(1));
  first.id = parse_hex<TraceId>("abcdef00000000000000000000000001").value();
  trace::Summary second = make_summary(2, minutes(2));
  second.id = parse_hex<TraceId>("abcdef11000000000000000000000002").value();
  trace::Summary third = make_summary(3, hours(5));
  third.id = parse_hex<TraceId>("00000000000000001234567890abcdef").value();
  backend.traces = {first, second, third};
  return backend;
}

std::string fetch(std::string_view text) {
  MemoryBackend backend = with_traces();
  const auto found = fetch_trace(backend, parse_trace_reference(text).value(), k_now);
  return found ? to_hex(found->id)
               : std::string(name_of(found.error().kind)) + ": " + found.error().message;
}

}  // namespace

TEST_CASE("a whole id is an id") {
  CHECK(read("0AF7651916CD43DD8448EB211C80319C") == "0af7651916cd43dd8448eb211c80319c");
  CHECK(read(" 0af7651916cd43dd8448eb211c80319c\n") == "0af7651916cd43dd8448eb211c80319c");
}

TEST_CASE("a shorter one may have lost zeros or be a prefix") {
  CHECK(read("8448EB211C80319C") == "00000000000000008448eb211c80319c prefix 8448eb211c80319c");
  CHECK(read("abcde") == "000000000000000000000000000abcde");
}

TEST_CASE("the newest traces have names") {
  CHECK(read("last") == "back 0");
  CHECK(read("last~2") == "back 2");
  CHECK(read("last~") == "error");
  CHECK(read("last~x") == "error");
  CHECK(read("last2") == "error");
  CHECK(read("last~99999") == "error");
}

TEST_CASE("a traceparent names its trace") {
  CHECK(read("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01") ==
        "0af7651916cd43dd8448eb211c80319c");
  CHECK(read("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331") == "error");
}

TEST_CASE("the URL of a page names the trace and the backend") {
  CHECK(read("http://h:16686/trace/0af7651916cd43dd8448eb211c80319c?uiFind=x") ==
        "0af7651916cd43dd8448eb211c80319c at http://h:16686");
  CHECK(read("https://h/jaeger/trace/8448eb211c80319c#span") ==
        "00000000000000008448eb211c80319c at https://h/jaeger");
  CHECK(read("http://h/api/traces/01") == "00000000000000000000000000000001 at http://h");
  CHECK(read("http://h/api/v3/traces/01/") == "00000000000000000000000000000001 at http://h");
  CHECK(read("http://h/search?service=x") == "error");
  CHECK(read("http://h/trace/xyz") == "error");
}

TEST_CASE("anything else names nothing") {
  CHECK(read("") == "error");
  CHECK(read("checkout") == "error");
  CHECK(read("00000000000000000000000000000000") == "error");
  CHECK(read("0af7651916cd43dd8448eb211c80319c00") == "error");
}

TEST_CASE("a trace is fetched by what names it") {
  CHECK(fetch("abcdef00000000000000000000000001") == "abcdef00000000000000000000000001");
  CHECK(fetch("1234567890abcdef") == "00000000000000001234567890abcdef");
  CHECK(fetch("abcdef1") == "abcdef11000000000000000000000002");
  CHECK(fetch("last") == "abcdef00000000000000000000000001");
  CHECK(fetch("last~2") == "00000000000000001234567890abcdef");
}

TEST_CASE("a trace that is not there is not seen, and one of several is asked for") {
  CHECK(fetch("ffffffffffffffffffffffffffffffff") == "not_seen: the backend has no such trace");
  CHECK(fetch("fffffff") == "not_seen: none of the last 3 traces begins with fffffff");
  CHECK(fetch("abcdef") == "usage: 2 traces begin with abcdef");
  CHECK(fetch("last~3") == "not_seen: the backend has only 3 traces of the last 48h");
}

TEST_CASE("pages of Zipkin and routes of its API and of Tempo's name the backend") {
  const std::string id = "0af7651916cd43dd8448eb211c80319c";
  CHECK(read("http://h:9411/zipkin/traces/" + id) == id + " at http://h:9411/zipkin");
  CHECK(read("https://h/obs/zipkin/traces/" + id + "?x=y") == id + " at https://h/obs/zipkin");
  CHECK(read("http://h:9411/api/v2/trace/" + id) == id + " at http://h:9411");
  CHECK(read("http://h:9411/zipkin/api/v2/trace/" + id) == id + " at http://h:9411/zipkin");
  CHECK(read("http://h:3200/tempo/api/v2/traces/" + id) == id + " at http://h:3200/tempo");
  CHECK(read("http://h:9411/zipkin/traces/xyz") == "error");
}
