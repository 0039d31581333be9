// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/picture_text.hpp"

#include <algorithm>
#include <array>

#include "base/redact.hpp"
#include "base/stable_hash.hpp"
#include "base/text.hpp"

namespace otelctl::report {
namespace {

constexpr std::array<std::string_view, 12> k_palette = {"#4c8dd6", "#2fa198", "#8a6fd1", "#c28a1e",
                                                        "#5c9e3f", "#b866b0", "#3f9fc4", "#9a7b4f",
                                                        "#6f7fb8", "#7a8f2e", "#a483d9", "#5b8aa6"};

std::string named(std::string_view text, std::string_view otherwise, std::size_t most) {
  return text.empty() ? std::string(otherwise) : picture_text(text, most);
}

}  // namespace

std::string picture_text(std::string_view text, std::size_t most) {
  // A code point becomes ten bytes at most when it is escaped; megabytes need not be looked at.
  constexpr std::size_t k_longest_code_point = 4;
  const std::string_view head = text.substr(0, (most + 1) * k_longest_code_point);
  if (looks_secret(head)) {
    return std::string(k_redacted);
  }
  const std::string safe = escape_for_terminal(head);
  std::size_t count = 0;
  std::size_t before_last = 0;
  for (std::size_t at = 0; at < safe.size(); ++count) {
    if (count == most) {
      return safe.substr(0, before_last) + "…";
    }
    before_last = at;
    at += first_code_point(std::string_view(safe).substr(at)).length;
  }
  return safe;
}

std::string picture_name(std::string_view name, std::size_t most) {
  return named(name, "(no name)", most);
}

std::string picture_service(std::string_view service, std::size_t most) {
  return named(service, "(no service)", most);
}

nanoseconds after_start(Time time, Time trace_start) {
  return std::max(time - trace_start, nanoseconds{0});
}

std::string_view ServiceColours::of(std::string_view service) {
  const auto [known, is_new] = m_known.try_emplace(std::string(service), 0);
  if (!is_new) {
    return k_palette[known->second];
  }
  m_taken.resize(k_palette.size(), false);
  std::size_t place = stable_hash(service) % k_palette.size();
  for (std::size_t tries = 1; m_taken[place] && tries < k_palette.size(); ++tries) {
    place = (place + 1) % k_palette.size();
  }
  m_taken[place] = true;
  known->second = place;
  return k_palette[place];
}

}  // namespace otelctl::report
