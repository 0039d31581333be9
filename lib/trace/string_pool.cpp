// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/string_pool.hpp"

#include <cstring>
#include <functional>

namespace otelctl::trace {
namespace {

constexpr std::size_t k_chunk_size = std::size_t{64} * 1024;
constexpr std::size_t k_first_slots = 256;

std::uint32_t hash_of(std::string_view text) {
  const std::size_t hash = std::hash<std::string_view>{}(text);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

}  // namespace

StringPool::StringPool() : m_texts(1), m_slots(k_first_slots) {}

const char* StringPool::keep(std::string_view text) {
  // A large text gets a chunk of its own, so that what is left of the current one is not lost.
  if (text.size() > k_chunk_size / 4) {
    m_chunks.emplace_back(text.begin(), text.end());
    return m_chunks.back().data();
  }
  if (text.size() > m_free_size) {
    m_chunks.emplace_back(k_chunk_size);
    m_free = m_chunks.back().data();
    m_free_size = k_chunk_size;
  }
  char* kept = m_free;
  std::memcpy(kept, text.data(), text.size());
  m_free += text.size();
  m_free_size -= text.size();
  return kept;
}

void StringPool::grow() {
  std::vector<Slot> slots(m_slots.size() * 2);
  const std::size_t mask = slots.size() - 1;
  for (const Slot& slot : m_slots) {
    if (slot.index == 0) {
      continue;
    }
    std::size_t place = slot.hash & mask;
    while (slots[place].index != 0) {
      place = (place + 1) & mask;
    }
    slots[place] = slot;
  }
  m_slots = std::move(slots);
}

Text StringPool::intern(std::string_view text) {
  if (text.empty()) {
    return Text::empty;
  }
  if (m_texts.size() * 2 > m_slots.size()) {
    grow();
  }
  const std::uint32_t hash = hash_of(text);
  const std::size_t mask = m_slots.size() - 1;
  std::size_t place = hash & mask;
  while (m_slots[place].index != 0) {
    const Slot& slot = m_slots[place];
    if (slot.hash == hash && m_texts[slot.index] == text) {
      return Text{slot.index};
    }
    place = (place + 1) & mask;
  }
  const auto index = static_cast<std::uint32_t>(m_texts.size());
  m_texts.emplace_back(keep(text), text.size());
  m_slots[place] = {hash, index};
  return Text{index};
}

}  // namespace otelctl::trace
