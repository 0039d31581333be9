// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otelctl::report {

// The page that write_trace_html() fills: page.html with page.css and page.js in it. {{title}},
// {{summary}} and {{data}} stand in it once each, in this order.
std::string_view html_page();

}  // namespace otelctl::report
