// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string_view>

#include "base/json_writer.hpp"
#include "synth/ledger.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

// What was sent and what became of it, with the trace ids, one a line. `place` says where it went
// ("to http://localhost:4317 (grpc)") or where it was read.
void write_ledger_text(std::ostream& out, const synth::Ledger& ledger, std::string_view place,
                       const terminal::Terminal& terminal);

// `otelctl.ledger/1`.
void write_ledger_json(std::ostream& out, const synth::Ledger& ledger);

// Its members without the schema, for shapes that hold a ledger.
void write_ledger_members(JsonWriter& json, const synth::Ledger& ledger);

}  // namespace otelctl::report
