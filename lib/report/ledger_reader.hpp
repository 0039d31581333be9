// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "synth/ledger.hpp"

namespace otelctl::report {

// More than any ledger has: its errors, warnings and buckets are limited.
inline constexpr std::uint64_t k_most_ledger_bytes = std::uint64_t{4} << 20U;

// Reads `otelctl.ledger/1` as write_ledger_json writes it; members that it does not know are passed
// over. A document whose figures do not add up is refused with the figures. Error kind: usage.
Result<synth::Ledger> read_ledger_json(std::string_view text);

}  // namespace otelctl::report
