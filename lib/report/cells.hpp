// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otelctl::report {

// Any text as a cell of RFC 4180: quoted where that wants it. Control characters are escaped as for
// a terminal. A cell that begins as a formula does for a spreadsheet gets a ' in front (OWASP, "CSV
// Injection").
std::string csv_cell(std::string_view text);

// Any text as Markdown's inline code, in a table's cell too: there it cannot become a link, an
// image, a mention, an issue's number or HTML. Escaped as for a terminal; "-" where it is empty.
std::string markdown_code(std::string_view text);

// Text within a line or a cell of Markdown, as GitHub and GitLab render it, for sentences of ours
// that hold some from outside: what would end a cell, begin markup, HTML or a link, or call a
// person
// (@name), is escaped.
std::string markdown_text(std::string_view text);

// How many backticks stand next to each other at most.
std::size_t longest_backtick_run(std::string_view text);

}  // namespace otelctl::report
