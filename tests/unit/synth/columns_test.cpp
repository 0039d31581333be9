// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/columns.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::synth;

namespace {

const Columns k_columns{{"graph_name", "CustomerSupport"}, {"model", "gpt-4"}};

}  // namespace

TEST_CASE("columns are filled in wherever they stand") {
  CHECK(fill("{graph_name}.execute", k_columns) == "CustomerSupport.execute");
  CHECK(fill("{model}{model}", k_columns) == "gpt-4gpt-4");
  CHECK(fill("plain", k_columns) == "plain");
  CHECK(fill("", k_columns) == "");
}

TEST_CASE("doubled braces stand for themselves") {
  CHECK(fill("/workflow/{{name}}/run", k_columns) == "/workflow/{name}/run");
}

TEST_CASE("an unknown column is answered with the nearest") {
  const auto filled = fill("{graphname}", k_columns);
  REQUIRE_FALSE(filled);
  CHECK(filled.error().message == "no choice has a column 'graphname'");
  CHECK(filled.error().hint == "did you mean 'graph_name'?");
}

TEST_CASE("a brace without its partner is an error") {
  CHECK_FALSE(fill("{model", k_columns));
  CHECK_FALSE(fill("model}", k_columns));
  CHECK_FALSE(fill("}{", k_columns));
}
