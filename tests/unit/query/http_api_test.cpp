// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/http_api.hpp"

#include <doctest/doctest.h>

using namespace otelctl::query;

TEST_CASE("an answer's shape is told by its first byte") {
  CHECK(shape_of("{}") == Shape::json);
  CHECK(shape_of(" \r\n[1]") == Shape::json);
  CHECK(shape_of("\n<!doctype html>") == Shape::web_page);
  CHECK(shape_of("404 page not found") == Shape::other);
  CHECK(shape_of("") == Shape::empty);
  CHECK(shape_of(" \n") == Shape::empty);
}

TEST_CASE("parameters are percent-encoded") {
  CHECK(percent_encode("az09-._~") == "az09-._~");
  CHECK(percent_encode("a b+c&d=e/f\"\xC3\xA9") == "a%20b%2Bc%26d%3De%2Ff%22%C3%A9");
}
