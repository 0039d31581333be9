// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/names.hpp"

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/words.hpp"
#include "scenario/scalars.hpp"

namespace otelctl::scenario {

void Names::add(Notes& notes, const Spot& spot, std::string_view name, std::size_t index) {
  const auto [place, is_new] = m_entries.try_emplace(name, Entry{index, spot.node});
  if (is_new) {
    suggest(name);
  } else if (place->second.is_weak) {
    place->second = {index, spot.node};
  } else {
    notes.add_repeated(spot, place->second.node,
                       fmt::format("two {}s are called {}", m_noun, config::shown(name)),
                       "give each a name of its own");
  }
}

void Names::add_weak(std::string_view name, yaml::NodeId node, std::size_t index) {
  const auto [place, is_new] = m_entries.try_emplace(name, Entry{index, node, true});
  if (is_new) {
    suggest(name);
  } else if (place->second.is_weak) {
    place->second.is_ambiguous = true;
  }
}

void Names::suggest(std::string_view name) {
  constexpr std::size_t k_most_candidates = 2000;
  constexpr std::size_t k_longest = 128;
  if (m_candidates.size() < k_most_candidates && name.size() <= k_longest) {
    m_candidates.emplace_back(name);
  }
}

std::optional<std::size_t> Names::find(Notes& notes, const Spot& spot) {
  const auto name = read_text(notes, spot);
  if (!name) {
    return std::nullopt;
  }
  const auto found = m_entries.find(*name);
  if (found == m_entries.end()) {
    notes.add(config::IssueKind::not_a_choice, spot,
              fmt::format("{}: there is no {} {}", name_of(notes.document(), spot), m_noun,
                          config::shown(*name)),
              help_for(*name));
    return std::nullopt;
  }
  if (found->second.is_ambiguous) {
    notes.add(config::IssueKind::not_a_choice, spot,
              fmt::format("{}: several {}s are called {}", name_of(notes.document(), spot), m_noun,
                          config::shown(*name)),
              "give the one that is meant an id of its own, and write that");
    return std::nullopt;
  }
  return found->second.index;
}

std::optional<std::size_t> Names::find(std::string_view name) const {
  const auto found = m_entries.find(name);
  return found == m_entries.end() ? std::nullopt : std::optional(found->second.index);
}

std::string Names::help_for(std::string_view name) {
  if (m_entries.empty()) {
    return fmt::format("there are no {}s here", m_noun);
  }
  if (m_suggestions_left > 0) {
    --m_suggestions_left;
    if (const std::string hint = did_you_mean(name, m_candidates); !hint.empty()) {
      return escape_for_terminal(hint);
    }
  }
  constexpr std::size_t k_most_listed = 12;
  return m_candidates.size() <= k_most_listed
             ? escape_for_terminal(
                   fmt::format("the {}s here are {}", m_noun, join(m_candidates, ", ")))
             : fmt::format("write the name of one of the {}s", m_noun);
}

}  // namespace otelctl::scenario
