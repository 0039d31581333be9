// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/ids.hpp"
#include "server/memory_cost.hpp"

namespace otelctl::server {

// Finds values of a type with a member `id` by trace id; the values belong to the caller. Open
// addressing with linear probing: a lookup touches one cache line of the table, where a node-based
// table follows a chain (a quarter of the ingest's time, measured with 200k traces held).
template <typename Value>
class TraceTable {
 public:
  Value* find(const TraceId& id) const {
    const std::uint64_t hash = hash_of(id);
    for (std::size_t at = hash & mask(); !m_slots.empty(); at = (at + 1) & mask()) {
      const Slot& slot = m_slots[at];
      if (slot.value == nullptr) {
        break;
      }
      if (slot.hash == hash && slot.value->id == id) {
        return slot.value;
      }
    }
    return nullptr;
  }

  // The id must not be there yet.
  void insert(Value* value) {
    if (must_grow()) {
      grow();
    }
    place(value, hash_of(value->id));
    ++m_size;
  }

  void erase(const Value* value) {
    std::size_t hole = hash_of(value->id) & mask();
    while (m_slots[hole].value != value) {
      hole = (hole + 1) & mask();
    }
    // Those behind it that a lookup would no longer reach move up.
    for (std::size_t at = (hole + 1) & mask(); m_slots[at].value != nullptr;
         at = (at + 1) & mask()) {
      const std::size_t home = m_slots[at].hash & mask();
      if (((at - home) & mask()) >= ((at - hole) & mask())) {
        m_slots[hole] = m_slots[at];
        hole = at;
      }
    }
    m_slots[hole] = {};
    --m_size;
  }

  // Has the line loaded that a find() soon after will look at.
  void prefetch(const TraceId& id) const {
    if (!m_slots.empty()) {
      __builtin_prefetch(&m_slots[hash_of(id) & mask()]);
    }
  }

  std::uint64_t memory() const {
    return m_slots.empty() ? 0 : allocation_cost(m_slots.size() * sizeof(Slot));
  }
  // What growing takes when one value more makes it grow, else 0; the old slots live on meanwhile.
  std::uint64_t growth_cost() const {
    return must_grow() ? allocation_cost(grown_size() * sizeof(Slot)) : 0;
  }

 private:
  // The hash stands here too, so that moving slots touches no values: they are seldom in the cache.
  struct Slot {
    Value* value = nullptr;
    std::uint64_t hash = 0;
  };

  static constexpr std::size_t k_first_size = 16;

  static std::uint64_t hash_of(const TraceId& id) {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::memcpy(&high, id.bytes.data(), sizeof(high));
    std::memcpy(&low, id.bytes.data() + sizeof(high), sizeof(low));
    // Ids need not be random: the finalizer of MurmurHash3 (Appleby) spreads them.
    std::uint64_t hash = (high * 0x9E3779B97F4A7C15U) ^ std::rotl(low, 32);
    hash = (hash ^ (hash >> 33U)) * 0xFF51AFD7ED558CCDU;
    hash = (hash ^ (hash >> 33U)) * 0xC4CEB9FE1A85EC53U;
    return hash ^ (hash >> 33U);
  }

  std::size_t mask() const { return m_slots.size() - 1; }
  bool must_grow() const { return (m_size + 1) * 4 > m_slots.size() * 3; }
  std::size_t grown_size() const { return m_slots.empty() ? k_first_size : m_slots.size() * 2; }

  void grow() {
    std::vector<Slot> old(grown_size());
    old.swap(m_slots);
    for (const Slot& slot : old) {
      if (slot.value != nullptr) {
        place(slot.value, slot.hash);
      }
    }
  }

  void place(Value* value, std::uint64_t hash) {
    std::size_t at = hash & mask();
    while (m_slots[at].value != nullptr) {
      at = (at + 1) & mask();
    }
    m_slots[at] = {value, hash};
  }

  std::vector<Slot> m_slots;  // a power of two
  std::size_t m_size = 0;
};

}  // namespace otelctl::server
