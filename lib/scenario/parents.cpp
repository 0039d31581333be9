// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/parents.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/words.hpp"
#include "scenario/scalars.hpp"

namespace otelctl::scenario {
namespace {

using config::IssueKind;
using yaml::NodeKind;

// What a span says of its place, read before all else of it.
struct Said {
  std::optional<Spot> id;
  std::optional<Spot> name;  // stands in for an id
  std::optional<Spot> parent;
  std::optional<std::size_t> wanted;  // the parent's index, wherever it stands
};

Said read_said(const yaml::Document& document, const Spot& span) {
  Said said;
  if (document.node(span.node).kind != NodeKind::map) {
    return said;
  }
  for (const yaml::Document::Entry& entry : document.entries(span.node)) {
    const std::string_view key = document.node(document.resolve(entry.key)).text;
    const Spot spot{&span, document.resolve(entry.value), document.resolve(entry.key)};
    if (key == "id") {
      said.id = spot;
    } else if (key == "name") {
      said.name = spot;
    } else if (key == "parent") {
      said.parent = spot;
    }
  }
  return said;
}

std::string words_for(const yaml::Document& document, const Said& said) {
  constexpr std::size_t k_longest = 60;
  const auto& spot = said.id ? said.id : said.name;
  return spot ? escape_for_terminal(document.node(spot->node).text.substr(0, k_longest)) : "?";
}

class ParentReader {
 public:
  ParentReader(Notes& notes, const std::vector<Spot>& spans) : m_notes(notes), m_spans(spans) {}

  Tree read() {
    read_ids();
    for (std::size_t index = 0; index < m_said.size() && !m_notes.is_full(); ++index) {
      read_wanted(index);
    }
    find_circles();
    m_tree.parents.resize(m_said.size());
    for (std::size_t index = 0; index < m_said.size(); ++index) {
      const auto wanted = m_said[index].wanted;
      if (wanted && *wanted < index) {
        m_tree.parents[index] = wanted;
      } else if (wanted && !m_is_in_circle[index]) {
        note_order(index);
      }
    }
    return std::move(m_tree);
  }

 private:
  void read_ids() {
    for (const Spot& span : m_spans) {
      m_said.push_back(read_said(m_notes.document(), span));
      m_tree.id_nodes.push_back(yaml::k_no_node);
      const Said& said = m_said.back();
      if (said.id) {
        if (const auto text = read_text(m_notes, *said.id)) {
          m_tree.id_nodes.back() = said.id->node;
          m_tree.ids.add(m_notes, *said.id, *text, m_said.size() - 1);
        }
      } else if (said.name) {
        const yaml::Node& name = m_notes.document().node(said.name->node);
        if (name.kind == NodeKind::scalar) {
          m_tree.id_nodes.back() = said.name->node;
          m_tree.ids.add_weak(name.text, said.name->node, m_said.size() - 1);
        }
      }
    }
  }

  void read_wanted(std::size_t index) {
    Said& said = m_said[index];
    if (said.parent) {
      said.wanted = m_tree.ids.find(m_notes, *said.parent);
    } else if (index > 0 && m_notes.document().node(m_spans[index].node).kind == NodeKind::map) {
      m_notes.add_at_key(
          IssueKind::missing_key, m_spans[index],
          fmt::format("{} lacks the key 'parent'", name_of(m_notes.document(), m_spans[index])),
          "write parent: with the id of a span above; only the first span is a root");
    }
  }

  // Goes up from each span until a root, or a span that has been on a way before.
  void find_circles() {
    std::vector<std::size_t> way_of(m_said.size(), 0);  // counted from 1
    m_is_in_circle.resize(m_said.size());
    for (std::size_t start = 0; start < m_said.size(); ++start) {
      std::optional<std::size_t> at = start;
      while (at && way_of[*at] == 0) {
        way_of[*at] = start + 1;
        at = m_said[*at].wanted;
      }
      if (at && way_of[*at] == start + 1) {
        note_circle(*at);
      }
    }
  }

  void note_circle(std::size_t member) {
    constexpr std::size_t k_most_named = 8;
    std::vector<std::string> names;
    std::size_t first = member;
    std::size_t length = 0;
    for (std::size_t at = member; length == 0 || at != member; at = *m_said[at].wanted) {
      m_is_in_circle[at] = true;
      first = std::min(first, at);
      ++length;
    }
    for (std::size_t at = first; names.empty() || at != first; at = *m_said[at].wanted) {
      if (names.size() == k_most_named) {
        names.emplace_back("...");
        break;
      }
      names.push_back(words_for(m_notes.document(), m_said[at]));
    }
    names.push_back(words_for(m_notes.document(), m_said[first]));
    m_notes.add(IssueKind::not_a_choice, *m_said[first].parent,
                length == 1 ? fmt::format("the span is its own parent: {}", join(names, " -> "))
                            : fmt::format("the parents go in a circle: {}", join(names, " -> ")),
                "give one of them a parent that stands above it");
  }

  void note_order(std::size_t index) {
    const Spot& parent = *m_said[index].parent;
    m_notes.add(IssueKind::not_a_choice, parent,
                fmt::format("the parent {} stands behind its child",
                            config::shown(m_notes.document().node(parent.node).text)),
                index == 0 ? "the first span is the root and has no parent"
                           : "move it above: parents stand before their children");
  }

  Notes& m_notes;
  const std::vector<Spot>& m_spans;
  std::vector<Said> m_said;
  std::vector<bool> m_is_in_circle;
  Tree m_tree;
};

}  // namespace

Tree read_tree(Notes& notes, const std::vector<Spot>& spans) {
  return ParentReader(notes, spans).read();
}

}  // namespace otelctl::scenario
