// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/endpoint.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

TEST_CASE("the endpoint says by port and path which transport it means") {
  CHECK(read_endpoint("http://collector:4317")->looks_like_grpc());
  CHECK(read_endpoint("http://collector:4317/")->looks_like_grpc());
  CHECK(read_endpoint("http://collector")->looks_like_grpc());
  CHECK(read_endpoint("https://otlp.example.com:443")->looks_like_grpc());
  CHECK_FALSE(read_endpoint("http://collector:4318")->looks_like_grpc());
  CHECK_FALSE(read_endpoint("http://collector/v1/traces")->looks_like_grpc());
}

TEST_CASE("names of one word, local names and private addresses are near") {
  for (const std::string host :
       {"localhost", "collector", "127.0.0.1", "[::1]", "10.1.2.3", "172.17.0.1", "172.31.255.255",
        "192.168.0.1", "100.64.0.1", "[fd12:3456::1]", "[fe80::1]", "otel.monitoring.svc",
        "otel.monitoring.svc.cluster.local", "host.docker.internal", "tempo.monitoring",
        "otel-collector.my-namespace"}) {
    CAPTURE(host);
    CHECK(read_endpoint("http://" + host + ":4317")->is_near());
  }
  for (const std::string host :
       {"otlp.example.com", "8.8.8.8", "172.15.0.1", "172.32.0.1", "10.example.com",
        "127.0.0.1.nip.io", "192.168.example.com", "[2001:db8::1]", "[fd::1]", "api.xn--p1ai",
        "monitoring.example.com"}) {
    CAPTURE(host);
    CHECK_FALSE(read_endpoint("http://" + host + ":4317")->is_near());
  }
}

TEST_CASE("endpoints of the section are judged as a constructor's argument") {
  struct Row {
    std::string endpoint;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"http://localhost:4317", ""},
      {"https://us.cloud.example.com/api/public/otel/v1/traces", "OTC339@4:17"},
      {"http://localhost:4318/v1/traces", "OTC339@4:17"},
      {"http://localhost:4318", "OTC309@4:17"},
      {"http://localhost:4318/", "OTC309@4:17"},
      {"http://localhost:4318/custom", ""},
      {"http://localhost:4317/v1/traces", "OTC306@4:17"},
      {"http://localhost:4317/custom", "OTC311@4:17"},
      {"localhost:4317", "OTC310@4:17"},
      {"ftp://localhost:4317", "OTC310@4:17"},
      {"http://", "OTC310@4:17"},
      {"http://localhost:0", "OTC310@4:17"},
      {"http://localhost:70000", "OTC310@4:17"},
      {"http://::1:4317", "OTC310@4:17"},
      {"http://[::1]:4317", ""},
      {"http://local host:4317", "OTC310@4:17"},
      {"http://user:pass@localhost:4317", "OTC310@4:17"},
      {"http://localhost:4317?key=1", "OTC310@4:17"},
      {"\"http://localhost:4317#a\"", "OTC310@4:17"},
      {"\"\"", "OTC310@4:17"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.endpoint);
    const FileReport report =
        check("telemetry:\n  exporters:\n    otlp:\n      endpoint: " + row.endpoint + "\n");
    CHECK(verdict(report) == row.expected);
    for (const Finding& finding : report.findings) {
      CHECK((finding.message + finding.help).find("pass@") == std::string::npos);
      CHECK((finding.message + finding.help).find("key=1") == std::string::npos);
    }
  }
}
