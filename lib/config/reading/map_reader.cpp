// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/reading/map_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/reading/scalars.hpp"
#include "config/words.hpp"

namespace otelctl::config::reading {
namespace {

using yaml::NodeKind;

std::vector<std::string> strings(std::span<const std::string_view> keys) {
  return {keys.begin(), keys.end()};
}

bool has_text_key(Notes& notes, const Spot& spot) {
  const yaml::Node& key = notes.document().node(spot.key);
  if (key.kind != NodeKind::scalar) {
    notes.add_at_key(IssueKind::wrong_kind, spot,
                     fmt::format("expected text as key, found {}", kind_words(key)),
                     "name the key, or quote it");
  }
  return key.kind == NodeKind::scalar;
}

}  // namespace

MapReader::MapReader(Notes& notes, const Spot& spot, std::span<const std::string_view> keys)
    : m_notes(notes),
      m_spot(spot),
      m_keys(keys),
      m_values(keys.size()),
      m_is_map(notes.document().node(spot.node).kind == NodeKind::map) {
  if (!m_is_map) {
    note_wrong_kind(notes, spot, "a map",
                    fmt::format("its keys are {}", join(strings(keys), ", ")));
    return;
  }
  for (const yaml::Document::Entry& entry : notes.document().entries(spot.node)) {
    if (notes.is_full()) {
      break;
    }
    match(entry);
  }
}

void MapReader::match(const yaml::Document::Entry& entry) {
  const Spot spot{&m_spot, m_notes.document().resolve(entry.value),
                  m_notes.document().resolve(entry.key)};
  if (!has_text_key(m_notes, spot)) {
    return;
  }
  const std::string_view name = m_notes.document().node(spot.key).text;
  const auto known = std::find(m_keys.begin(), m_keys.end(), name);
  if (known != m_keys.end()) {
    m_values[static_cast<std::size_t>(known - m_keys.begin())] = spot;
    return;
  }
  m_unknown.emplace_back(name);
  std::string help = did_you_mean(name, strings(m_keys));
  if (help.empty()) {
    help = fmt::format("the keys here are {}", join(strings(m_keys), ", "));
  }
  const bool is_top = m_spot.parent == nullptr;
  m_notes.add_at_key(IssueKind::unknown_key, spot,
                     fmt::format("unknown key {} {} {}", config::shown(name),
                                 is_top ? "in" : "under", name_of(m_notes.document(), m_spot)),
                     std::move(help));
}

std::optional<Spot> MapReader::find(std::string_view key) const {
  const auto known = std::find(m_keys.begin(), m_keys.end(), key);
  return m_values[static_cast<std::size_t>(known - m_keys.begin())];
}

std::optional<Spot> MapReader::require(std::string_view key, std::string_view help) const {
  auto spot = find(key);
  if (spot) {
    spot->is_required = true;
  } else if (m_is_map && !is_misspelt(key)) {
    m_notes.add_at_key(
        IssueKind::missing_key, m_spot,
        fmt::format("{} lacks the key '{}'", name_of(m_notes.document(), m_spot), key),
        std::string(help));
  }
  return spot;
}

// Whether an unknown key was answered with this one.
bool MapReader::is_misspelt(std::string_view key) const {
  return std::any_of(m_unknown.begin(), m_unknown.end(), [&](const std::string& name) {
    const std::vector<std::string> near = nearest(name, strings(m_keys));
    return std::find(near.begin(), near.end(), key) != near.end();
  });
}

std::vector<Spot> entries_of(Notes& notes, const Spot& spot) {
  std::vector<Spot> found;
  if (notes.document().node(spot.node).kind != NodeKind::map) {
    note_wrong_kind(notes, spot, "a map");
    return found;
  }
  for (const yaml::Document::Entry& entry : notes.document().entries(spot.node)) {
    const Spot each{&spot, notes.document().resolve(entry.value),
                    notes.document().resolve(entry.key)};
    if (has_text_key(notes, each)) {
      found.push_back(each);
    }
  }
  return found;
}

std::vector<Spot> items_of(Notes& notes, const Spot& spot, std::size_t least, std::size_t most) {
  const yaml::Node& node = notes.document().node(spot.node);
  if (node.kind != NodeKind::sequence) {
    note_wrong_kind(notes, spot, "a list");
    return {};
  }
  const std::string name = name_of(notes.document(), spot);
  if (node.child_count < least) {
    notes.add(IssueKind::wrong_count, spot,
              fmt::format("{} needs at least {}", name, counted(least, "item")),
              advice_to_give(spot, "an item"));
    return {};
  }
  if (node.child_count > most) {
    notes.add_at_key(
        IssueKind::wrong_count, spot,
        fmt::format("{} has {}, more than {}", name, counted(node.child_count, "item"), most),
        "leave some out");
    return {};
  }
  std::vector<Spot> items;
  items.reserve(node.child_count);
  for (const yaml::NodeId child : notes.document().children(spot.node)) {
    items.push_back({&spot, notes.document().resolve(child), yaml::k_no_node, items.size()});
  }
  return items;
}

std::string advice_to_give(const Spot& spot, std::string_view wanted) {
  std::string_view otherwise = "";
  if (!spot.is_required) {
    otherwise = spot.key == yaml::k_no_node ? ", or leave it out" : ", or leave the key out";
  }
  return fmt::format("give it {}{}", wanted, otherwise);
}

void note_wrong_kind(Notes& notes, const Spot& spot, std::string_view wanted,
                     std::string_view help) {
  const yaml::Node& node = notes.document().node(spot.node);
  std::string advice(help);
  if (node.kind == NodeKind::null) {
    advice = advice_to_give(spot, wanted);
  } else if (advice.empty()) {
    advice = fmt::format("write {} here", wanted);
  }
  notes.add(IssueKind::wrong_kind, spot,
            fmt::format("{}: expected {}, found {}", name_of(notes.document(), spot), wanted,
                        value_words(notes, spot)),
            std::move(advice));
}

}  // namespace otelctl::config::reading
