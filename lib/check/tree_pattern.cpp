// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/tree_pattern.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "check/limits.hpp"

namespace otelctl::check {
namespace {

Result<TreePattern::Node> parse_line(std::string_view text) {
  TreePattern::Node node;
  node.words = text;
  std::string_view name = text;
  // The last one: names may hold an @ too.
  const auto at = text.starts_with('@') ? 0 : text.rfind(" @");
  if (at != std::string_view::npos) {
    name = trim(text.substr(0, at));
    const std::string_view service = trim(text.substr(text.find('@', at) + 1));
    if (service.empty()) {
      return fail(ErrorKind::settings, "no service stands behind the @",
                  "write NAME @SERVICE, or the name alone");
    }
    auto pattern = TextPattern::parse(service);
    if (!pattern) {
      return fail(std::move(pattern).error());
    }
    node.service = std::move(*pattern);
  }
  if (!name.empty()) {
    auto pattern = TextPattern::parse(name);
    if (!pattern) {
      return fail(std::move(pattern).error());
    }
    node.name = std::move(*pattern);
  }
  return node;
}

// The nodes that the next line may stand under, from the outside in.
struct Level {
  std::size_t indent;
  std::size_t node;
};

Result<void> add_line(std::string_view line, TreePattern& tree, std::vector<Level>& levels) {
  const std::size_t indent = line.find_first_not_of(' ');
  if (line[indent] == '\t') {
    return fail(ErrorKind::settings, "a tab indents it", "indent with spaces");
  }
  const bool was_deeper = !levels.empty() && levels.back().indent > indent;
  while (!levels.empty() && levels.back().indent >= indent) {
    const bool is_between = levels.back().indent > indent &&
                            (levels.size() == 1 || levels[levels.size() - 2].indent < indent);
    if (was_deeper && is_between) {
      return fail(ErrorKind::settings, "its indentation is that of no line above it",
                  "indent the children of one span alike");
    }
    levels.pop_back();
  }
  if (levels.size() >= k_most_tree_depth || tree.nodes.size() >= k_most_tree_lines) {
    return fail(ErrorKind::settings,
                fmt::format("the tree has more than {} lines or {} levels", k_most_tree_lines,
                            k_most_tree_depth),
                "keep to what matters: other spans are allowed between");
  }
  auto node = parse_line(trim(line));
  if (!node) {
    return fail(std::move(node).error());
  }
  const std::size_t index = tree.nodes.size();
  (levels.empty() ? tree.roots : tree.nodes[levels.back().node].children).push_back(index);
  tree.nodes.push_back(std::move(*node));
  levels.push_back({indent, index});
  return {};
}

}  // namespace

Result<TreePattern> parse_tree(std::string_view text) {
  TreePattern tree;
  std::vector<Level> levels;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (trim(line).empty()) {
      continue;
    }
    if (auto added = add_line(line, tree, levels); !added) {
      return fail(std::move(added).error().within(fmt::format("line {} of the tree", number)));
    }
  }
  if (tree.nodes.empty()) {
    return fail(ErrorKind::settings, "the tree has no spans",
                "write a span a line, children indented: POST /orders @checkout");
  }
  return tree;
}

}  // namespace otelctl::check
