// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/environment.hpp"

#include <array>

#include <doctest/doctest.h>

using namespace otelctl;

TEST_CASE("the environment is read from what main gets") {
  const std::array<const char*, 5> entries{"A=1", "B=", "C=x=y", "broken", nullptr};
  const auto environment = Environment::from(entries.data());
  CHECK(environment.get("A") == "1");
  CHECK(environment.get("B") == "");
  CHECK(!environment.get_nonempty("B"));
  CHECK(environment.get("C") == "x=y");
  CHECK(!environment.get("broken"));
  CHECK(environment.all().size() == 3);
}
