// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace otelctl::report {

// Text from outside within a line or a table cell of Markdown, as GitHub and GitLab render it: what
// would end a cell, begin markup, HTML or a link, or call a person (@name), is escaped.
std::string markdown_text(std::string_view text);

}  // namespace otelctl::report
