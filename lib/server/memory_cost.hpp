// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace otelctl::server {

// What an allocation of so many bytes takes from glibc's malloc: 8 bytes of header, rounded up to
// 16, at least 32 (malloc/malloc.c, "Minimum allocated size").
constexpr std::uint64_t allocation_cost(std::size_t bytes) {
  const std::uint64_t rounded = (static_cast<std::uint64_t>(bytes) + 8 + 15) / 16 * 16;
  return rounded < 32 ? 32 : rounded;
}

// A std::string of this length keeps up to 15 bytes in itself.
constexpr std::uint64_t string_cost(std::size_t length) {
  return length > 15 ? allocation_cost(length + 1) : 0;
}

// A node of an unordered container holds the value, a link and (for strings) the hash.
template <typename Value>
constexpr std::uint64_t node_cost() {
  return allocation_cost(sizeof(Value) + 2 * sizeof(void*));
}

// The buckets of an unordered container, one pointer each; a single one lies in the container.
template <typename Container>
std::uint64_t bucket_cost(const Container& container) {
  const std::size_t count = container.bucket_count();
  return count == 1 ? 0 : allocation_cost(count * sizeof(void*));
}

// What the buckets may take when one value more makes them grow, 0 when it does not; the old ones
// live until the new ones are filled. libstdc++ starts with 13, doubles their number and takes the
// next prime of its table (src/c++11/hashtable_c++0x.cc).
template <typename Container>
std::uint64_t growth_cost(const Container& container) {
  const std::size_t count = container.bucket_count();
  if (count > 1 && container.size() < count) {
    return 0;
  }
  return allocation_cost((count * 9 / 4 + 13) * sizeof(void*));
}

}  // namespace otelctl::server
