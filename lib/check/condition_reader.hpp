// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check/expectations.hpp"
#include "config/reading/notes.hpp"
#include "config/reading/spot.hpp"

// The conditions that stand in files, by what their key wants. Each notes what is wrong and gives
// nothing then. A list is any of its items.
namespace otelctl::check {

using config::reading::Notes;
using config::reading::Spot;

std::uint32_t line_of(const Notes& notes, const Spot& spot);

std::optional<TextPattern> read_pattern(Notes& notes, const Spot& spot);
std::vector<TextPattern> read_patterns(Notes& notes, const Spot& spot);
std::optional<TextCondition> read_condition(Notes& notes, const Spot& spot);
std::optional<Amount> read_amount(Notes& notes, const Spot& spot, Amount::Unit unit, Relation bare);
std::vector<trace::SpanKind> read_kinds(Notes& notes, const Spot& spot);
std::vector<trace::SpanStatus> read_statuses(Notes& notes, const Spot& spot);
std::vector<AttributeExpectation> read_attributes(Notes& notes, const Spot& spot);

// What an Error says, as an issue at the value.
void note_error(Notes& notes, const Spot& spot, const Error& error);

}  // namespace otelctl::check
