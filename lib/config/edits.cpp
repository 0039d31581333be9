// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/edits.hpp"

#include <algorithm>
#include <iterator>

namespace otelctl::config {
namespace {

bool has_windows_line_ends(std::string_view bytes) {
  const std::size_t line_end = bytes.find('\n');
  return line_end != std::string_view::npos && line_end > 0 && bytes[line_end - 1] == '\r';
}

void append_text(std::string& result, std::string_view text, bool has_carriage_returns) {
  for (const char c : text) {
    if (c == '\n' && has_carriage_returns && !result.ends_with('\r')) {
      result += '\r';
    }
    result += c;
  }
}

}  // namespace

bool EditSet::fits(const Edit& edit) const {
  if (edit.begin > edit.end || edit.end > m_file_size) {
    return false;
  }
  const auto behind = m_edits.lower_bound(edit.begin);
  const bool has_room_behind =
      behind == m_edits.end() || (behind->first > edit.begin && behind->first >= edit.end);
  return has_room_behind &&
         (behind == m_edits.begin() || std::prev(behind)->second.end <= edit.begin);
}

bool EditSet::add(const std::vector<Edit>& edits) {
  std::vector<std::size_t> added;
  for (const Edit& edit : edits) {
    const auto same = m_edits.find(edit.begin);
    if (same != m_edits.end() && same->second == edit) {
      continue;
    }
    if (!fits(edit)) {
      for (const std::size_t begin : added) {
        m_edits.erase(begin);
      }
      return false;
    }
    m_edits.emplace(edit.begin, edit);
    added.push_back(edit.begin);
  }
  return true;
}

bool touch_a_reference(const std::vector<Edit>& edits, const yaml::Document& document) {
  const std::string_view source = document.source();
  return std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
    const auto scalars = document.scalars_at(edit.begin, edit.end);
    return std::any_of(scalars.begin(), scalars.end(), [&](yaml::NodeId id) {
      const yaml::Node& node = document.node(id);
      return source.substr(node.begin, node.end - node.begin).find("${") != std::string_view::npos;
    });
  });
}

std::string apply_edits(std::string_view bytes, const EditSet& edits) {
  const bool has_carriage_returns = has_windows_line_ends(bytes);
  std::string result;
  result.reserve(bytes.size());
  std::size_t taken = 0;
  for (const auto& [begin, edit] : edits.edits()) {
    result += bytes.substr(taken, begin - taken);
    append_text(result, edit.text, has_carriage_returns);
    taken = edit.end;
  }
  result += bytes.substr(taken);
  return result;
}

}  // namespace otelctl::config
