// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "report/lanes.hpp"
#include "report/picture_text.hpp"
#include "report/pictures.hpp"
#include "report/trace_formats.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {
namespace {

// More of a name nobody reads in a flame graph.
constexpr std::size_t k_longest_name = 300;

class Speedscope {
 public:
  Speedscope(std::ostream& out, const TraceDetail& detail)
      : m_json(out, JsonWriter::Layout::compact),
        m_out(out),
        m_trace(detail.trace),
        m_drawn(detail.trace),
        m_tree(m_drawn.tree),
        m_lanes(assign_lanes(m_drawn)),
        m_zero(m_tree.trace_start()),
        m_length(m_tree.trace_end() - m_zero) {}

  void write() {
    const trace::Summary summary = trace::summarize(m_trace, m_tree);
    m_json.begin_object()
        .member("$schema", "https://www.speedscope.app/file-format-schema.json")
        .member("exporter", "otelctl")
        .member("name", fmt::format("{}: {} ({})", picture_service(summary.root_service, 80),
                                    picture_name(summary.root_name, 80), to_hex(summary.id)));
    if (!m_tree.roots.empty()) {
      m_json.member("activeProfileIndex", std::uint64_t{m_lanes.lane_of[m_tree.roots.front()]});
    }
    m_json.key("shared").begin_object().key("frames").begin_array();
    write_frames();
    m_json.end_array().end_object().key("profiles").begin_array();
    for (const Lane& lane : m_lanes.lanes) {
      write_profile(lane);
    }
    m_json.end_array().end_object();
    m_out << '\n';
  }

 private:
  // A frame for each name of a service; failed ones are frames of their own.
  void write_frames() {
    m_frame_of.resize(m_trace.spans.size());
    std::unordered_map<std::uint64_t, std::uint64_t> known;
    for (const Lane& lane : m_lanes.lanes) {
      for (const std::uint32_t index : lane.spans) {
        const trace::Span& span = m_trace.spans[index];
        // Services are far fewer than 2^31: each has a span of its own.
        const std::uint64_t key = std::uint64_t{static_cast<std::uint32_t>(span.name)} << 32U |
                                  std::uint64_t{lane.service} << 1U |
                                  std::uint64_t{span.has_failed()};
        const auto [frame, is_new] = known.try_emplace(key, known.size());
        m_frame_of[index] = frame->second;
        if (is_new) {
          m_json.begin_object()
              .member("name", picture_name(m_trace.text(span.name), k_longest_name) +
                                  (span.has_failed() ? " (failed)" : ""))
              .member("file",
                      picture_service(m_trace.text(m_lanes.services[lane.service]), k_longest_name))
              .end_object();
        }
      }
    }
  }

  void write_profile(const Lane& lane) {
    const std::string service =
        picture_service(m_trace.text(m_lanes.services[lane.service]), k_longest_name);
    m_json.begin_object()
        .member("type", "evented")
        .member("name",
                lane.number == 0 ? service : fmt::format("{} #{}", service, lane.number + 1))
        .member("unit", "nanoseconds")
        .member("startValue", std::int64_t{0})
        .member("endValue", std::int64_t{m_length.count()})
        .key("events")
        .begin_array();
    std::vector<std::uint32_t> open;
    const auto close = [&] {
      write_event("C", m_tree.end[open.back()], m_frame_of[open.back()]);
      open.pop_back();
    };
    for (const std::uint32_t index : lane.spans) {
      while (!open.empty() && m_tree.end[open.back()] <= m_tree.start[index]) {
        close();
      }
      write_event("O", m_tree.start[index], m_frame_of[index]);
      open.push_back(index);
    }
    while (!open.empty()) {
      close();
    }
    m_json.end_array().end_object();
  }

  void write_event(std::string_view type, Time time, std::uint64_t frame) {
    m_json.begin_object()
        .member("type", type)
        .member("at", std::int64_t{after_start(time, m_zero).count()})
        .member("frame", frame)
        .end_object();
  }

  JsonWriter m_json;
  std::ostream& m_out;
  const trace::Trace& m_trace;
  const trace::Analysis m_drawn;
  const trace::Tree& m_tree;
  const Lanes m_lanes;
  const Time m_zero;
  const nanoseconds m_length;
  std::vector<std::uint64_t> m_frame_of;
};

}  // namespace

void write_trace_speedscope(std::ostream& out, const TraceDetail& detail) {
  Speedscope(out, detail).write();
}

TraceFormat speedscope_trace_format() {
  return {"speedscope", write_trace_speedscope};
}

}  // namespace otelctl::report
