// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/tags.hpp"

#include <fmt/format.h>

namespace otelctl {

Result<std::vector<std::pair<std::string, std::string>>> parse_tags(
    const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> tags;
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return fail(ErrorKind::usage, fmt::format("--tag: '{}' is not KEY=VALUE", text),
                  "write --tag http.route=/orders");
    }
    const std::string key = text.substr(0, equals);
    for (const auto& [known, value] : tags) {
      if (known == key) {
        return fail(ErrorKind::usage, fmt::format("--tag: '{}' is given twice", key),
                    "one span has only one value for it");
      }
    }
    tags.emplace_back(key, text.substr(equals + 1));
  }
  return tags;
}

}  // namespace otelctl
