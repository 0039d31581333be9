// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/platforms.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/environment.hpp"
#include "probe/platform_table.hpp"

using namespace otelctl;
using namespace otelctl::probe;
using settings::OtlpFlags;
using settings::OtlpSettings;

namespace {

// A target as the command line gives it, so that what is advised can be typed.
OtlpSettings target(const std::string& endpoint, const std::string& protocol = "http/protobuf",
                    std::vector<std::string> headers = {}, Signal signal = Signal::traces) {
  OtlpFlags flags;
  flags.endpoint = endpoint;
  flags.protocol = protocol;
  flags.headers = std::move(headers);
  auto settings = settings::resolve_otlp(flags, Environment(), signal);
  REQUIRE(settings);
  return std::move(*settings);
}

std::string messages(const OtlpSettings& settings) {
  std::string text;
  for (const Advice& advice : advise(settings)) {
    text += "[" + advice.message + "]";
  }
  return text;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A host that fits a row's first pattern.
std::string host_of(const Platform& platform) {
  std::string host(platform.hosts.substr(0, platform.hosts.find(' ')));
  while (contains(host, "*")) {
    host.replace(host.find('*'), 1, "x1");
  }
  return host;
}

// Headers as a row demands them.
std::vector<std::string> headers_of(const Platform& platform) {
  std::vector<std::string> headers;
  for (const HeaderDemand& demand : {platform.key, platform.second}) {
    if (!demand.name.empty()) {
      headers.push_back(std::string(demand.name) + "=" + std::string(demand.form));
    }
  }
  return headers;
}

}  // namespace

TEST_CASE("What is given as the documentation says needs no advice") {
  struct Row {
    std::string endpoint;
    std::string protocol;
    std::vector<std::string> headers;
  };
  const std::vector<Row> rows{
      {"https://api.honeycomb.io", "http/protobuf", {"x-honeycomb-team=k"}},
      {"https://api.eu1.honeycomb.io:443", "grpc", {"x-honeycomb-team=k"}},
      {"https://otlp.nr-data.net:4317", "grpc", {"api-key=k"}},
      {"https://otlp.eu01.nr-data.net", "http/protobuf", {"api-key=k"}},
      {"https://us.cloud.langfuse.com/api/public/otel",
       "http/protobuf",
       {"authorization=Basic cGs6c2s="}},
      {"https://cloud.langfuse.com/api/public/otel/v1/traces",
       "http/json",
       {"Authorization=basic cGs6c2s="}},
      {"http://langfuse:3000/api/public/otel", "http/protobuf", {"authorization=Basic cGs6c2s="}},
      {"https://otlp-gateway-prod-us-east-0.grafana.net/otlp",
       "http/protobuf",
       {"authorization=Basic MTpr"}},
      {"https://ingest.us.signoz.cloud:443", "grpc", {"signoz-ingestion-key=k"}},
      {"https://ingest.us.signoz.cloud:443", "grpc", {"signoz-access-token=k"}},
      {"https://logfire-eu.pydantic.dev", "http/protobuf", {"authorization=k"}},
      {"https://abc.live.dynatrace.com/api/v2/otlp",
       "http/protobuf",
       {"authorization=Api-Token k"}},
      {"https://xray.us-east-1.amazonaws.com", "http/protobuf", {"authorization=Bearer k"}},
      {"http://localhost:4317", "grpc", {}},
      {"http://collector:4318", "http/protobuf", {}},
      {"http://prometheus:9090/api/v1/otlp", "http/protobuf", {}},
      {"http://loki:3100/otlp", "http/protobuf", {}},
      {"https://honeycomb.io.example.org", "http/protobuf", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.endpoint);
    CHECK(messages(target(row.endpoint, row.protocol, row.headers)) == "");
  }
}

TEST_CASE("Each row of the table is coherent") {
  for (const Platform& platform : platforms()) {
    CAPTURE(platform.name);
    CAPTURE(platform.hosts);
    CHECK(platform.hosts.empty() != platform.path_mark.empty());
    if (platform.hosts.empty()) {
      continue;
    }
    const bool is_grpc = platform.intake == Intake::grpc;
    const Signal signal = platform.only == "logs" ? Signal::logs : Signal::traces;
    std::string url = "https://" + host_of(platform);
    if (platform.paths[0].empty()) {
      url += platform.base_path.value_or("");
    }
    const auto fit = target(url, is_grpc ? "grpc" : "http/protobuf", headers_of(platform), signal);
    CHECK(find_platform(fit) == &platform);
    CHECK(platform_of(fit) == platform.name);
    if (platform.intake == Intake::none) {
      CHECK(contains(messages(fit), "no OTLP"));
    } else if (platform.paths[0].empty()) {
      CHECK(messages(fit) == "");
    }
    const std::string hint = refusal_hint(fit, is_grpc ? "UNAUTHENTICATED" : "401");
    CHECK(contains(hint, std::string(platform.name)));
    CHECK(contains(hint, std::string(platform.key.name)));
    // A gRPC target has no path that could be wrong.
    const auto bare = target("https://" + host_of(platform), "grpc", {}, signal);
    CHECK_FALSE(advise(bare).empty());
    for (const Advice& advice : advise(bare)) {
      CHECK_FALSE(advice.message.empty());
      CHECK_FALSE(advice.hint.empty());
    }
  }
}

TEST_CASE("A demand that is not met is named with what to do") {
  struct Row {
    OtlpSettings settings;
    std::string message;
    std::string hint;
  };
  const std::string langfuse = "https://cloud.langfuse.com";
  const std::vector<Row> rows{
      {target(langfuse, "grpc"), "Langfuse takes OTLP over HTTP only, and the protocol is grpc",
       "--protocol http/protobuf --endpoint https://cloud.langfuse.com/api/public/otel"},
      {target(langfuse),
       "Langfuse takes traces at /api/public/otel/v1/traces, and the path is /v1/traces",
       "give the base: --endpoint https://cloud.langfuse.com/api/public/otel"},
      {target(langfuse + "/api/public/otel", "http/protobuf", {"authorization=Bearer secret"}),
       "Langfuse wants Basic in the header 'authorization'", "Bearer gives 401"},
      {target(langfuse + ":4318/api/public/otel"), "listens on port 443, not 4318", ":443"},
      {target("http://api.honeycomb.io:443"), "by TLS only", "https://"},
      {target("https://api.honeycomb.io"), "wants the header 'x-honeycomb-team'",
       "--header x-honeycomb-team='KEY'"},
      {target("https://trace.agent.datadoghq.com:4318"), "Datadog takes no OTLP at this host",
       "dd-api-key"},
      {target("https://otlp.datadoghq.com", "http/json"), "http/protobuf only", "Collector"},
      {target("https://xray.eu-west-1.amazonaws.com"), "signed (SigV4)", "sigv4auth"},
      {target("https://xray.eu-west-1.amazonaws.com", "http/protobuf", {}, Signal::metrics),
       "AWS X-Ray takes traces only", "Collector"},
      {target("https://ingest.us1.signalfx.com"), "takes traces at /v2/trace/otlp",
       "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://ingest.us1.signalfx.com/v2/trace/otlp"},
      {target("https://tempo-prod-1.grafana.net:443"), "over gRPC only", "--protocol grpc"},
      {target("https://api.axiom.co", "http/protobuf", {"authorization=Bearer k"}),
       "'x-axiom-dataset' too", "x-axiom-dataset"},
      {target("http://localhost:16686"),
       "port 16686 is usually Jaeger's web page and query API, not OTLP",
       "--endpoint http://localhost:4318 --protocol http/protobuf"},
      {target("http://[::1]:14250", "grpc"), "port 14250", "http://[::1]:4317 --protocol grpc"},
      {target("http://loki:3100"), "port 3100 is usually Loki", "http://loki:3100/otlp"},
      {target("http://h:6443"), "Kubernetes", "Service"},
      {target("http://h:55681"), "until 2021", ":4318"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    bool found = false;
    for (const Advice& advice : advise(row.settings)) {
      CHECK_FALSE(contains(advice.message + advice.hint, "secret"));
      found = found || (contains(advice.message, row.message) && contains(advice.hint, row.hint));
    }
    CAPTURE(messages(row.settings));
    CHECK(found);
  }
}

TEST_CASE("What rules out everything comes first") {
  const auto advice = advise(target("http://cloud.langfuse.com:4317", "grpc"));
  REQUIRE(advice.size() >= 3);
  CHECK(contains(advice[0].message, "over HTTP only"));
  CHECK(contains(advice[1].message, "TLS"));
  CHECK(contains(advice.back().message, "authorization"));
}

TEST_CASE("A refusal is answered with what the platform wants") {
  const auto honeycomb = target("https://api.honeycomb.io", "http/protobuf", {"x-key=secret"});
  for (const char* code : {"401", "403", "UNAUTHENTICATED", "PERMISSION_DENIED"}) {
    CAPTURE(code);
    CHECK(contains(refusal_hint(honeycomb, code), "--header x-honeycomb-team='KEY'"));
    CHECK_FALSE(contains(refusal_hint(honeycomb, code), "secret"));
  }
  for (const char* code : {"404", "405", "415", "500", "200", "", "UNAVAILABLE"}) {
    CAPTURE(code);
    CHECK(refusal_hint(honeycomb, code) == "");
  }
  const auto langfuse = target("https://cloud.langfuse.com");
  CHECK(contains(refusal_hint(langfuse, "404"), "/api/public/otel/v1/traces"));
  const auto grpc = target("https://cloud.langfuse.com", "grpc");
  CHECK(contains(refusal_hint(grpc, "UNIMPLEMENTED"), "over HTTP only"));
  CHECK(refusal_hint(target("http://localhost:4318"), "401") == "");
}

TEST_CASE("A host is known by its name alone, whatever its case") {
  CHECK(platform_of(target("https://API.Honeycomb.IO")) == "Honeycomb");
  CHECK(platform_of(target("https://otlp.nr-data.net.example.org")) == "");
  CHECK(platform_of(target("https://fake-api.honeycomb.io")) == "");
  CHECK(platform_of(target("http://localhost:4318")) == "");
}

TEST_CASE("Ports appear once, in order, and OTLP's own are not among them") {
  std::set<std::uint16_t> seen;
  std::uint16_t last = 0;
  for (const ForeignPort& row : foreign_ports()) {
    CHECK(row.port > last);
    last = row.port;
    seen.insert(row.port);
  }
  CHECK(seen.count(4317) + seen.count(4318) + seen.count(443) + seen.count(80) == 0);
}
