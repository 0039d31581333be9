// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "config/rules.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

// All rules as a table: code, severity, kinds of files, summary; '*' marks what --fix can mend.
void write_rules_text(std::ostream& out);
// The shape otelctl.rules/1.
void write_rules_json(std::ostream& out);

// One rule with its rationale and both examples.
void write_rule_text(std::ostream& out, const config::Rule& rule,
                     const terminal::Terminal& terminal);
// The shape otelctl.rule/1: the members of otelctl.rules/1 and rationale, bad and good.
void write_rule_json(std::ostream& out, const config::Rule& rule);

}  // namespace otelctl::report
