// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "synth/ledger.hpp"

namespace otelctl::report {

// The ledgers of a thousand shards, one after the other; a ledger's lists are limited, so it has
// 300 KiB at most.
inline constexpr std::uint64_t k_most_ledger_bytes = std::uint64_t{64} << 20U;
// More are refused: their sums might not fit.
inline constexpr std::size_t k_most_ledgers = 1024;

// Reads every `otelctl.ledger/1` in the text, as write_ledger_json writes it; members that it does
// not know are passed over, and so are lines between documents: a container's log has the notes of
// stderr too. A document whose figures do not add up is refused with the figures, and so is a text
// without any. Error kind: usage.
Result<std::vector<synth::Ledger>> read_ledgers_json(std::string_view text);

}  // namespace otelctl::report
