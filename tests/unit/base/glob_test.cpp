// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/glob.hpp"

#include <string>

#include <doctest/doctest.h>

using otelctl::matches_glob;

TEST_CASE("a star stands for anything, everything else for itself") {
  CHECK(matches_glob("http.route", "http.route"));
  CHECK_FALSE(matches_glob("http.route", "http.routes"));
  CHECK_FALSE(matches_glob("http.route", "http.rout"));
  CHECK(matches_glob("http.*", "http.request.method"));
  CHECK(matches_glob("http.*", "http."));
  CHECK_FALSE(matches_glob("http.*", "https.route"));
  CHECK(matches_glob("*.id", "session.id"));
  CHECK(matches_glob("*a*b*", "xxaxxbxx"));
  CHECK_FALSE(matches_glob("*a*b*", "xxbxxaxx"));
  CHECK(matches_glob("*", ""));
  CHECK(matches_glob("", ""));
  CHECK_FALSE(matches_glob("", "a"));
  CHECK(matches_glob("**", "a"));
}

TEST_CASE("many stars over a long text take no time") {
  const std::string text(20'000, 'a');
  CHECK_FALSE(matches_glob("*a*a*a*a*a*a*b", text));
}
