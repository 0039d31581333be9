// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/string_pool.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using otelctl::trace::StringPool;
using otelctl::trace::Text;

TEST_CASE("a text is kept once and found again") {
  StringPool pool;
  const Text first = pool.intern("checkout");
  const Text second = pool.intern("payment");
  CHECK(pool.intern("checkout") == first);
  CHECK(first != second);
  CHECK(pool[first] == "checkout");
  CHECK(pool[second] == "payment");
}

TEST_CASE("the empty text is always there") {
  StringPool pool;
  CHECK(pool.intern("") == Text::empty);
  CHECK(pool[Text::empty].empty());
  CHECK(pool.size() == 1);
}

TEST_CASE("texts stay where they are while the pool grows") {
  StringPool pool;
  const std::string large(200'000, 'x');
  const Text kept_large = pool.intern(large);
  const std::string_view before = pool[pool.intern("first")];
  std::vector<Text> texts;
  for (int number = 0; number < 20'000; ++number) {
    texts.push_back(pool.intern("text " + std::to_string(number)));
  }
  CHECK(pool.size() == 20'003);
  CHECK(pool[pool.intern("first")].data() == before.data());
  CHECK(pool[kept_large] == large);
  for (int number = 0; number < 20'000; ++number) {
    REQUIRE(pool[texts[static_cast<std::size_t>(number)]] == "text " + std::to_string(number));
  }
}

TEST_CASE("texts with zero bytes and broken UTF-8 are told apart") {
  StringPool pool;
  const std::string with_zero("a\0b", 3);
  CHECK(pool.intern(with_zero) != pool.intern("a"));
  CHECK(pool[pool.intern(with_zero)] == with_zero);
  CHECK(pool[pool.intern("\xff")] == "\xff");
}
