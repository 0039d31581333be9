// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/patterns.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/words.hpp"
#include "scenario/limits.hpp"
#include "scenario/reading.hpp"

namespace otelctl::scenario {
namespace {

using config::IssueKind;

constexpr std::array<std::string_view, 2> k_choice_keys{"columns", "rows"};

}  // namespace

std::vector<synth::Choice> Patterns::read_choices(Notes& notes, const Spot& spot) {
  std::vector<synth::Choice> choices;
  for (const Spot& item : items_of(notes, spot, 1, k_most_choices)) {
    if (notes.is_full()) {
      break;
    }
    if (auto choice = read_choice(notes, item)) {
      choices.push_back(std::move(*choice));
    }
  }
  return choices;
}

std::optional<synth::Choice> Patterns::read_choice(Notes& notes, const Spot& spot) {
  const MapReader map(notes, spot, k_choice_keys);
  const auto columns = map.require("columns", "name what a row holds: columns: [NAME, ...]");
  const auto rows = map.require("rows", "give it what is drawn: rows: [[CELL, ...], ...]");
  if (!columns) {
    return std::nullopt;
  }
  synth::Choice choice;
  const std::size_t first_column = m_longest.size();
  for (const Spot& column : items_of(notes, *columns, 1, k_most_columns)) {
    const auto name = scenario::read_text(notes, column);
    if (name) {
      m_columns.add(notes, column, *name, m_longest.size());
    }
    choice.columns.emplace_back(name.value_or(""));
    m_longest.push_back(0);
  }
  if (!rows || choice.columns.empty()) {
    return std::nullopt;
  }
  for (const Spot& row : items_of(notes, *rows, 1, k_most_rows)) {
    if (notes.is_full()) {
      break;
    }
    read_row(notes, row, first_column, choice);
  }
  return choice.rows.empty() ? std::nullopt : std::optional(std::move(choice));
}

void Patterns::read_row(Notes& notes, const Spot& spot, std::size_t first_column,
                        synth::Choice& choice) {
  const std::vector<Spot> cells = items_of(notes, spot, 0, k_most_columns);
  if (notes.document().node(spot.node).kind != yaml::NodeKind::sequence) {
    return;
  }
  if (cells.size() != choice.columns.size()) {
    notes.add(IssueKind::wrong_count, spot,
              fmt::format("{} has {}, and there are {}", name_of(notes.document(), spot),
                          counted(cells.size(), "cell"), counted(choice.columns.size(), "column")),
              "give each row a cell for each column");
    return;
  }
  std::vector<std::string> row;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    const auto cell = scenario::read_text(notes, cells[index], Emptiness::allowed);
    row.emplace_back(cell.value_or(""));
    std::uint64_t& longest = m_longest[first_column + index];
    longest = std::max<std::uint64_t>(longest, row.back().size());
  }
  choice.rows.push_back(std::move(row));
}

std::optional<std::string> Patterns::read_text(Notes& notes, const Spot& spot,
                                               Emptiness emptiness) {
  const auto text = scenario::read_text(notes, spot, emptiness);
  if (!text || !check(notes, spot, *text)) {
    return std::nullopt;
  }
  return std::string(*text);
}

std::optional<synth::Value> Patterns::read_value(Notes& notes, const Spot& spot) {
  auto value = scenario::read_value(notes, spot);
  if (!value) {
    return std::nullopt;
  }
  bool is_right = true;
  if (const auto* text = std::get_if<std::string>(&*value)) {
    is_right = check(notes, spot, *text);
  } else if (const auto* texts = std::get_if<std::vector<std::string>>(&*value)) {
    const std::vector<Spot> items = items_of(notes, spot, 0, texts->size());
    for (std::size_t index = 0; index < items.size(); ++index) {
      is_right = check(notes, items[index], (*texts)[index]) && is_right;
    }
  }
  return is_right ? std::move(value) : std::nullopt;
}

// Goes over the text as synth::fill does.
bool Patterns::check(Notes& notes, const Spot& spot, std::string_view text) {
  for (std::size_t at = text.find_first_of("{}"); at != std::string_view::npos;
       at = text.find_first_of("{}", at)) {
    const char brace = text[at];
    if (at + 1 < text.size() && text[at + 1] == brace) {
      at += 2;
      continue;
    }
    const std::size_t end = brace == '{' ? text.find('}', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      notes.add(IssueKind::malformed_reference, spot,
                fmt::format("{} has a brace without its partner", config::shown(text)),
                "write {COLUMN} for a choice, and {{ or }} for a brace that stands for itself");
      return false;
    }
    if (!check_place(notes, spot, text.substr(at + 1, end - at - 1))) {
      return false;
    }
    at = end + 1;
  }
  m_bytes += text.size();
  return true;
}

bool Patterns::check_place(Notes& notes, const Spot& spot, std::string_view column) {
  if (m_rows == Rows::none) {
    notes.add(IssueKind::not_a_choice, spot,
              fmt::format("{} is a choice of a trace, and a metric is of none",
                          config::shown(fmt::format("{{{}}}", column))),
              "list the values: {one_of: [a, b]}; a brace that stands for itself is doubled: {{");
    return false;
  }
  const auto index = m_columns.find(column);
  if (!index) {
    std::string help = m_columns.help_for(column);
    if (!help.ends_with('?')) {
      help += "; a brace that stands for itself is doubled: {{";
    }
    notes.add(IssueKind::not_a_choice, spot,
              fmt::format("no choice has a column {}", config::shown(column)), std::move(help));
    return false;
  }
  m_bytes += m_longest[*index];
  return true;
}

}  // namespace otelctl::scenario
