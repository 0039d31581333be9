// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "cmd/command.hpp"

namespace otelctl {

// Every command, in the order of `otelctl --help`.
const std::vector<CommandSpec>& all_commands();

// The headings of `otelctl --help`: the four questions that otelctl answers.
namespace topic {
inline constexpr std::string_view k_config = "Is my configuration right?";
inline constexpr std::string_view k_connect = "Can I reach my collector, and if not, why?";
inline constexpr std::string_view k_send = "Does what I send come out at the other end?";
inline constexpr std::string_view k_read =
    "What were the last traces, and what was slow or broken?";
inline constexpr std::string_view k_more = "More";
}  // namespace topic

}  // namespace otelctl
