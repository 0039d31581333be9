// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/line_index.hpp"

namespace otelctl::yaml {

using NodeId = std::uint32_t;
inline constexpr NodeId k_no_node = UINT32_MAX;

// `null` is an empty value or a plain ~, null, Null, NULL. An alias refers to `target`.
enum class NodeKind : std::uint8_t { null, scalar, sequence, map, alias };

// How it is written. The first four are of scalars, the last two of collections.
enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, block, flow };

// One value (or key) of the document. Offsets are bytes from the start of the file, `end` is
// exclusive; a quoted scalar begins at its quote; a collection ends behind its last value or
// bracket.
struct Node {
  NodeKind kind = NodeKind::null;
  Style style = Style::plain;
  // Index of the explicit tag in Document::tag; 0 is none.
  std::uint16_t tag = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  // Where its tag or anchor begins, else the same as `begin`.
  std::uint32_t outer_begin = 0;
  // The children of a sequence, or the values of a map, in the order of the file.
  std::uint32_t child_count = 0;
  NodeId first_child = k_no_node;
  NodeId next = k_no_node;
  NodeId parent = k_no_node;
  // Of a map's value: its key. A key itself has a parent but is nobody's child.
  NodeId key = k_no_node;
  NodeId target = k_no_node;
  // Of a scalar: the content, escapes resolved and lines folded.
  std::string_view text;

  bool is_plain() const { return style == Style::plain; }
};

// A YAML document as a flat list of nodes with the bytes it came from. Nothing in it is recursive;
// the expansion of its aliases is bounded by the Limits it was parsed with.
class Document {
 public:
  class ChildIterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = NodeId;
    using difference_type = std::ptrdiff_t;
    using pointer = const NodeId*;
    using reference = NodeId;

    ChildIterator(const Document* document, NodeId id) : m_document(document), m_id(id) {}
    NodeId operator*() const { return m_id; }
    ChildIterator& operator++() {
      m_id = m_document->node(m_id).next;
      return *this;
    }
    friend bool operator==(const ChildIterator& left, const ChildIterator& right) {
      return left.m_id == right.m_id;
    }

   private:
    const Document* m_document;
    NodeId m_id;
  };

  struct Children {
    ChildIterator first;
    ChildIterator last;
    ChildIterator begin() const { return first; }
    ChildIterator end() const { return last; }
  };

  // One key of a map with its value, aliases followed.
  struct Entry {
    NodeId key;
    NodeId value;
  };

  // The node at the top; k_no_node for an empty file or one of comments only.
  NodeId root() const { return m_root; }
  // The top of each document of a stream, in the order of the file; one at most unless the stream
  // was parsed as Stream::many.
  const std::vector<NodeId>& roots() const { return m_roots; }
  const Node& node(NodeId id) const { return m_nodes[id]; }
  std::size_t node_count() const { return m_nodes.size(); }

  // The node itself, or what its alias stands for; of no node none.
  NodeId resolve(NodeId id) const;
  // In the order of the file; the values of a map, each with its key.
  Children children(NodeId id) const;
  // The entries of a map as a YAML 1.1 reader with merge keys sees them: own keys in the order of
  // the file, then those of `<<` that are not there yet. Of a key that appears twice both are
  // there.
  std::vector<Entry> entries(NodeId map) const;

  // The scalars, keys and values, that the bytes from `begin` to `end` lie in or overlap; where
  // both are the same, the one that has bytes on either side.
  std::vector<NodeId> scalars_at(std::size_t begin, std::size_t end) const;

  // The explicit tag ("tag:yaml.org,2002:str", "!mine"); empty for none.
  std::string_view tag(const Node& node) const { return m_tags[node.tag]; }
  std::string_view source() const { return *m_source; }
  Position position(std::size_t offset) const { return m_lines.at(offset); }

 private:
  friend class Builder;

  std::unique_ptr<std::string> m_source = std::make_unique<std::string>();
  LineIndex m_lines;
  std::vector<Node> m_nodes;
  std::vector<std::string> m_tags{std::string()};
  // Contents that do not stand in the source as they are; a deque keeps their addresses.
  std::deque<std::string> m_texts;
  NodeId m_root = k_no_node;
  std::vector<NodeId> m_roots;
};

}  // namespace otelctl::yaml
