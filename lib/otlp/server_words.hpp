// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace otelctl::otlp {

// "CLAUSE: WORDS" with what a server wrote made safe to print, on one line and not too long; the
// clause alone where it wrote nothing.
std::string with_server_words(std::string clause, std::string_view words);

// The hint, after what the server asks for if it asks for a wait.
std::string with_wait(std::string hint, std::optional<nanoseconds> retry_after);

}  // namespace otelctl::otlp
