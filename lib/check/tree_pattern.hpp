// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "check/text_pattern.hpp"

namespace otelctl::check {

// A tree of spans as indented text, a span a line: `POST /charge @payment`, where either part may
// be a pattern or left out.
struct TreePattern {
  struct Node {
    std::optional<TextPattern> name;
    std::optional<TextPattern> service;
    std::string words;                  // the line
    std::vector<std::size_t> children;  // behind the node
  };

  // Parents before children.
  std::vector<Node> nodes;
  std::vector<std::size_t> roots;
  // No spans but these.
  bool is_strict = false;
  std::uint32_t line = 0;
};

// Error kind: settings; the message names the line within the text.
Result<TreePattern> parse_tree(std::string_view text);

}  // namespace otelctl::check
