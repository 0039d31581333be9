// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "yaml/parse.hpp"

namespace otelctl::yaml {

// Turns parser events into a Document. Events that pass a limit set problem() and are dropped; the
// caller stops then.
class Builder {
 public:
  // `document` has its source; `anchor` is a number from 1 that the parser gives each anchor, 0 for
  // none; offsets are where yaml-cpp's marks point: at the tag or anchor if there is one.
  Builder(Document& document, const Limits& limits);

  static void set_source(Document& document, std::string bytes);
  // Puts other bytes of the same size in place: lines that were blank while it was read.
  static void restore_source(Document& document, std::string_view bytes);

  // Anchors do not reach from one document of a stream into the next.
  void start_document();

  void null(std::size_t offset, std::size_t anchor);
  void alias(std::size_t offset, std::size_t anchor);
  void scalar(std::size_t offset, std::string_view tag, std::size_t anchor,
              std::string_view content);
  void start(NodeKind kind, Style style, std::size_t offset, std::string_view tag,
             std::size_t anchor);
  void end();
  // A scalar of a file that is not YAML: where it stands and what it means are known.
  void ready_scalar(std::size_t begin, std::size_t end, Style style, std::string_view content);

  const std::optional<Problem>& problem() const { return m_problem; }
  // Whether the top value has been read to its end.
  bool is_complete() const { return m_open.empty() && m_document.root() != k_no_node; }

  // For explaining a syntax error: what was being read when it struck.
  NodeId last_node() const { return m_last; }
  NodeId innermost_open() const { return m_open.empty() ? k_no_node : m_open.back().node; }

 private:
  // What a value takes once aliases are expanded.
  struct Size {
    std::uint64_t nodes = 0;
    std::uint64_t bytes = 0;

    Size& operator+=(const Size& other);
  };
  struct Open {
    NodeId node;
    NodeId pending_key;
    NodeId last_child;
    std::size_t anchor;
    // So far.
    Size size;
  };
  struct Anchor {
    NodeId node = k_no_node;
    // No nodes while it is still open.
    Size size = {};
  };

  NodeId add(Node node, const Size& size);
  void link(NodeId id);
  std::uint16_t tag_index(std::string_view tag);
  std::string_view keep(std::string_view content, const Node& node);
  void define_anchor(std::size_t anchor, NodeId id, const Size& size);
  void fail(ProblemKind kind, std::size_t offset, std::size_t end, std::string message,
            std::string help);
  // Where an empty value stands: behind its key, not at the next token as yaml-cpp has it.
  void place_null(Node& node, std::size_t offset) const;
  bool follows(const Node& key, std::size_t behind_key, std::size_t offset) const;

  Document& m_document;
  const Limits& m_limits;
  std::vector<Open> m_open;
  std::vector<Anchor> m_anchors;
  std::unordered_map<std::string, std::uint16_t> m_tag_numbers;
  Size m_total;
  NodeId m_last = k_no_node;
  std::optional<Problem> m_problem;
};

}  // namespace otelctl::yaml
