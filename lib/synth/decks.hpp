// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "base/random.hpp"

namespace otelctl::synth {

// Draws from lists as from decks of cards: no value of a list comes again before all the others
// have come. A few shapes thus show a list evenly, and as many as it is long show all of it, which
// independent draws would not.
class Decks {
 public:
  // From 0 to `size` - 1. `list` tells the lists apart.
  std::size_t draw(const void* list, std::size_t size, Random& random);

 private:
  struct Deck {
    std::vector<std::uint32_t> cards;  // those behind `left` have been drawn
    std::size_t left = 0;
  };
  std::map<const void*, Deck> m_decks;
};

}  // namespace otelctl::synth
