// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/builder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "yaml/extent.hpp"

namespace otelctl::yaml {
namespace {

bool has_bracket(std::string_view source, const Node& node) {
  return node.begin < source.size() && (source[node.begin] == '[' || source[node.begin] == '{');
}

std::uint32_t offset32(std::size_t offset) {
  return static_cast<std::uint32_t>(offset);
}

// yaml-cpp makes the lone bytes 85 and A0 of the escapes \N and \_. The source is UTF-8, so that
// no other lone byte can be in there.
std::string with_whole_code_points(std::string_view content) {
  std::string text;
  text.reserve(content.size() + 1);
  while (!content.empty()) {
    const CodePoint next = first_code_point(content);
    const bool is_lone = next.length == 1 && (content.front() & 0x80) != 0;
    text += is_lone ? "\xC2" : "";
    text += content.substr(0, next.length);
    content.remove_prefix(next.length);
  }
  return text;
}

}  // namespace

Builder::Builder(Document& document, const Limits& limits)
    : m_document(document), m_limits(limits), m_anchors(1) {}

void Builder::set_source(Document& document, std::string bytes) {
  document.m_source = std::make_unique<std::string>(std::move(bytes));
  document.m_lines = LineIndex(*document.m_source);
}

void Builder::restore_source(Document& document, std::string_view bytes) {
  // In place: the nodes' texts point into it.
  std::copy(bytes.begin(), bytes.end(), document.m_source->begin());
  document.m_lines = LineIndex(*document.m_source);
}

void Builder::start_document() {
  m_anchors.assign(1, Anchor());
}

void Builder::fail(ProblemKind kind, std::size_t offset, std::size_t end, std::string message,
                   std::string help) {
  if (!m_problem) {
    m_problem = Problem{kind, offset, end, std::move(message), std::move(help)};
  }
}

Builder::Size& Builder::Size::operator+=(const Size& other) {
  nodes += other.nodes;
  bytes += other.bytes;
  return *this;
}

NodeId Builder::add(Node node, const Size& size) {
  m_total += size;
  if (m_total.nodes > m_limits.nodes || m_total.bytes > m_limits.text_bytes) {
    const std::string what = m_total.nodes > m_limits.nodes
                                 ? fmt::format("{} nodes", m_limits.nodes)
                                 : fmt::format("{} of text", format_size(m_limits.text_bytes));
    fail(ProblemKind::limit, node.begin, node.end,
         fmt::format("the document has more than {} once its aliases are expanded", what),
         "split the file, or repeat less by aliases");
    return k_no_node;
  }
  if (!m_open.empty()) {
    m_open.back().size += size;
    node.parent = m_open.back().node;
  }
  const auto id = static_cast<NodeId>(m_document.m_nodes.size());
  m_document.m_nodes.push_back(node);
  m_last = id;
  link(id);
  return id;
}

void Builder::link(NodeId id) {
  if (m_open.empty()) {
    if (m_document.m_roots.empty()) {
      m_document.m_root = id;
    }
    m_document.m_roots.push_back(id);
    return;
  }
  Open& open = m_open.back();
  Node& parent = m_document.m_nodes[open.node];
  if (parent.kind == NodeKind::map) {
    if (open.pending_key == k_no_node) {
      open.pending_key = id;
      return;
    }
    m_document.m_nodes[id].key = std::exchange(open.pending_key, k_no_node);
  }
  if (open.last_child == k_no_node) {
    parent.first_child = id;
  } else {
    m_document.m_nodes[open.last_child].next = id;
  }
  open.last_child = id;
  ++parent.child_count;
}

std::uint16_t Builder::tag_index(std::string_view tag) {
  // yaml-cpp's own marks for "no tag": "?" of plain scalars and collections, "!" of quoted ones.
  if (tag.empty() || tag == "?" || tag == "!") {
    return 0;
  }
  const auto known = m_tag_numbers.find(std::string(tag));
  if (known != m_tag_numbers.end()) {
    return known->second;
  }
  // A document with so many different tags is wrong by any of them.
  const std::size_t number = std::min<std::size_t>(m_document.m_tags.size(), UINT16_MAX);
  if (number < UINT16_MAX) {
    m_document.m_tags.emplace_back(tag);
  }
  const auto index = static_cast<std::uint16_t>(std::min(number, m_document.m_tags.size() - 1));
  m_tag_numbers.emplace(tag, index);
  return index;
}

std::string_view Builder::keep(std::string_view content, const Node& node) {
  const std::string_view source = m_document.source();
  const bool is_quoted = node.style == Style::double_quoted || node.style == Style::single_quoted;
  const std::size_t quotes = node.is_plain() ? 0 : 1;
  const std::size_t begin = node.begin + quotes;
  // What is behind the opening quote can look like the content and be an escape: '' or \\.
  const bool is_all = !is_quoted || begin + content.size() + quotes == node.end;
  if (is_all && source.substr(begin).starts_with(content)) {
    return source.substr(begin, content.size());
  }
  return m_document.m_texts.emplace_back(content);
}

void Builder::define_anchor(std::size_t anchor, NodeId id, const Size& size) {
  if (anchor == 0) {
    return;
  }
  if (anchor >= m_anchors.size()) {
    m_anchors.resize(anchor + 1);
  }
  m_anchors[anchor] = {id, size};
}

void Builder::place_null(Node& node, std::size_t offset) const {
  const std::string_view source = m_document.source();
  offset = std::min(offset, source.size());
  std::size_t after = offset;
  const Node* key = nullptr;
  if (!m_open.empty() && m_open.back().pending_key != k_no_node) {
    key = &m_document.m_nodes[m_open.back().pending_key];
    after = skip_blank(source, key->end);
    after = after < source.size() && source[after] == ':' ? after + 1 : key->end;
  }
  const std::size_t content = skip_properties(source, offset);
  const auto word_end = end_of_null_word(source, content);
  if (word_end && (key == nullptr || follows(*key, after, offset))) {
    node.begin = offset32(content);
    node.end = offset32(*word_end);
    node.outer_begin = offset32(offset);
  } else {
    node.begin = node.end = node.outer_begin = offset32(std::min(after, source.size()));
  }
}

// The mark of an empty value points at the next token, which may be a key that is called `null`.
bool Builder::follows(const Node& key, std::size_t behind_key, std::size_t offset) const {
  const Position key_place = m_document.position(key.begin);
  const Position place = m_document.position(offset);
  return skip_blank(m_document.source(), behind_key) == offset &&
         (place.line == key_place.line || place.column > key_place.column);
}

void Builder::null(std::size_t offset, std::size_t anchor) {
  Node node;
  node.kind = NodeKind::null;
  place_null(node, offset);
  define_anchor(anchor, add(node, {.nodes = 1}), {.nodes = 1});
}

void Builder::alias(std::size_t offset, std::size_t anchor) {
  const std::string_view source = m_document.source();
  Node node;
  node.kind = NodeKind::alias;
  node.begin = node.outer_begin = offset32(offset);
  node.end = offset32(std::min(source.find_first_of(" \t\r\n,[]{}", offset), source.size()));
  node.text = source.substr(node.begin, node.end - node.begin);
  if (anchor >= m_anchors.size() || m_anchors[anchor].size.nodes == 0) {
    fail(ProblemKind::limit, node.begin, node.end,
         fmt::format("'{}' stands inside what it refers to", node.text),
         "a value cannot contain itself; write it out");
    return;
  }
  node.target = m_anchors[anchor].node;
  add(node, m_anchors[anchor].size);
}

void Builder::scalar(std::size_t offset, std::string_view tag, std::size_t anchor,
                     std::string_view content) {
  const std::string_view source = m_document.source();
  Node node;
  node.kind = NodeKind::scalar;
  node.tag = tag_index(tag);
  node.outer_begin = offset32(std::min(offset, source.size()));
  const std::size_t begin = skip_properties(source, node.outer_begin);
  node.begin = offset32(begin);
  node.style = style_at(source, begin);
  if (content.empty() && node.is_plain()) {
    // A tag with nothing behind it: what follows belongs to somebody else.
    node.begin = node.end = node.outer_begin;
  } else if (node.style == Style::double_quoted || node.style == Style::single_quoted) {
    const auto end = end_of_quoted(source, begin);
    node.end = offset32(end.value_or(source.size()));
    if (!end) {
      fail(ProblemKind::unterminated_string, begin, begin + 1, "the string opened here never ends",
           fmt::format("close it with another {}", source[begin]));
    }
  } else {
    node.end = offset32(end_of_content(source, begin, content, node.style));
  }
  node.text = node.style == Style::double_quoted && !is_valid_utf8(content)
                  ? keep(with_whole_code_points(content), node)
                  : keep(content, node);
  const Size size{1, node.text.size()};
  define_anchor(anchor, add(node, size), size);
}

void Builder::ready_scalar(std::size_t begin, std::size_t end, Style style,
                           std::string_view content) {
  Node node;
  node.kind = NodeKind::scalar;
  node.style = style;
  node.begin = node.outer_begin = offset32(begin);
  node.end = offset32(end);
  node.text = keep(content, node);
  add(node, {1, node.text.size()});
}

void Builder::start(NodeKind kind, Style style, std::size_t offset, std::string_view tag,
                    std::size_t anchor) {
  const std::string_view source = m_document.source();
  Node node;
  node.kind = kind;
  node.style = style;
  node.tag = tag_index(tag);
  node.outer_begin = offset32(std::min(offset, source.size()));
  node.begin = offset32(skip_properties(source, node.outer_begin));
  node.end = node.begin;
  if (m_open.size() >= m_limits.depth) {
    fail(ProblemKind::limit, node.begin, node.begin + 1,
         fmt::format("the document nests deeper than {} levels", m_limits.depth),
         "check for a bracket or an indentation that is repeated by mistake");
    return;
  }
  const NodeId id = add(node, {.nodes = 1});
  define_anchor(anchor, id, {});
  m_open.push_back({id, k_no_node, k_no_node, anchor, {.nodes = 1}});
}

void Builder::end() {
  const Open open = m_open.back();
  m_open.pop_back();
  Node& node = m_document.m_nodes[open.node];
  if (open.last_child != k_no_node) {
    // The tag that was passed over may be the key's own, with nothing behind it: `[!s`.
    node.end = std::max(node.begin, m_document.m_nodes[open.last_child].end);
  }
  // A pair in a list, `[a: b]`, is a map without brackets of its own.
  if (node.style == Style::flow && has_bracket(m_document.source(), node)) {
    const std::size_t inside = open.last_child == k_no_node ? node.begin + 1U : node.end;
    node.end = offset32(end_of_flow(m_document.source(), inside));
  }
  if (!m_open.empty()) {
    // The collection itself was counted where it began.
    m_open.back().size += {open.size.nodes - 1, open.size.bytes};
  }
  define_anchor(open.anchor, open.node, open.size);
}

}  // namespace otelctl::yaml
