// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace otelctl::otlp {

// "CLAUSE: WORDS" with what a server wrote made safe to print, on one line and not too long; the
// clause alone where it wrote nothing.
std::string with_server_words(std::string clause, std::string_view words);

}  // namespace otelctl::otlp
