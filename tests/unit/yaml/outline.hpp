// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <fmt/format.h>

#include "yaml/parse.hpp"

namespace otelctl::yaml {

// What a test compares: "kind@line:column" of each problem, joined by spaces.
inline std::string places(const Parsed& parsed) {
  std::string text;
  for (const Problem& problem : parsed.problems) {
    static constexpr const char* k_names[] = {"syntax", "duplicate", "unterminated",
                                              "bytes",  "tab",       "documents",
                                              "limit",  "merge",     "tag"};
    const Position position = parsed.document.position(problem.begin);
    text += fmt::format("{}{}@{}:{}", text.empty() ? "" : " ",
                        k_names[static_cast<std::size_t>(problem.kind)], position.line,
                        position.column);
  }
  return text;
}

// The nodes of a document in the order of the file: kind letter, line:column, and the very bytes
// from its begin to its end.
inline std::string outline(const Document& document) {
  std::string text;
  for (NodeId id = 0; id < document.node_count(); ++id) {
    const Node& node = document.node(id);
    const Position position = document.position(node.begin);
    text +=
        fmt::format("{} {}:{} <{}>\n", "nsqma"[static_cast<std::size_t>(node.kind)], position.line,
                    position.column, document.source().substr(node.begin, node.end - node.begin));
  }
  return text;
}

}  // namespace otelctl::yaml
