// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace otelctl::config {

// The version of a Collector ("0.155.0"), which decides what its files may hold.
struct CollectorVersion {
  unsigned major = 0;
  unsigned minor = 155;
  unsigned patch = 0;

  // "0.155", "0.155.0" or "v0.155.0". Error kind: usage.
  static Result<CollectorVersion> parse(std::string_view text);
  // "0.155.0".
  std::string text() const;

  friend auto operator<=>(const CollectorVersion&, const CollectorVersion&) = default;
};

}  // namespace otelctl::config
