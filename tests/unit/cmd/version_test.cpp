// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/version.hpp"

#include <doctest/doctest.h>

#include "tests/support/test_context.hpp"

using namespace otelctl;
using otelctl::test::Surroundings;
using otelctl::test::TestRun;

namespace {

constexpr std::string_view k_commit = "0123456789abcdef0123456789abcdef01234567";

std::string version_with(const BuildOrigin& origin, const std::vector<std::string>& options = {}) {
  Surroundings surroundings;
  surroundings.origin = origin;
  std::vector<std::string> args{"version"};
  args.insert(args.end(), options.begin(), options.end());
  return TestRun(surroundings, args).out();
}

std::string first_line(std::string_view rest) {
  return "otelctl " + std::string(k_version) + std::string(rest) + "\n";
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the version names the commit, and says that files differed from it") {
  CHECK(version_with({k_commit, false}) == first_line(" (0123456789ab)"));
  CHECK(version_with({k_commit, true}) == first_line(" (0123456789ab-dirty)"));
  CHECK(version_with({k_commit, true}, {"--format", "json"}).find("\"dirty\": true") !=
        std::string::npos);
}

TEST_CASE("a program whose commit nothing told says nothing of one") {
  CHECK(version_with({}) == first_line(""));
  CHECK_FALSE(holds(version_with({}, {"--format", "json"}), "commit"));
  CHECK_FALSE(holds(version_with({}, {"--format", "json"}), "dirty"));
}

TEST_CASE("libraries follow on request, and always in JSON") {
  const std::string text = version_with({k_commit, false}, {"-v"});
  const std::string json = version_with({k_commit, false}, {"--format=json"});
  CHECK(text.starts_with(first_line(" (0123456789ab)")));
  CHECK(holds(json, "\"commit\": \"" + std::string(k_commit) + "\""));
  for (const std::string_view name : {"gRPC", "protobuf", "yaml-cpp", "Boost.JSON", "fmt", "CLI11",
                                      "cpp-httplib", "libcurl", "OpenSSL", "zlib"}) {
    CAPTURE(name);
    CHECK(holds(text, "\n" + std::string(name) + " "));
    CHECK(holds(json, "\"name\": \"" + std::string(name) + "\""));
  }
  CHECK_FALSE(holds(text, "cannot be loaded"));
}
