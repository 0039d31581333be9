// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "config/show/effective_settings.hpp"

namespace otelctl::config {

// Where a value at `place` ("app.yaml:12") comes from, by the references in its raw text.
std::string origin_of(std::string_view raw, const std::string& place, const ShowOptions& options);

// The value, or the redaction where the keys on the way to it or the value itself say that it is a
// secret; of a URL only user and query. `raw` is the text in the file: a variable's name says what
// it holds.
std::string shown_value(const std::vector<PathPart>& parts, std::string_view raw,
                        std::string_view value);

}  // namespace otelctl::config
