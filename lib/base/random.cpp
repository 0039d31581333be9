// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <bit>
#include <random>

namespace otelctl {
namespace {

std::uint64_t split_mix(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15ULL;
  std::uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
  return mixed ^ (mixed >> 31U);
}

template <typename IdType>
IdType random_id(Random& random) {
  IdType id;
  do {
    for (std::size_t index = 0; index < id.bytes.size(); index += 8) {
      // Big-endian on every machine, so that a seed's ids are the same everywhere.
      const std::uint64_t word = random.next();
      for (std::size_t byte = 0; byte < 8; ++byte) {
        id.bytes[index + byte] = static_cast<std::uint8_t>(word >> (56U - 8U * byte));
      }
    }
  } while (!id.is_valid());
  return id;
}

}  // namespace

TraceId Random::trace_id() {
  return random_id<TraceId>(*this);
}
SpanId Random::span_id() {
  return random_id<SpanId>(*this);
}

double Random::fraction() {
  // The upper 53 bits are what a double can hold.
  return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

std::uint64_t SystemRandom::next() {
  std::random_device device;
  return (std::uint64_t{device()} << 32U) | device();
}

SeededRandom::SeededRandom(std::uint64_t seed) {
  for (std::uint64_t& word : m_state) {
    word = split_mix(seed);
  }
}

std::uint64_t SeededRandom::next() {
  const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
  const std::uint64_t shifted = m_state[1] << 17U;
  m_state[2] ^= m_state[0];
  m_state[3] ^= m_state[1];
  m_state[1] ^= m_state[2];
  m_state[0] ^= m_state[3];
  m_state[2] ^= shifted;
  m_state[3] = std::rotl(m_state[3], 45);
  return result;
}

}  // namespace otelctl
