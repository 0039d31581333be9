// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/decks.hpp"

#include <numeric>
#include <utility>

#include "synth/sequence.hpp"

namespace otelctl::synth {

std::size_t Decks::draw(const void* list, std::size_t size, Random& random) {
  Deck& deck = m_decks[list];
  if (deck.cards.empty()) {
    deck.cards.resize(size);
    std::iota(deck.cards.begin(), deck.cards.end(), 0U);
  }
  if (deck.left == 0) {
    deck.left = size;
  }
  const std::size_t drawn = below(deck.left, random.next());
  deck.left -= 1;
  std::swap(deck.cards[drawn], deck.cards[deck.left]);
  return deck.cards[deck.left];
}

}  // namespace otelctl::synth
