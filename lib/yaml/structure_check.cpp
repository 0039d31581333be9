// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/structure_check.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "yaml/scalar.hpp"
#include "yaml/syntax_words.hpp"

namespace otelctl::yaml {
namespace {

constexpr std::size_t k_most_of_a_kind = 1000;

class Checks {
 public:
  Checks(const Document& document, std::vector<Problem>& problems)
      : m_document(document), m_problems(problems) {}

  void run() {
    check_directives();
    const auto count = static_cast<NodeId>(m_document.node_count());
    for (NodeId id = 0; id < count; ++id) {
      const Node& node = m_document.node(id);
      if (node.tag != 0) {
        check_tag(node);
      }
      if (node.kind == NodeKind::map) {
        check_keys(id);
      }
      check_tab(node);
    }
  }

 private:
  void add(ProblemKind kind, std::size_t begin, std::size_t end, std::string message,
           std::string help) {
    add({kind, begin, end, std::move(message), std::move(help)});
  }

  void add(Problem problem) {
    if (m_counts[static_cast<std::size_t>(problem.kind)]++ < k_most_of_a_kind) {
      m_problems.push_back(std::move(problem));
    }
  }

  // Lines that begin with '%' are no content; yaml-cpp passes over those that it does not know.
  void check_directives() {
    const std::string_view source = m_document.source();
    const std::vector<NodeId>& roots = m_document.roots();
    const std::size_t end_of_roots = roots.empty() ? 0 : m_document.node(roots.back()).end;
    for (std::size_t offset = source.find('%'); offset != std::string_view::npos;
         offset = source.find('%', offset + 1)) {
      const bool begins_line = offset == 0 || source[offset - 1] == '\n';
      const std::string_view rest = source.substr(offset);
      const bool is_known = rest.starts_with("%YAML ") || rest.starts_with("%TAG ");
      const bool is_inside =
          !roots.empty() && offset > m_document.node(roots.front()).begin && offset < end_of_roots;
      if (begins_line && !is_known && !is_inside) {
        add(ProblemKind::syntax, offset, offset + 1, "a line cannot begin with '%' here",
            "only %YAML and %TAG may, before '---'");
        return;
      }
    }
  }

  void check_tag(const Node& node) {
    const std::string_view tag = m_document.tag(node);
    if (!tag_fits(tag, node)) {
      constexpr std::string_view k_core = "tag:yaml.org,2002:";
      const bool is_core = tag.starts_with(k_core);
      const std::string shown =
          is_core ? fmt::format("!!{}", tag.substr(k_core.size())) : std::string(tag);
      add(ProblemKind::bad_tag, node.outer_begin, std::max(node.begin, node.outer_begin + 1U),
          fmt::format("the tag {} is not allowed here", escape_for_terminal(shown)),
          "remove it; a plain value already has its type, a quoted one is text");
    }
  }

  void check_keys(NodeId map) {
    // Few keys are compared with each other; a hash table pays only for many.
    constexpr std::uint32_t k_few = 16;
    const bool has_many = m_document.node(map).child_count > k_few;
    std::unordered_map<std::string_view, NodeId> first_of_name;
    for (const NodeId value : m_document.children(map)) {
      const NodeId key_id = m_document.node(value).key;
      const Node& key = m_document.node(key_id);
      check_key(m_document.node(map), key, m_document.node(value));
      if (key.kind != NodeKind::scalar) {
        continue;
      }
      if (key.is_plain() && key.text == "<<") {
        add(ProblemKind::merge_key, key.begin, key.end,
            "merge keys ('<<') belong to YAML 1.1; not every parser applies them",
            "write the keys out");
        check_merged(value);
      }
      const NodeId first = has_many ? first_of_name.emplace(key.text, key_id).first->second
                                    : first_key(map, key.text);
      if (first != key_id) {
        report_duplicate(m_document.node(first), key);
      }
    }
  }

  // What yaml-cpp takes and others refuse: `key` alone on its line, `: value`, and a collection as
  // key.
  void check_key(const Node& map, const Node& key, const Node& value) {
    const std::string_view source = m_document.source();
    const bool is_block = map.style == Style::block;
    const bool is_explicit = is_block && source[map.begin] == '?';
    const bool has_no_value = value.kind == NodeKind::null && value.begin == value.end;
    const bool is_in_braces = key.begin > 0 && source.substr(key.begin - 1, 2) == "{{";
    if (key.kind == NodeKind::map && is_in_braces) {
      add(template_problem(key.begin - 1));
    } else if (key.kind == NodeKind::map || key.kind == NodeKind::sequence) {
      add(ProblemKind::syntax, key.begin, key.end, "a map or a list cannot be a key",
          "write text; quote it if it begins with a bracket");
    } else if (is_block && key.begin == key.end && key.kind == NodeKind::null) {
      add(ProblemKind::syntax, value.begin, value.end, "a key is missing before ':'",
          "write it as 'key: value'");
    } else if (is_block && !is_explicit && has_no_value && value.begin == key.end) {
      add(ProblemKind::syntax, key.begin, key.end, "a ':' is missing in this line",
          "write it as 'key: value'");
    }
  }

  void check_merged(NodeId value) {
    const NodeId merged = m_document.resolve(value);
    const Node& node = m_document.node(merged);
    bool is_map = node.kind == NodeKind::map;
    if (node.kind == NodeKind::sequence) {
      is_map = std::all_of(m_document.children(merged).begin(), m_document.children(merged).end(),
                           [&](NodeId item) {
                             return m_document.node(m_document.resolve(item)).kind == NodeKind::map;
                           });
    }
    if (!is_map) {
      const Node& shown = m_document.node(value);
      add(ProblemKind::syntax, shown.begin, shown.end, "'<<' takes a map or a list of maps only",
          "write an alias of a map, or remove it");
    }
  }

  NodeId first_key(NodeId map, std::string_view name) const {
    for (const NodeId value : m_document.children(map)) {
      const NodeId key = m_document.node(value).key;
      if (m_document.node(key).kind == NodeKind::scalar && m_document.node(key).text == name) {
        return key;
      }
    }
    return k_no_node;
  }

  void report_duplicate(const Node& first, const Node& second) {
    add({.kind = ProblemKind::duplicate_key,
         .begin = second.begin,
         .end = second.end,
         .message =
             fmt::format("key '{}' appears twice (first on line {})",
                         escape_for_terminal(first.text), m_document.position(first.begin).line),
         .help = "keep one: Python keeps the last, other parsers the first or refuse the file",
         .first_begin = first.begin,
         .first_end = first.end});
  }

  // Tabs inside of [ ] and { } are fine, and in the middle of text too.
  void check_tab(const Node& node) {
    const bool is_in_flow =
        node.parent != k_no_node && m_document.node(node.parent).style == Style::flow;
    if (is_in_flow || node.outer_begin == 0) {
      return;
    }
    const std::string_view source = m_document.source();
    std::size_t begin = node.outer_begin;
    while (begin > 0 && (source[begin - 1] == ' ' || source[begin - 1] == '\t')) {
      --begin;
    }
    const std::size_t tab = source.substr(0, node.outer_begin).find('\t', begin);
    // The first child of a block collection begins where the collection does: one finding for both.
    const bool is_new = m_tabs_up_to <= begin;
    if (tab == std::string_view::npos || !is_new || node.begin == node.end) {
      return;
    }
    m_tabs_up_to = node.outer_begin;
    const bool is_behind_mark = begin == 3 && source.starts_with("\xEF\xBB\xBF");
    const bool is_indentation = begin == 0 || is_behind_mark || source[begin - 1] == '\n';
    add(ProblemKind::tab, tab, tab + 1,
        is_indentation ? "tab used for indentation"
                       : fmt::format("tab after '{}'", source[begin - 1]),
        "YAML wants spaces here, and Python refuses the file: replace the tab");
  }

  const Document& m_document;
  std::vector<Problem>& m_problems;
  std::array<std::size_t, 16> m_counts{};
  std::size_t m_tabs_up_to = 0;
};

}  // namespace

void check_structure(const Document& document, std::vector<Problem>& problems) {
  Checks(document, problems).run();
}

}  // namespace otelctl::yaml
