// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace otelctl {

// Free text without the secrets that can be told in it: what follows `password=`, `"api_key":` and
// the like, "Bearer ..." and "Basic ...", words that look like keys, the userinfo of URLs. A word
// after `token:` stays unless it holds a digit: messages of parsers read so.
std::string redact_text(std::string_view text);

}  // namespace otelctl
