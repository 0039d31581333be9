// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "yaml/builder.hpp"
#include "yaml/parse.hpp"

namespace otelctl::yaml {

// Says in a user's words why the parser gave up: what is wrong, where it really begins (a quote
// that was never closed, a tab, an open bracket) and what mends it. `message` and `offset` are
// yaml-cpp's.
Problem explain_syntax_error(const Document& document, const Builder& builder,
                             std::string_view message, std::size_t offset);

// That of two braces in a row, which Helm, Jinja and their like put around what they fill in.
Problem template_problem(std::size_t offset);

}  // namespace otelctl::yaml
