// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace otelctl::synth {

// Asks for `Size` bytes to be brought into the cache, as they will be read soon. Any address may be
// asked for.
template <std::size_t Size = 1>
void fetch(const void* at) {
  constexpr std::size_t k_line = 64;
  for (std::size_t offset = 0; offset < Size; offset += k_line) {
    __builtin_prefetch(static_cast<const char*>(at) + offset);
  }
}

}  // namespace otelctl::synth
