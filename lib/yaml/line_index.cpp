// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/line_index.hpp"

#include <algorithm>

namespace otelctl::yaml {
namespace {

constexpr std::size_t k_step = 1024;

void advance(Position& position, std::string_view text) {
  for (const char c : text) {
    if (c == '\n') {
      ++position.line;
      position.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++position.column;
    }
  }
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : m_text(text) {
  Position position;
  if (text.starts_with("\xEF\xBB\xBF")) {
    position.column = 0;
  }
  m_checkpoints.reserve(text.size() / k_step + 1);
  m_checkpoints.push_back(position);
  while (text.size() > k_step) {
    advance(position, text.substr(0, k_step));
    m_checkpoints.push_back(position);
    text.remove_prefix(k_step);
  }
}

Position LineIndex::at(std::size_t offset) const {
  offset = std::min(offset, m_text.size());
  if (m_checkpoints.empty()) {
    return {};
  }
  const std::size_t checkpoint = std::min(offset / k_step, m_checkpoints.size() - 1);
  Position position = m_checkpoints[checkpoint];
  advance(position, m_text.substr(checkpoint * k_step, offset - checkpoint * k_step));
  position.column = std::max(position.column, 1U);
  return position;
}

}  // namespace otelctl::yaml
