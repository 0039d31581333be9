// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Jaeger's API over gRPC: the backend, and how the commands come to it.
#include "query/jaeger_grpc.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "query/backend.hpp"
#include "query/jaeger.hpp"
#include "query/last.hpp"
#include "settings/query_settings.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/fake_jaeger.hpp"
#include "tests/support/fake_jaeger_grpc.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_context.hpp"
#include "tests/support/three_traces.hpp"
#include "trace/tree.hpp"

using namespace otelctl;
using namespace otelctl::query;
using test::FakeJaeger;
using test::FakeJaegerGrpc;
using test::FakeJaegerGrpcOptions;
using test::GrpcCall;
using test::TestRun;
using test::three_traces;

namespace {

using Names = std::vector<std::string>;

settings::QuerySettings settings_for(settings::QueryFlags flags) {
  return settings::resolve_query(flags, Environment()).value();
}

settings::QuerySettings settings_for(const std::string& url) {
  settings::QueryFlags flags;
  flags.backend = url;
  return settings_for(flags);
}

LastQuery last() {
  LastQuery query;
  query.now = test::k_hour_after_zero;
  query.since = query.now - std::chrono::hours(2);
  return query;
}

Names methods(const FakeJaegerGrpc& jaeger) {
  Names names;
  for (const GrpcCall& call : jaeger.calls()) {
    names.push_back(call.method.substr(call.method.rfind('/') + 1));
  }
  return names;
}

std::size_t count(const Names& names, const std::string& name) {
  return static_cast<std::size_t>(std::count(names.begin(), names.end(), name));
}

}  // namespace

TEST_CASE("Jaeger over gRPC gives its traces, with summaries and without") {
  for (const bool has_summaries : {true, false}) {
    for (const bool is_gzip : {true, false}) {
      FakeJaegerGrpcOptions options;
      options.has_summaries = has_summaries;
      options.is_gzip = is_gzip;
      const FakeJaegerGrpc jaeger(options, three_traces());
      JaegerGrpc backend(settings_for(jaeger.url()));
      const auto found = find_last(backend, last());
      REQUIRE(found.has_value());
      REQUIRE(found->traces.size() == 3);
      CHECK(found->traces[0].error_count == 1);
      const trace::Summary& oldest = found->traces[2];
      CHECK(oldest.id == test::trace_id(1));
      CHECK(oldest.root_service == "shop");
      CHECK(oldest.root_name == "GET /");
      CHECK(oldest.duration == std::chrono::milliseconds(9));
      CHECK(oldest.span_count == 2);
      CHECK(oldest.services.size() == 2);
      CHECK(backend.ships_whole_traces() != has_summaries);
      CHECK(count(methods(jaeger), "FindTraceSummaries") <= (has_summaries ? 99U : 1U));

      const auto trace = backend.trace(test::trace_id(1));
      REQUIRE(trace.has_value());
      REQUIRE(trace->spans.size() == 2);
      CHECK(trace::build_tree(*trace).depth == std::vector<std::uint32_t>{0, 1});
      CHECK(backend.probe()->dialect == "grpc");
      CHECK(backend.probe()->url == jaeger.url());
      CHECK(backend.services().value() == Names{"mail", "payment", "shop"});
      CHECK(backend.operations("shop").value() == Names{"GET /"});
    }
  }
}

TEST_CASE("a trace that is not there is not seen over gRPC, however that is said") {
  for (const bool says_so : {true, false}) {
    FakeJaegerGrpcOptions options;
    options.says_not_found = says_so;
    const FakeJaegerGrpc jaeger(options, three_traces());
    const auto trace = JaegerGrpc(settings_for(jaeger.url())).trace(test::trace_id(99));
    REQUIRE_FALSE(trace.has_value());
    CHECK(trace.error().kind == ErrorKind::not_seen);
  }
}

TEST_CASE("a store behind gRPC that needs a service is asked for each") {
  FakeJaegerGrpcOptions options;
  options.needs_service = true;
  const FakeJaegerGrpc jaeger(options, three_traces());
  JaegerGrpc backend(settings_for(jaeger.url()));
  const auto found = find_last(backend, last());
  REQUIRE(found.has_value());
  CHECK(found->traces.size() == 3);
}

TEST_CASE("statuses become kinds of errors, with the server's words escaped") {
  const struct {
    int code;
    ErrorKind kind;
    const char* name;
  } cases[] = {{14, ErrorKind::unreachable, "UNAVAILABLE"},
               {4, ErrorKind::unreachable, "DEADLINE_EXCEEDED"},
               {16, ErrorKind::refused, "UNAUTHENTICATED"},
               {7, ErrorKind::refused, "PERMISSION_DENIED"},
               {12, ErrorKind::not_understood, "UNIMPLEMENTED"},
               {2, ErrorKind::not_understood, "UNKNOWN"},
               {13, ErrorKind::not_understood, "INTERNAL"}};
  for (const auto& each : cases) {
    FakeJaegerGrpcOptions options;
    options.code = each.code;
    options.message = "missing tenant\x1b[31m";
    const FakeJaegerGrpc jaeger(options, {});
    JaegerGrpc backend(settings_for(jaeger.url()));
    for (const Error& error : {backend.services().error(), backend.search({}).error(),
                               backend.trace(test::trace_id(1)).error()}) {
      CAPTURE(error.message);
      CHECK(error.kind == each.kind);
      CHECK(error.message == jaeger.url() + ": " + each.name + ": missing tenant\\x1b[31m");
      CHECK_FALSE(error.hint.empty());
    }
  }
}

TEST_CASE("tenant and token go out under the names that Jaeger reads over gRPC") {
  const FakeJaegerGrpc jaeger({}, three_traces());
  settings::QueryFlags flags;
  flags.backend = jaeger.url();
  flags.tenant = "team-a";
  flags.headers = {"Authorization=Bearer abc"};
  REQUIRE(JaegerGrpc(settings_for(flags)).services().has_value());
  const auto metadata = jaeger.calls().front().metadata;
  CHECK(metadata.at("x-tenant") == "team-a");
  CHECK(metadata.at("authorization") == "Bearer abc");
  CHECK(metadata.at("bearer.token") == "abc");
  // gRPC would end the process on a value that is not legal.
  flags.headers = {"x-note=gr\xc3\xbc\xc3\x9f"};
  const auto refused = JaegerGrpc(settings_for(flags)).services();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::settings);
}

TEST_CASE("Jaeger over gRPC with TLS needs the authority that issued its certificate") {
  const test::Authority authority;
  FakeJaegerGrpcOptions options;
  options.tls = test::TlsWish{authority.issue()};
  const FakeJaegerGrpc jaeger(options, three_traces());
  const test::TemporaryFolder folder;
  const std::string file = folder.path("ca.pem");
  std::ofstream(file) << authority.certificate();
  settings::QueryFlags flags;
  flags.backend = jaeger.url();
  const auto refused = JaegerGrpc(settings_for(flags)).services();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::unreachable);
  CHECK(refused.error().hint.find("--backend-ca") != std::string::npos);
  flags.ca_file = file;
  CHECK(JaegerGrpc(settings_for(flags)).services().has_value());
  const auto found = open_backend(settings_for(flags)).value()->probe();
  REQUIRE(found.has_value());
  CHECK(found->dialect == "grpc");
}

TEST_CASE("a gRPC port as --backend is told by its behaviour") {
  const FakeJaegerGrpc jaeger({}, three_traces());
  const TestRun list({"show-traces", "--backend", jaeger.url(), "--since", "2026-08-20T00:00:00Z",
                      "--until", "2026-08-21T00:00:00Z", "--format", "json"});
  CAPTURE(list.err());
  CHECK(list.status() == 0);
  CHECK(list.out().find("\"dialect\": \"grpc\"") != std::string::npos);
  CHECK(list.out().find(to_hex(test::trace_id(2))) != std::string::npos);
  const TestRun one({"show-trace", to_hex(test::trace_id(1)), "--backend", jaeger.url()});
  CHECK(one.status() == 0);
  CHECK(one.out().find("charge") != std::string::npos);
}

TEST_CASE("what a gRPC port answers is what is said of it") {
  const struct {
    int code;
    int status;
    const char* words;
  } cases[] = {{12, 5, "UNIMPLEMENTED"}, {16, 4, "UNAUTHENTICATED"}, {14, 3, "UNAVAILABLE"}};
  for (const auto& each : cases) {
    FakeJaegerGrpcOptions options;
    options.code = each.code;
    const FakeJaegerGrpc server(options, {});
    const TestRun list({"show-traces", "--backend", server.url()});
    CAPTURE(list.err());
    CHECK(list.status() == each.status);
    CHECK(list.out().empty());
    CHECK(list.err().find(each.words) != std::string::npos);
  }
}

TEST_CASE("a trace that a search shows to be large comes over gRPC where that answers") {
  const FakeJaegerGrpc grpc({}, three_traces());
  const FakeJaeger http({}, three_traces());
  const auto grpc_url = *net::parse_url(grpc.url());
  Jaeger backend(settings_for(http.url()), grpc_url, 1);
  REQUIRE(find_last(backend, last()).has_value());
  CHECK(grpc.calls().empty());
  // Of one span, then of two.
  REQUIRE(backend.trace(test::trace_id(2)).has_value());
  CHECK(grpc.calls().empty());
  const auto large = backend.trace(test::trace_id(1));
  REQUIRE(large.has_value());
  CHECK(large->spans.size() == 2);
  CHECK(count(methods(grpc), "GetTrace") == 1);
  const Names paths = http.paths();
  CHECK(count(paths, "/api/v3/traces/" + to_hex(test::trace_id(1))) == 0);
  CHECK(backend.probe()->dialect == "v3");
}

TEST_CASE("a large trace comes over HTTP where the gRPC port does not answer, without a word") {
  std::string closed;
  {
    const FakeJaegerGrpc gone({}, {});
    closed = gone.url();
  }
  FakeJaegerGrpcOptions options;
  options.code = 14;
  const FakeJaegerGrpc failing(options, {});
  const FakeJaegerGrpc empty({}, {});
  for (const std::string& url : {closed, failing.url(), empty.url()}) {
    const FakeJaeger http({}, three_traces());
    Jaeger backend(settings_for(http.url()), *net::parse_url(url), 1);
    REQUIRE(find_last(backend, last()).has_value());
    const auto large = backend.trace(test::trace_id(1));
    REQUIRE(large.has_value());
    CHECK(large->spans.size() == 2);
    CHECK(backend.notes().empty());
  }
}
