// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "synth/columns.hpp"
#include "synth/scenario.hpp"

// What check_scenario asks of texts, ranges and attributes, whatever signal they belong to. All
// errors are of kind settings.
namespace otelctl::synth {

tl::unexpected<Error> wrong(std::string message, std::string hint = {});

// Of each choice the cells of its first row: what texts are filled in with to see whether they can
// be.
Result<Columns> first_rows(const std::vector<Choice>& choices);

Result<void> check_text(std::string_view text, const Columns& columns);
Result<void> check_range(std::string_view name, const IntRange& range);

// Appends the numbers' names to `names`.
Result<void> check_numbers(const std::vector<NumberSpec>& numbers, std::vector<std::string>& names);

// `numbers` are those that a NumberOf may show.
Result<void> check_attributes(const std::vector<AttributeSpec>& attributes,
                              const std::vector<std::string>& numbers, const Columns& columns);

// Whether it lies in [0, 1]; NaN does not.
bool is_share(double value);

}  // namespace otelctl::synth
