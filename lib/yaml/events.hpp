// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "yaml/builder.hpp"

namespace otelctl::yaml {

// How reading ended, in yaml-cpp's words.
struct EventsEnd {
  // The parser gave up: its message and the byte offset it points at.
  struct Failure {
    std::string message;
    std::size_t offset = 0;
  };
  std::optional<Failure> failure;
  // Where a second document begins.
  std::optional<std::size_t> second_document;
  // The parser was stopped looking ahead: at a flow collection larger than memory should hold, or
  // at brackets inside of brackets beyond every limit.
  bool is_too_large = false;
  bool is_too_deep = false;
};

// Feeds the first document of `source` (from `start`, behind a byte order mark), or all of them, to
// the builder and stops at its problem.
EventsEnd read_events(std::string_view source, std::size_t start, Stream stream, Builder& builder);

}  // namespace otelctl::yaml
