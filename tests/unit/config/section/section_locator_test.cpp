// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

FileReport check_section(std::string_view text, const std::string& section) {
  ValidateOptions options;
  options.section = section;
  return validate("app.yaml", std::string(text), options);
}

}  // namespace

TEST_CASE("a section is a key at the top, a path with dots, or the whole file") {
  const auto path_in = [](std::string_view text, const std::string& section) {
    return only(check_section(text, section), "OTC010").place.path;
  };
  CHECK(path_in("telemetry:\n  enabled: no\n", "telemetry") == "telemetry.enabled");
  CHECK(path_in("app:\n  telemetry:\n    enabled: no\n", "app.telemetry") ==
        "app.telemetry.enabled");
  CHECK(path_in("app.telemetry:\n  enabled: no\n", "app.telemetry") == "app.telemetry.enabled");
  CHECK(path_in("enabled: no\n", "-") == "enabled");
}

TEST_CASE("a section that is missing is looked for by its name") {
  const FileReport near = check_section("other: 1\ntelemetri:\n  enabled: true\n", "telemetry");
  CHECK(verdict(near) == "OTC101@2:1");
  CHECK(near.findings[0].message ==
        "no section 'telemetry'; the keys at the top are 'other', 'telemetri'");
  CHECK(near.findings[0].help == "rename it to 'telemetry', or give --section telemetri");

  const FileReport deep = check_section("app:\n  telemtry: {}\n", "app.telemetry");
  CHECK(verdict(deep) == "OTC101@2:3");
  CHECK(deep.findings[0].message ==
        "no section 'app.telemetry'; the keys under app are 'telemtry'");
  CHECK(deep.findings[0].help == "rename it to 'telemetry', or give --section app.telemtry");

  const FileReport far = check_section("a: 1\nb: 2\n", "telemetry");
  CHECK(verdict(far) == "OTC101");
  CHECK(far.findings[0].message == "no section 'telemetry'; the keys at the top are 'a', 'b'");
  CHECK(verdict(check_section("app: 1\n", "app.telemetry")) == "OTC101");
  CHECK(verdict(check_section("app: 1\n", "")) == "OTC101");
  CHECK(verdict(check_section("{}\n", "telemetry")) == "OTC101");
}

TEST_CASE("an empty file has no section") {
  for (const std::string_view text : {"", "# note\n", "---\n", "~\n"}) {
    CAPTURE(text);
    const FileReport report = check_section(text, "telemetry");
    CHECK(verdict(report) == "OTC101");
    CHECK(report.lacks_section);
  }
}

TEST_CASE("a section that is no map is a finding of its own") {
  CHECK(verdict("telemetry:\n") == "OTC102@1:1");
  CHECK(verdict("telemetry: ~\n") == "OTC102@1:12");
  CHECK(verdict("telemetry: on\n") == "OTC102@1:12");
  CHECK(verdict("telemetry:\n  - enabled: true\n") == "OTC102@2:3");
  CHECK(verdict("- telemetry\n") == "OTC102@1:1");
  CHECK(verdict("telemetry\n") == "OTC102@1:1");
  // One long word, as the space is none.
  CHECK(verdict("telemetry:\xC2\xA0{}\n") == "OTC102@1:1 OTC011@1:11");
  CHECK_FALSE(check("telemetry:\n").lacks_section);
}

TEST_CASE("a section may be an alias or merged") {
  CHECK(verdict("base: &base\n  enabled: no\ntelemetry: *base\n") == "OTC010@2:12");
  CHECK(verdict("base: &base\n  enabled: no\ntelemetry:\n  <<: *base\n") ==
        "OTC010@2:12 OTC008@4:3");
  CHECK(verdict("base: &base\n  enabled: no\ntelemetry:\n  <<: *base\n  enabled: false\n") ==
        "OTC008@4:3");
}
