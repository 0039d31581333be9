// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/cycles.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "config/collector/changes.hpp"

namespace otelctl::config::collector {
namespace {

constexpr std::size_t k_most_cycles = 100;

enum class Mark : std::uint8_t { fresh, open, done };

// A walk in depth with a stack of its own: the depth is the file's to choose.
class Walk {
 public:
  explicit Walk(const Collector& model)
      : m_model(model), m_marks(model.pipelines.size(), Mark::fresh) {
    for (std::size_t index = 0; index < model.pipelines.size(); ++index) {
      for (const Reference& receiver : model.pipelines[index].receivers.items) {
        if (model.list(Section::connectors).find(receiver.id) != nullptr) {
          m_takers[receiver.id].push_back(index);
        }
      }
    }
  }

  std::vector<Cycle> run() && {
    for (std::size_t index = 0; index < m_marks.size(); ++index) {
      if (m_marks[index] == Mark::fresh) {
        enter(index);
      }
      while (!m_stack.empty()) {
        step();
      }
    }
    return std::move(m_cycles);
  }

 private:
  struct Frame {
    std::size_t pipeline;
    std::size_t exporter = 0;
    std::size_t taker = 0;
  };

  void enter(std::size_t pipeline) {
    m_marks[pipeline] = Mark::open;
    m_stack.push_back({pipeline});
  }

  void step() {
    Frame& frame = m_stack.back();
    const Pipeline& pipeline = m_model.pipelines[frame.pipeline];
    const auto& exporters = pipeline.exporters.items;
    if (frame.exporter == exporters.size()) {
      m_marks[frame.pipeline] = Mark::done;
      m_stack.pop_back();
      return;
    }
    const Reference& reference = exporters[frame.exporter];
    const auto takers = m_takers.find(reference.id);
    if (takers == m_takers.end() || frame.taker == takers->second.size()) {
      ++frame.exporter;
      frame.taker = 0;
      return;
    }
    const std::size_t next = takers->second[frame.taker++];
    const auto& to = m_model.pipelines[next].signal;
    const std::string& type = m_model.list(Section::connectors).find(reference.id)->type;
    if (!pipeline.signal || !to || !connects(type, *pipeline.signal, *to)) {
      return;
    }
    if (m_marks[next] == Mark::open) {
      add_cycle(next, reference);
    } else if (m_marks[next] == Mark::fresh) {
      enter(next);
    }
  }

  void add_cycle(std::size_t first, const Reference& closing) {
    if (m_cycles.size() >= k_most_cycles) {
      return;
    }
    Cycle cycle;
    cycle.place = closing.place;
    auto frame = std::find_if(m_stack.begin(), m_stack.end(),
                              [&](const Frame& each) { return each.pipeline == first; });
    // Only the beginning is ever shown.
    constexpr std::size_t k_longest = 100;
    for (; frame != m_stack.end() && cycle.pipelines.size() < k_longest; ++frame) {
      cycle.pipelines.push_back(frame->pipeline);
    }
    m_cycles.push_back(std::move(cycle));
  }

  const Collector& m_model;
  std::vector<Mark> m_marks;
  // The pipelines that take from a connector.
  std::unordered_map<std::string, std::vector<std::size_t>> m_takers;
  std::vector<Frame> m_stack;
  std::vector<Cycle> m_cycles;
};

}  // namespace

std::vector<Cycle> find_cycles(const Collector& model) {
  return Walk(model).run();
}

}  // namespace otelctl::config::collector
