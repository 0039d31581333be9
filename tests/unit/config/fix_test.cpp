// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/fix.hpp"

#include <string>

#include <doctest/doctest.h>

#include "tests/unit/config/check.hpp"
#include "yaml/flat.hpp"

using namespace otelctl::config;

namespace {

// Mends by the rules; a second run must find nothing left to do.
std::string mended(std::string_view text, ValidateOptions options = {}) {
  const FixResult result = fix("app.yaml", std::string(text), options);
  const std::string bytes(result.after.document.source());
  CHECK(result.before.document.source() == text);
  CHECK(result.has_changed() == (result.mended > 0));
  const FixResult again = fix("app.yaml", bytes, options);
  CHECK(again.after.document.source() == bytes);
  CHECK(again.mended == 0);
  return bytes;
}

// A file in which each lower-case letter is a finding of its own code, mended by what `edit` says.
FileReport letters(const std::string& bytes,
                   const std::function<std::vector<Edit>(char, std::size_t)>& edit) {
  FileReport report;
  for (std::size_t offset = 0; offset < bytes.size(); ++offset) {
    const char letter = bytes[offset];
    if (letter < 'a' || letter > 'z') {
      continue;
    }
    Finding finding;
    finding.code = letter == 'x' ? "OTC001" : letter == 'a' ? "OTC301" : "OTC302";
    finding.edits = edit(letter, offset);
    report.findings.push_back(finding);
  }
  report.document = otelctl::yaml::make_flat(bytes, {});
  return report;
}

FixResult fix_letters(const std::string& bytes,
                      const std::function<std::vector<Edit>(char, std::size_t)>& edit) {
  const auto check = [&](const std::string& text) { return letters(text, edit); };
  return fix(bytes, FixChecks{check, check});
}

}  // namespace

TEST_CASE("ambiguous values are written as what they are taken for") {
  CHECK(mended("telemetry:\n"
               "  enabled: yes # here\n"
               "  tracing: {enabled: \"true\"}\n"
               "  metrics:\n"
               "    export_interval_ms: '60000'\n"
               "  exporters:\n"
               "    otlp: {enabled: 1, timeout_ms: 10_000}\n"
               "    prometheus:\n"
               "      port: 0x24F8\n"
               "  service_version: 1e3\n") ==
        "telemetry:\n"
        "  enabled: true # here\n"
        "  tracing: {enabled: true}\n"
        "  metrics:\n"
        "    export_interval_ms: 60000\n"
        "  exporters:\n"
        "    otlp: {enabled: true, timeout_ms: 10000}\n"
        "    prometheus:\n"
        "      port: 9464\n"
        "  service_version: \"1e3\"\n");
}

TEST_CASE("a byte order mark, CRLF and a missing last line end stay") {
  CHECK(mended("\xEF\xBB\xBFtelemetry:\r\n  enabled: no # Gr\xC3\xBC\xC3\x9F"
               "e\r\n  logging: {enabled: on}") ==
        "\xEF\xBB\xBFtelemetry:\r\n  enabled: false # Gr\xC3\xBC\xC3\x9F"
        "e\r\n  logging: {enabled: true}");
}

TEST_CASE("braces are put around a variable that has a value, and around no other") {
  ValidateOptions options;
  options.environment.set("NAME", "shop");
  CHECK(mended("telemetry:\n  service_name: \"$NAME\"\n", options) ==
        "telemetry:\n  service_name: \"${NAME}\"\n");
  CHECK(mended("telemetry:\n  service_name: $OTHER\n", options) ==
        "telemetry:\n  service_name: $OTHER\n");
  options.reports_unset = false;
  // Without the environment nobody asks for the value.
  CHECK(mended("telemetry:\n  service_name: a-$OTHER-b\n", options) ==
        "telemetry:\n  service_name: a-${OTHER}-b\n");
}

TEST_CASE("what holds a reference stays as it is, and is not called fixable") {
  ValidateOptions options;
  options.environment.set("A", "yes");
  const std::string text =
      "telemetry:\n  enabled: ${A}\n  service_name: $A-${A}\n  logging: {enabled: \"${A}\"}\n";
  CHECK(mended(text, options) == text);
  for (const Finding& finding : validate("app.yaml", text, options).findings) {
    CAPTURE(finding.code);
    CHECK_FALSE(finding.fixable());
  }
}

TEST_CASE("only what is selected is mended") {
  ValidateOptions options;
  options.selection = Selection::parse({"OTC3"}, {}).value();
  CHECK(mended("telemetry:\n  enabled: no\n", options) == "telemetry:\n  enabled: no\n");
  options.selection = Selection::parse({"OTC010"}, {}).value();
  CHECK(mended("telemetry:\n  enabled: no\n", options) == "telemetry:\n  enabled: false\n");
}

TEST_CASE("a file that needs nothing, or that cannot be read, stays as it is") {
  for (const std::string text :
       {"", "telemetry: {}\n", "telemetry: [\n", "\xFF\xFE", "a: 1\n", "telemetry: &x [*x]\n"}) {
    CAPTURE(text);
    CHECK(mended(text) == text);
  }
}

TEST_CASE("edits are made until none is left, those that overlap one round later") {
  // Each letter takes the bytes up to the next one with it.
  const auto result = fix_letters("..aba.", [](char /*letter*/, std::size_t offset) {
    return std::vector<Edit>{{offset, offset + 2, "-."}};
  });
  CHECK(result.after.document.source() == "..-.-.");
  CHECK(result.mended == 2);
}

TEST_CASE("an edit that mends nothing, or breaks something else, is not made") {
  const auto result = fix_letters("a.b.a.b", [](char letter, std::size_t offset) {
    return std::vector<Edit>{{offset, offset + 1, letter == 'a' ? "-" : "aa"}};
  });
  CHECK(result.after.document.source() == "-.b.-.b");
  CHECK(result.mended == 2);
  CHECK(result.after.findings.size() == 2);
  const auto swapped = fix_letters("ab", [](char letter, std::size_t offset) {
    return letter == 'a' ? std::vector<Edit>{{offset, offset + 2, "b"}} : std::vector<Edit>{};
  });
  CHECK(swapped.after.document.source() == "b");
  const auto other = fix_letters("aab", [](char letter, std::size_t offset) {
    return letter == 'b' ? std::vector<Edit>{} : std::vector<Edit>{{offset, offset + 1, "c"}};
  });
  CHECK(other.after.document.source() == "aab");
}

TEST_CASE("what keeps a file from being read is mended whatever comes to light then") {
  const auto result = fix_letters("x", [](char letter, std::size_t offset) {
    return letter == 'x' ? std::vector<Edit>{{offset, offset + 1, "abc"}} : std::vector<Edit>{};
  });
  CHECK(result.after.document.source() == "abc");
}

TEST_CASE("edits that are impossible are passed over") {
  const auto result = fix_letters("a", [](char /*letter*/, std::size_t offset) {
    return std::vector<Edit>{{offset + 5, offset + 6, "-"}};
  });
  CHECK(result.after.document.source() == "a");
  const auto twice = fix_letters("a", [](char /*letter*/, std::size_t offset) {
    return std::vector<Edit>{{offset, offset + 1, "-"}, {offset, offset + 1, "+"}};
  });
  CHECK(twice.after.document.source() == "a");
}
