// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/pipelines_reader.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "config/collector/id.hpp"
#include "config/places.hpp"
#include "config/words.hpp"

namespace otelctl::config::collector {
namespace {

void read_reference(MapNotes& notes, yaml::NodeId node, const std::string& path,
                    ReferenceList& list) {
  Place place = place_of(notes.document(), yaml::k_no_node, node, path);
  const Value value = notes.value(node);
  if (value.type == ValueType::unknown) {
    list.is_complete = false;
    return;
  }
  if (value.type != ValueType::text && !value.is_whole_reference) {
    notes.issues().add(
        IssueKind::wrong_type, place,
        fmt::format("expected the name of a component, found {}", words_of(value.type)),
        "write type or type/name");
    list.is_complete = false;
    return;
  }
  const std::string flaw = flaw_of_id(value.text);
  if (!flaw.empty()) {
    notes.issues().add(
        IssueKind::component_id, place,
        fmt::format("{} is no name of a component: {}{}", shown(value.text), flaw, value.after),
        "write type or type/name, such as otlp/2");
    list.is_complete = false;
    return;
  }
  list.items.push_back({read_id(value.text).text(), std::move(place)});
}

class PipelinesReader {
 public:
  PipelinesReader(MapNotes& notes, Collector& collector)
      : m_document(notes.document()), m_notes(notes), m_collector(collector) {}

  void read(const yaml::Document::Entry& pipelines, const std::string& path) {
    if (!m_notes.is_map("pipelines", pipelines, path, m_collector.has_complete_pipelines)) {
      return;
    }
    for (const yaml::Document::Entry& entry :
         m_document.entries(m_document.resolve(pipelines.value))) {
      const auto name = m_notes.name_of_key(entry.key, path);
      if (name && !m_notes.issues().is_full()) {
        read_pipeline(*name, entry, joined_path(path, *name));
      }
    }
  }

 private:
  void read_pipeline(std::string_view name, const yaml::Document::Entry& entry,
                     const std::string& path) {
    static const std::vector<std::string> k_known{"receivers", "processors", "exporters"};
    Pipeline pipeline;
    pipeline.place = place_of_key(m_document, entry.key, path);
    check_pipeline_name(name, entry.key, pipeline);
    pipeline.receivers.place = pipeline.processors.place = pipeline.exporters.place =
        pipeline.place;
    bool is_complete = true;
    if (m_notes.is_map(name, entry, path, is_complete)) {
      for (const yaml::Document::Entry& item :
           m_document.entries(m_document.resolve(entry.value))) {
        const auto key = m_notes.name_of_key(item.key, path);
        if (!key) {
          continue;
        }
        const std::string item_path = joined_path(path, *key);
        if (*key == "receivers") {
          pipeline.receivers = read_references(m_notes, item, item_path);
        } else if (*key == "processors") {
          pipeline.processors = read_references(m_notes, item, item_path);
        } else if (*key == "exporters") {
          pipeline.exporters = read_references(m_notes, item, item_path);
        } else {
          m_notes.report_unknown(item.key, *key, "a pipeline", item_path, k_known);
        }
      }
    }
    if (!is_complete) {
      pipeline.receivers.is_complete = pipeline.processors.is_complete =
          pipeline.exporters.is_complete = false;
    }
    m_collector.pipelines.push_back(std::move(pipeline));
  }

  void check_pipeline_name(std::string_view name, yaml::NodeId key, Pipeline& pipeline) {
    static const std::vector<std::string> k_signals{"traces", "metrics", "logs", "profiles"};
    const std::string flaw = flaw_of_id(name);
    const Id id = read_id(name);
    pipeline.id = id.text();
    pipeline.signal = pipeline_signal(id.type);
    if (!flaw.empty()) {
      m_notes.issues().add(IssueKind::pipeline_id, pipeline.place,
                           fmt::format("{} is no name of a pipeline: {}", shown(name), flaw),
                           "write signal or signal/name, such as traces/2");
    } else if (!pipeline.signal) {
      const auto near = nearest(id.type, k_signals);
      std::vector<Edit> edits;
      const yaml::Node& node = m_document.node(key);
      if (near.size() == 1 && node.is_plain() && node.text.starts_with(id.type)) {
        edits.push_back({node.begin, node.begin + id.type.size(), near.front()});
      }
      m_notes.issues().add(IssueKind::pipeline_id, pipeline.place,
                           fmt::format("{} is no signal", shown(id.type)),
                           near.empty() ? "the signals are traces, metrics and logs"
                                        : did_you_mean(id.type, k_signals),
                           std::move(edits));
    }
  }

  const yaml::Document& m_document;
  MapNotes& m_notes;
  Collector& m_collector;
};

}  // namespace

ReferenceList read_references(MapNotes& notes, const yaml::Document::Entry& entry,
                              const std::string& path) {
  const yaml::Document& document = notes.document();
  ReferenceList list;
  list.place = place_of_key(document, entry.key, path);
  const Value value = notes.value(entry.value);
  if (value.type == ValueType::null) {
    return list;
  }
  if (value.type != ValueType::list) {
    list.is_complete = false;
    if (value.type != ValueType::unknown) {
      notes.issues().add(IssueKind::wrong_kind, place_of(document, entry.key, entry.value, path),
                         fmt::format("{}: expected a list, found {}", document.node(entry.key).text,
                                     words_of(value.type)),
                         "write [name, name], or one name a line behind '- '");
    }
    return list;
  }
  for (const yaml::NodeId child : document.children(document.resolve(entry.value))) {
    if (notes.issues().is_full()) {
      break;
    }
    read_reference(notes, document.resolve(child), path, list);
  }
  return list;
}

void read_pipelines(MapNotes& notes, const yaml::Document::Entry& entry, const std::string& path,
                    Collector& collector) {
  PipelinesReader(notes, collector).read(entry, path);
}

}  // namespace otelctl::config::collector
