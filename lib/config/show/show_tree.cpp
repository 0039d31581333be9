// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/show/show_tree.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "config/show/origin.hpp"

namespace otelctl::config {
namespace {

using Type = EffectiveValue::Type;

struct Pending {
  yaml::NodeId node;
  std::vector<PathPart> parts;
  // It is the value of a map whose `name` says that it is a secret.
  bool is_secret = false;
};

class TreeShower {
 public:
  TreeShower(const std::string& file, const yaml::Document& document, const ReadEffective& read,
             const ShowOptions& options)
      : m_file(file), m_document(document), m_read(read), m_options(options) {}

  Result<void> show(std::vector<EffectiveSetting>& settings) {
    if (m_document.root() != yaml::k_no_node) {
      m_pending.push_back({m_document.resolve(m_document.root()), {}});
    }
    while (!m_pending.empty()) {
      const Pending next = std::move(m_pending.back());
      m_pending.pop_back();
      if (settings.size() + m_pending.size() > k_most_settings) {
        return fail(ErrorKind::settings,
                    fmt::format("{}: more than {} settings", m_file, k_most_settings),
                    "give a smaller file");
      }
      const yaml::Node& node = m_document.node(next.node);
      if (node.child_count == 0) {
        settings.push_back(shown(next, node));
      } else if (node.kind == yaml::NodeKind::map) {
        push_entries(next);
      } else {
        push_items(next);
      }
    }
    return {};
  }

 private:
  // The stack is last in, first out: children go in backwards.
  void push_entries(const Pending& map) {
    const auto entries = m_document.entries(map.node);
    const bool is_secret = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
      return m_document.node(entry.key).text == "name" &&
             is_secret_name(m_document.node(entry.value).text);
    });
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      Pending child{entry->value, map.parts, false};
      child.parts.push_back({std::string(m_document.node(entry->key).text)});
      child.is_secret = is_secret && child.parts.back().name == "value";
      m_pending.push_back(std::move(child));
    }
  }

  void push_items(const Pending& list) {
    std::vector<Pending> items;
    for (const yaml::NodeId item : m_document.children(list.node)) {
      Pending child{m_document.resolve(item), list.parts, false};
      child.parts.push_back({std::to_string(items.size()), true});
      items.push_back(std::move(child));
    }
    std::move(items.rbegin(), items.rend(), std::back_inserter(m_pending));
  }

  EffectiveSetting shown(const Pending& at, const yaml::Node& node) const {
    const auto line = m_document.position(node.begin).line;
    const std::string place = fmt::format("{}:{}", m_file, line);
    if (node.kind == yaml::NodeKind::map || node.kind == yaml::NodeKind::sequence) {
      const bool is_map = node.kind == yaml::NodeKind::map;
      return {at.parts, {is_map ? Type::map : Type::list}, place};
    }
    EffectiveSetting setting{at.parts, m_read(at.node), origin_of(node.text, place, m_options)};
    const bool is_name = !at.parts.empty() && at.parts.back().name == "name";
    const std::string safe = at.is_secret && !setting.value.text.empty() ? std::string(k_redacted)
                             : is_name                                   ? setting.value.text
                                       : shown_value(at.parts, node.text, setting.value.text);
    if (safe != setting.value.text) {
      setting.value = {Type::text, safe};
    }
    return setting;
  }

  const std::string& m_file;
  const yaml::Document& m_document;
  const ReadEffective& m_read;
  const ShowOptions& m_options;
  std::vector<Pending> m_pending;
};

}  // namespace

Result<EffectiveSettings> show_tree(const std::string& name, Kind kind,
                                    const yaml::Document& document, const ReadEffective& read,
                                    const ShowOptions& options) {
  EffectiveSettings shown{name, kind, {}};
  if (auto done = TreeShower(name, document, read, options).show(shown.settings); !done) {
    return fail(std::move(done).error());
  }
  return shown;
}

}  // namespace otelctl::config
