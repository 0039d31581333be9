// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/expectations.hpp"
#include "trace/trace.hpp"

// What messages call things.
namespace otelctl::check {

// "client or server".
std::string names_of(const std::vector<trace::SpanKind>& kinds);
std::string names_of(const std::vector<trace::SpanStatus>& statuses);

// "SELECT* @payment client"; "any span" where nothing is asked for.
std::string match_words(const SpanMatch& match);

// "POST /charge @payment".
std::string span_words(const trace::Trace& trace, const trace::Span& span);

// The value of an attribute, "absent" where it is not there.
std::string found_words(const trace::Trace& trace, std::string_view key,
                        const std::optional<trace::Value>& value);

// The first 120 bytes of a text.
std::string cut(std::string_view text);

// "a, b, c and 5 more": the first few of a list.
std::string listed(const std::vector<std::string>& names);

}  // namespace otelctl::check
