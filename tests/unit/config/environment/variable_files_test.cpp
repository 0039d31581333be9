// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "config/fix.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl;
using namespace otelctl::config;

namespace {

std::string bytes_of(const std::string& name) {
  auto bytes = read_file(std::string(OTELCTL_TEST_DATA) + "/config/" + name, 1000000);
  REQUIRE(bytes.has_value());
  return *bytes;
}

FileReport report_on(const std::string& name) {
  return validate(name, bytes_of(name), {});
}

}  // namespace

TEST_CASE("the seeds' variables are found wanting where they are") {
  struct Row {
    const char* file;
    Kind kind;
    const char* expected;
  };
  constexpr Row k_rows[] = {
      {"agentmap.env", Kind::env, "OTC402@3:1 OTC307@6:29 OTC329@7:36 OTC501@14:26"},
      {"agentmap-compose.yaml", Kind::compose, "OTC307@7:37"},
      {"agentmap-kubernetes.yaml", Kind::kubernetes, "OTC307@14:22"},
      {"hyvve.env", Kind::env, "OTC402@1:1 OTC402@3:1 OTC402@4:1 OTC402@5:1"},
      {"agentproxy.env", Kind::env, "OTC402@3:1"},
      {"agentproxy-http.env", Kind::env, "OTC405@2:29"},
      // The empty headers are fine.
      {"aob.env", Kind::env, "OTC409@7:26 OTC501@7:74 OTC402@15:1"},
      {"aob-vendors.sh", Kind::env, "OTC307@3:36 OTC329@4:46"},
      {"agentcreator.env", Kind::env, "OTC307@1:36 OTC308@1:36 OTC402@2:1"},
      {"agentcreator-langfuse.env", Kind::env, "OTC329@2:50 OTC331@2:50 OTC407@2:50"},
      {"agentcreator-compose.yaml", Kind::compose, "OTC307@5:37 OTC308@5:37"},
  };
  for (const Row& row : k_rows) {
    CAPTURE(row.file);
    const FileReport report = report_on(std::string("seeds/") + row.file);
    CHECK(report.kind == row.kind);
    CHECK(verdict(report) == row.expected);
  }
}

TEST_CASE(
    "nothing that can be mended is left in the seeds' variables, and nothing to change twice") {
  for (const char* file :
       {"agentmap.env", "agentproxy.env", "agentproxy-http.env", "aob.env", "agentcreator.env",
        "agentcreator-langfuse.env", "agentcreator-compose.yaml"}) {
    CAPTURE(file);
    const FixResult once = fix(file, bytes_of(std::string("seeds/") + file), {});
    CHECK(once.has_changed());
    CHECK(std::none_of(once.after.findings.begin(), once.after.findings.end(),
                       [](const Finding& finding) { return finding.fixable(); }));
    const FixResult twice = fix(file, std::string(once.after.document.source()), {});
    CHECK_FALSE(twice.has_changed());
  }
}

TEST_CASE("what the seeds' variables are mended to") {
  const FixResult result = fix("aob.env", bytes_of("seeds/aob.env"), {});
  const std::string text(result.after.document.source());
  CHECK(text.find("\nOTEL_RESOURCE_ATTRIBUTES=service.version=1.0.0,"
                  "deployment.environment.name=development\n") != std::string::npos);
  const FixResult proxy = fix("agentproxy.env", bytes_of("seeds/agentproxy.env"), {});
  CHECK(std::string(proxy.after.document.source())
            .find("\nOTEL_RESOURCE_ATTRIBUTES=service.namespace=default\n") != std::string::npos);
  const FixResult creator = fix("agentcreator.env", bytes_of("seeds/agentcreator.env"), {});
  CHECK(std::string(creator.after.document.source())
            .starts_with("export OTEL_EXPORTER_OTLP_ENDPOINT=\"http://localhost:4318\"\n"));
}

TEST_CASE("planted mistakes are all found in one run, each in its place") {
  CHECK(verdict(report_on("planted/variables.env")) ==
        "OTC402@2:1 OTC402@3:1 OTC308@4:36 OTC405@5:29 OTC407@6:43 OTC408@6:52 OTC406@6:57 "
        "OTC418@7:28 OTC332@8:32 OTC401@9:25 OTC411@10:32 OTC404@12:25 OTC401@13:27 OTC422@13:34 "
        "OTC401@14:31 OTC421@14:38 OTC410@15:46 OTC501@15:53 OTC420@16:29 OTC415@17:1 OTC001@18:1 "
        "OTC417@19:31");
  CHECK(verdict(report_on("planted/services.yaml")) ==
        "OTC419@5:27 OTC307@6:37 OTC325@6:37 OTC330@7:46 OTC407@7:64 OTC201@8:28 OTC102@9:9 "
        "OTC412@14:35 OTC309@15:43 OTC405@16:36 OTC402@17:7 OTC203@18:26");
  CHECK(
      verdict(report_on("planted/manifests.yaml")) ==
      "OTC401@4:29 OTC104@17:26 OTC306@19:26 OTC325@19:26 OTC403@23:26 OTC426@24:26 OTC201@24:52");
}

TEST_CASE("a file is what its content says") {
  const auto kind = [](std::string_view text) { return check(text).kind; };
  CHECK(kind("A=1\n") == Kind::env);
  CHECK(kind("# note\n\nexport A=1\n") == Kind::env);
  CHECK(kind("#!/bin/sh\nset -e\nA=1\nrun: x\n") == Kind::env);
  CHECK(kind("\xEF\xBB\xBF"
             "A=1\n") == Kind::env);
  CHECK(kind("a: b=c\n") == Kind::telemetry);
  CHECK(kind("- A=1\n- B=2\n") == Kind::telemetry);
  CHECK(kind("telemetry:\n  # x=1\n  enabled: true\n") == Kind::telemetry);
  CHECK(kind("services:\n  a:\n    environment:\n      - A=1\n") == Kind::compose);
  CHECK(kind("# first\n---\napiVersion: v1\nkind: Pod\n---\na: 1\n") == Kind::kubernetes);
  CHECK(kind("a: 1\n---\nb: 2\n") == Kind::telemetry);
}

TEST_CASE("a manifest's variables that hold each other many times are not written out") {
  std::string manifest =
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env:\n"
      "        - {name: V0, value: 0123456789}\n";
  for (int i = 1; i < 100; ++i) {
    const std::string earlier = "$(V" + std::to_string(i - 1) + ")";
    manifest +=
        "        - {name: V" + std::to_string(i) + ", value: \"" + earlier + earlier + "\"}\n";
  }
  manifest += "        - {name: OTEL_SERVICE_NAME, value: \"$(V99)\"}\n";
  manifest += "        - {name: OTEL_SDK_DISABLED, value: \"$(V0)\"}\n";
  CHECK(verdict(manifest) == "OTC414@108:44");
  std::string open =
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - env:\n"
      "        - {name: OTEL_SERVICE_NAME, value: \"";
  for (int i = 0; i < 300'000; ++i) {
    open += "$(";
  }
  CHECK(verdict(open + "\"}\n") == "");
}

TEST_CASE("an escape in a quoted value is no place to edit") {
  CHECK(verdict("OTEL_SERVICE_NAME=\"\\\\\"\n") == "");
}

TEST_CASE("many assignments of one name cost no more than reading them") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    text +=
        "OTEL_EXPORTER_OTLP_CLIENT_KEY=/k\nOTEL_SERVICE_VERSION=1\n"
        "OTEL_RESOURCE_ATTRIBUTES=deployment.environment=a,deployment.environment=b\n";
  }
  CHECK(check(text).findings.size() > 10'000);
}

TEST_CASE("variables beyond the limit are not passed over in silence") {
  ValidateOptions options;
  options.limits.nodes = 8;
  const FileReport report = validate("a.env", "A=1\nB=2\nC=3\nD=4\n", options);
  CHECK(verdict(report) == "OTC007@1:1");
  CHECK(report.findings.at(0).message ==
        "the file has more than 3 assignments: the rest is not read");
  CHECK(verdict(validate("a.env", "A=1\nB=2\nC=3\n", options)) == "");
}

TEST_CASE("hostile files of variables end in findings") {
  CHECK(verdict(std::string("OTEL_A=1\0\n", 10)) == "OTC004@1:9");
  CHECK(verdict("OTEL_SERVICE_NAME=\xff\n") == "OTC004@1:19");
  CHECK(verdict("\xEF\xBB\xBFOTEL_SERVICE_NAME=a\n") == "OTC004@1:1");
  CHECK(verdict("OTEL_SERVICE_NAME='a\nOTEL_SDK_DISABLED=1\n") == "OTC001@1:19 OTC414@2:19");
  CHECK(verdict("OTEL_SERVICE_NAME=a") == "");
  CHECK(verdict("OTEL_SERVICE_NAME=a\r\nOTEL_SDK_DISABLED=1\r\n") == "OTC414@2:19");
  CHECK(verdict("OTEL_SERVICE_NAME=" + std::string(1000000, 'x') + "\nOTEL_SDK_DISABLED=1") ==
        "OTC414@2:19");
  CHECK(verdict("OTEL_" + std::string(1000000, 'X') + "=1\n") == "OTC425@1:1");
  CHECK(verdict("OTEL_PROPAGATORS=" + std::string(100000, ',') + "\n") == "");
  std::string many = "services:\n";
  for (int i = 0; i < 5000; ++i) {
    many += "  s" + std::to_string(i) + ": {image: x, environment: {OTEL_SDK_DISABLED: 1}}\n";
  }
  CHECK(check(many).findings.size() == 5000);
}
