// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// The stages files and tls, with the facts that they show.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "tests/integration/probe_support.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace otelctl;
using namespace otelctl::probe;
using namespace otelctl::test;

TEST_CASE("Over TLS the certificate decides, with its exact reason") {
  const Authority authority;
  const Authority stranger("another authority");
  const test::TemporaryFolder folder;
  const std::string ca = folder.path("ca.pem");
  REQUIRE(write_file(ca, authority.certificate()));
  struct Row {
    std::string what;
    test::Identity identity;
    Verdict verdict;
  };
  const std::vector<Row> rows{
      {"expired",
       authority.issue({"DNS:localhost", -48h, -24h}),
       {ErrorKind::unreachable, "tls", "has expired on 20", "renew"}},
      {"not yet valid",
       authority.issue({"DNS:localhost", 24h, 48h}),
       {ErrorKind::unreachable, "tls", "not valid yet, only from 20", "clock"}},
      {"another name",
       authority.issue({"DNS:other.example,DNS:second.example", -1h, 24h}),
       {ErrorKind::unreachable, "tls", "but for other.example, second.example", "names"}},
      {"self-signed", test::self_signed(), {ErrorKind::unreachable, "tls", "self-signed", "--ca"}},
      {"unknown authority",
       stranger.issue(),
       {ErrorKind::unreachable, "tls", "unknown authority (CN = another authority)", "--ca"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const FakeGrpcServer server(&fine, TlsWish{row.identity, "", "h2"});
    settings::OtlpFlags flags = flags_for("https", server.port(), "grpc");
    flags.ca_file = ca;
    const ProbeReport report = probe_traces(flags);
    check_verdict(report, row.verdict);
    CHECK(ladder(report) == "config:ok files:ok dns:ok tcp:ok tls:fail export:skip");
    CHECK(fact(stage_of(report, "tls"), "version") == "TLSv1.3");

    flags.insecure_skip_verify = true;
    const ProbeReport unverified = probe_traces(flags);
    CHECK(unverified.ok());
    CHECK(name_of(stage_of(unverified, "tls").status) == "warn");
  }
}

TEST_CASE(
    "A good certificate passes over both transports, and one that ends soon is warned about") {
  const Authority authority;
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder.path("ca.pem"), authority.certificate()));
  const FakeGrpcServer grpc(&fine, TlsWish{authority.issue(), "", "h2"});
  settings::OtlpFlags flags = flags_for("https", grpc.port(), "grpc");
  flags.ca_file = folder.path("ca.pem");
  const ProbeReport report = probe_traces(flags);
  CHECK(report.ok());
  CHECK(ladder(report) == "config:ok files:ok dns:ok tcp:ok tls:ok export:ok");
  CHECK(fact(stage_of(report, "tls"), "alpn") == "h2");

  const RawServer soon(good_http(), TlsWish{authority.issue({"DNS:localhost", -1h, 72h})});
  flags = flags_for("https", soon.port(), "http/protobuf");
  flags.ca_file = folder.path("ca.pem");
  const ProbeReport warned = probe_traces(flags);
  CHECK(warned.ok());
  CHECK(name_of(stage_of(warned, "tls").status) == "warn");
  CHECK(stage_of(warned, "tls").message.find("expires on 20") != std::string::npos);
}

TEST_CASE("A demand for a client certificate is a refusal, and a good one is taken") {
  const Authority authority;
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder.path("ca.pem"), authority.certificate()));
  const FakeGrpcServer server(&fine, TlsWish{authority.issue(), authority.certificate(), "h2"});
  settings::OtlpFlags flags = flags_for("https", server.port(), "grpc");
  flags.ca_file = folder.path("ca.pem");
  check_verdict(probe_traces(flags),
                {ErrorKind::refused, "tls", "demands a client certificate", "--cert"});

  const test::Identity mine = authority.issue();
  REQUIRE(write_file(folder.path("cert.pem"), mine.certificate));
  REQUIRE(write_file(folder.path("key.pem"), mine.key));
  flags.cert_file = folder.path("cert.pem");
  flags.key_file = folder.path("key.pem");
  CHECK(probe_traces(flags).ok());
}

TEST_CASE("Own files that cannot be used end it before any connection") {
  const RawServer server(good_http());
  settings::OtlpFlags flags = flags_for("https", server.port(), "http/protobuf");
  flags.ca_file = "/does/not/exist.pem";
  const ProbeReport report = probe_traces(flags);
  check_verdict(report, {ErrorKind::settings, "files", "/does/not/exist.pem", ""});
  CHECK(ladder(report) == "config:ok files:fail dns:skip tcp:skip tls:skip export:skip");
  CHECK(server.accepted() == 0);
}
