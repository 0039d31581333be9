// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace otelctl::trace {

// A text kept in a StringPool: 4 bytes wherever it is used, equal exactly when the texts are equal.
enum class Text : std::uint32_t { empty = 0 };

// Keeps every distinct text once. Span names, attribute keys and most values repeat in each span,
// so a trace of 100k spans holds a few thousand texts. What is kept stays where it is until the
// end.
class StringPool {
 public:
  StringPool();

  Text intern(std::string_view text);
  std::string_view operator[](Text text) const { return m_texts[static_cast<std::uint32_t>(text)]; }
  std::size_t size() const { return m_texts.size(); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    // 0, the empty text, is never looked up here: it says that the slot is free.
    std::uint32_t index = 0;
  };

  const char* keep(std::string_view text);
  void grow();

  // The inner vectors never grow, so what points into them stays right.
  std::vector<std::vector<char>> m_chunks;
  char* m_free = nullptr;
  std::size_t m_free_size = 0;
  std::vector<std::string_view> m_texts;
  // Open addressing with linear probing; the size is a power of two.
  std::vector<Slot> m_slots;
};

}  // namespace otelctl::trace
