// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/version.hpp"

#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::config {

Result<CollectorVersion> CollectorVersion::parse(std::string_view text) {
  const auto parts = split(text.substr(text.starts_with('v') ? 1 : 0), '.');
  std::vector<unsigned> numbers;
  for (const std::string_view part : parts) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error == std::errc() && !part.empty() && end == part.data() + part.size()) {
      numbers.push_back(number);
    }
  }
  if (numbers.size() != parts.size() || numbers.size() < 2 || numbers.size() > 3) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is no version of the Collector", escape_for_terminal(text)),
                "write it like 0.155 or 0.155.0");
  }
  if (numbers[0] != 0) {
    return fail(ErrorKind::usage,
                fmt::format("the Collector has no version {}", escape_for_terminal(text)),
                "give the version of the distribution, such as 0.155.0: 1.x is that of modules");
  }
  return CollectorVersion{numbers[0], numbers[1], numbers.size() == 3 ? numbers[2] : 0};
}

std::string CollectorVersion::text() const {
  return fmt::format("{}.{}.{}", major, minor, patch);
}

}  // namespace otelctl::config
