// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "config/sdk/model.hpp"
#include "config/sdk/published_schema.hpp"
#include "tests/unit/config/check.hpp"
#include "yaml/parse.hpp"

using namespace otelctl;
using namespace otelctl::config;

namespace {

const std::filesystem::path k_official =
    std::filesystem::path(OTELCTL_TEST_DATA) / "config/sdk/official";

std::string read(const std::filesystem::path& path) {
  auto bytes = read_file(path.string(), 1000000);
  REQUIRE(bytes.has_value());
  return std::move(*bytes);
}

}  // namespace

TEST_CASE("the official examples are clean, with and without the variables they name") {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(k_official)) {
    if (entry.path().extension() == ".yaml") {
      CAPTURE(entry.path().filename().string());
      const std::string text = read(entry.path());
      CHECK(check(text).kind == Kind::sdk);
      // 100 % sampling and its like are not the examples' fault, yet nothing of the kind is here.
      CHECK(verdict(text) == "");
      CHECK(verdict(text, {{"OTEL_SDK_DISABLED", "true"}, {"OTEL_BSP_MAX_QUEUE_SIZE", "4096"}}) ==
            "");
      ++files;
    }
  }
  CHECK(files == 4);
}

TEST_CASE("the kitchen sink leaves out no property of the schema") {
  const yaml::Parsed parsed = yaml::parse(read(k_official / "kitchen-sink.yaml"));
  REQUIRE(parsed.is_whole);
  std::vector<Issue> issues;
  const Environment environment;
  const sdk::Model model = sdk::Model::read(parsed.document, environment, true, issues);
  const schema::Schema& published = sdk::published_schema();
  std::string missing;
  for (schema::Id id = 0; id < published.size(); ++id) {
    const schema::Rules& rules = published.rules(id);
    if (rules.name.empty()) {
      continue;
    }
    for (const schema::Property& property : rules.properties) {
      bool is_there = false;
      for (const sdk::Part part : model.all(rules.name)) {
        is_there = is_there || model.child(part, property.name).has_value();
      }
      missing += is_there ? "" : rules.name + "." + property.name + " ";
    }
  }
  CHECK(missing == "");
}
