// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal/table.hpp"

#include <doctest/doctest.h>

using otelctl::terminal::Table;

TEST_CASE("columns are as wide as their widest cell, without trailing spaces") {
  Table table({"NAME", "COUNT"});
  table.right_align(1);
  table.add_row({"a", "1"});
  table.add_row({"long name", "12345"});
  CHECK(table.render(80) ==
        "NAME       COUNT\n"
        "a              1\n"
        "long name  12345\n");
}

TEST_CASE("the shrinking column gives way") {
  Table table({"NAME", "ID"});
  table.shrink(0);
  table.add_row({"a name that is too long", "0123456789"});
  CHECK(table.render(24) ==
        "NAME          ID\n"
        "a name… long  0123456789\n");
}

TEST_CASE("short rows are filled up") {
  Table table({"A", "B"});
  CHECK(table.empty());
  table.add_row({"x"});
  CHECK(!table.empty());
  CHECK(table.render(80) == "A  B\nx\n");
}
