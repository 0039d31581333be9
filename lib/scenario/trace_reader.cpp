// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/trace_reader.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "config/words.hpp"
#include "scenario/attribute_reader.hpp"
#include "scenario/limits.hpp"
#include "scenario/parents.hpp"
#include "scenario/reading.hpp"
#include "scenario/scalars.hpp"

namespace otelctl::scenario {
namespace {

using config::IssueKind;
using yaml::NodeKind;

constexpr std::array<std::string_view, 3> k_trace_keys{"name", "weight", "spans"};
constexpr std::array<std::string_view, 15> k_span_keys{
    "id",    "parent", "name",    "service",    "kind",   "duration", "children", "repeat",
    "chain", "status", "numbers", "attributes", "events", "links",    "error"};
constexpr std::array<std::string_view, 2> k_duration_keys{"uniform", "lognormal"};
constexpr std::array<std::string_view, 2> k_lognormal_keys{"median", "sigma"};
constexpr std::array<std::string_view, 3> k_event_keys{"name", "at", "attributes"};
constexpr std::array<std::string_view, 2> k_link_keys{"to", "attributes"};
constexpr std::array<std::string_view, 4> k_error_keys{"rate", "type", "message", "propagates"};

// Counts what a trace comes to, repetitions included, span by span.
class Cost {
 public:
  // What one execution of a span comes to.
  struct Span {
    std::uint64_t bytes = 0;
    std::uint64_t draws = 0;
  };

  // Notes at the span where the trace becomes larger than is possible.
  void add(Notes& notes, const Spot& spot, const synth::SpanSpec& span, const Span& each) {
    // More than any limit, and far from an overflow.
    constexpr std::uint64_t k_enough = k_most_trace_bytes + 1;
    const std::uint64_t parents = span.parent ? m_copies[*span.parent] : 1;
    m_copies.push_back(std::min<std::uint64_t>(parents * span.repeat_high, k_enough));
    const std::uint64_t spans = std::min<std::uint64_t>(m_copies.back() * span.chain, k_enough);
    m_spans = std::min(m_spans + spans, k_enough);
    m_bytes = std::min(m_bytes + spans * std::min(each.bytes, k_enough), k_enough);
    m_draws = std::min(m_draws + spans * std::min(each.draws, k_enough), k_enough);
    if (m_is_noted) {
      return;
    }
    if (m_spans > synth::k_max_trace_spans) {
      note(notes, spot, fmt::format("have more than {} spans", synth::k_max_trace_spans));
    } else if (m_bytes > k_most_trace_bytes) {
      note(notes, spot,
           fmt::format("take more than {} MiB", k_most_trace_bytes / (std::uint64_t{1} << 20U)));
    } else if (m_draws > k_most_trace_draws) {
      note(notes, spot, fmt::format("draw more than {} numbers", k_most_trace_draws));
    }
  }

 private:
  void note(Notes& notes, const Spot& spot, std::string_view much) {
    m_is_noted = true;
    notes.add_at_key(IssueKind::out_of_range, spot,
                     fmt::format("with this span a trace could {}", much),
                     "repeat it, or the spans above it, less often");
  }

  std::vector<std::uint64_t> m_copies;
  std::uint64_t m_spans = 0;
  std::uint64_t m_bytes = 0;
  std::uint64_t m_draws = 0;
  bool m_is_noted = false;
};

std::optional<synth::DurationSpec> read_uniform(Notes& notes, const Spot& spot) {
  const auto ends = read_ends(notes, spot);
  if (!ends) {
    return std::nullopt;
  }
  const auto low = read_duration(notes, ends->low);
  const auto high = read_duration(notes, ends->high);
  if (low && high && *low > *high) {
    notes.add(IssueKind::out_of_range, spot,
              fmt::format("{} goes from {} down to {}", name_of(notes.document(), spot),
                          config::shown(notes.document().node(ends->low.node).text),
                          config::shown(notes.document().node(ends->high.node).text)),
              "write the low end first");
    return std::nullopt;
  }
  return low && high ? std::optional<synth::DurationSpec>(synth::Uniform{*low, *high})
                     : std::nullopt;
}

std::optional<synth::DurationSpec> read_lognormal(Notes& notes, const Spot& spot) {
  constexpr double k_most_sigma = 2.0;
  const MapReader map(notes, spot, k_lognormal_keys);
  synth::Lognormal lognormal{};
  const auto median = map.require("median", "half of the durations are below it: median: 4ms");
  const auto duration = median ? read_duration(notes, *median) : std::nullopt;
  if (const auto sigma = map.find("sigma")) {
    const auto number = read_number(notes, *sigma);
    if (!number || *number < 0.0 || *number > k_most_sigma) {
      if (number) {
        note_out_of_range(notes, *sigma,
                          fmt::format("between 0 and {}", config::number_words(k_most_sigma)));
      }
      return std::nullopt;
    }
    lognormal.sigma = *number;
  }
  lognormal.median = duration.value_or(nanoseconds{0});
  return duration ? std::optional<synth::DurationSpec>(lognormal) : std::nullopt;
}

std::optional<synth::DurationSpec> read_own_time(Notes& notes, const Spot& spot) {
  if (notes.document().node(spot.node).kind != NodeKind::map) {
    const auto constant = read_duration(notes, spot);
    return constant ? std::optional<synth::DurationSpec>(synth::Constant{*constant}) : std::nullopt;
  }
  const MapReader map(notes, spot, k_duration_keys);
  const auto uniform = map.find("uniform");
  const auto lognormal = map.find("lognormal");
  if (uniform && lognormal) {
    notes.add_at_key(IssueKind::wrong_count, *lognormal, "'lognormal' does not go with 'uniform'",
                     "a duration is drawn in one way: leave one of them out");
    return std::nullopt;
  }
  if (!uniform && !lognormal && map.has_unknown()) {
    return std::nullopt;
  }
  if (!uniform && !lognormal) {
    notes.add_at_key(
        IssueKind::missing_key, spot,
        fmt::format("{} does not say how it is drawn", name_of(notes.document(), spot)),
        "give it uniform or lognormal, or write one duration");
    return std::nullopt;
  }
  return uniform ? read_uniform(notes, *uniform) : read_lognormal(notes, *lognormal);
}

class SpanReader {
 public:
  SpanReader(TraceContext& context, Tree& tree, const Spot& spot)
      : m_context(context),
        m_notes(context.notes),
        m_tree(tree),
        m_map(context.notes, spot, k_span_keys),
        m_attributes{context.notes, context.patterns, Owner::span, &m_numbers} {}

  synth::SpanSpec read(bool is_root) {
    read_name();
    read_place(is_root);
    read_times();
    if (const auto numbers = m_map.find("numbers")) {
      m_span.numbers = read_numbers(m_notes, *numbers, m_numbers);
      m_attributes.draws += m_span.numbers.size();
    }
    if (const auto attributes = m_map.find("attributes")) {
      m_span.attributes = read_attributes(m_attributes, *attributes);
    }
    read_events();
    read_links();
    if (const auto error = m_map.find("error")) {
      read_error(*error);
    }
    return std::move(m_span);
  }

  std::uint64_t draws() const { return m_attributes.draws; }

 private:
  void read_name() {
    if (const auto name = m_map.require("name", "name the span: name: GET /orders")) {
      m_span.name = m_context.patterns.read_text(m_notes, *name, Emptiness::allowed).value_or("");
    }
  }

  void read_place(bool is_root) {
    static const std::vector<std::string> k_kinds{"internal", "server", "client", "producer",
                                                  "consumer"};
    static const std::vector<std::string> k_orders{"sequential", "parallel"};
    if (const auto service = m_map.find("service")) {
      m_span.service = m_context.services.find(m_notes, *service);
    }
    if (const auto kind = m_map.find("kind")) {
      // OTLP's numbers begin at 1.
      m_span.kind =
          static_cast<synth::SpanKind>(read_choice(m_notes, *kind, k_kinds).value_or(0) + 1);
    }
    if (const auto children = m_map.find("children")) {
      m_span.children =
          static_cast<synth::ChildOrder>(read_choice(m_notes, *children, k_orders).value_or(0));
    }
    if (const auto repeat = m_map.find("repeat")) {
      read_repeat(*repeat, is_root);
    }
    if (const auto chain = m_map.find("chain")) {
      m_span.chain =
          static_cast<std::uint32_t>(read_integer(m_notes, *chain, 1, k_most_copies).value_or(1));
    }
  }

  void read_repeat(const Spot& spot, bool is_root) {
    if (is_root) {
      m_notes.add_at_key(IssueKind::unknown_key, spot, "the root stands once: it has no 'repeat'",
                         "leave it out; --traces says how many traces there are");
      return;
    }
    if (m_notes.document().node(spot.node).kind != NodeKind::sequence) {
      const auto times = read_integer(m_notes, spot, 0, k_most_copies);
      m_span.repeat_low = m_span.repeat_high = static_cast<std::uint32_t>(times.value_or(1));
      return;
    }
    const auto ends = read_ends(m_notes, spot);
    if (!ends) {
      return;
    }
    const auto low = read_integer(m_notes, ends->low, 0, k_most_copies);
    const auto high = read_integer(m_notes, ends->high, 0, k_most_copies);
    if (low && high && *low > *high) {
      m_notes.add(IssueKind::out_of_range, spot,
                  fmt::format("repeat goes from {} down to {}", *low, *high),
                  "write the low end first");
    } else if (low && high) {
      m_span.repeat_low = static_cast<std::uint32_t>(*low);
      m_span.repeat_high = static_cast<std::uint32_t>(*high);
    }
  }

  void read_times() {
    static const std::vector<std::string> k_statuses{"unset", "ok"};
    if (const auto duration = m_map.find("duration")) {
      m_span.own_time = read_own_time(m_notes, *duration).value_or(m_span.own_time);
    }
    if (const auto status = m_map.find("status")) {
      m_span.success =
          static_cast<synth::Success>(read_choice(m_notes, *status, k_statuses).value_or(0));
    }
  }

  void read_events() {
    const auto events = m_map.find("events");
    if (!events) {
      return;
    }
    for (const Spot& item : items_of(m_notes, *events, 0, synth::k_max_trace_spans)) {
      if (m_notes.is_full()) {
        return;
      }
      const MapReader map(m_notes, item, k_event_keys);
      synth::EventSpec& event = m_span.events.emplace_back();
      if (const auto name = map.require("name", "name the event: name: cache miss")) {
        event.name = m_context.patterns.read_text(m_notes, *name, Emptiness::allowed).value_or("");
      }
      if (const auto at = map.find("at")) {
        event.at = read_share(m_notes, *at).value_or(event.at);
      }
      if (const auto attributes = map.find("attributes")) {
        event.attributes = read_attributes(m_attributes, *attributes);
      }
    }
  }

  void read_links() {
    const auto links = m_map.find("links");
    if (!links) {
      return;
    }
    for (const Spot& item : items_of(m_notes, *links, 0, synth::k_max_trace_spans)) {
      if (m_notes.is_full()) {
        return;
      }
      const MapReader map(m_notes, item, k_link_keys);
      synth::LinkSpec& link = m_span.links.emplace_back();
      if (const auto to = map.require("to", "name the span: to: ID")) {
        link.span = m_tree.ids.find(m_notes, *to).value_or(0);
      }
      if (const auto attributes = map.find("attributes")) {
        link.attributes = read_attributes(m_attributes, *attributes);
      }
    }
  }

  void read_error(const Spot& spot) {
    const MapReader map(m_notes, spot, k_error_keys);
    synth::ErrorSpec& error = m_span.error.emplace();
    if (const auto rate = map.require("rate", "say how often: rate: 0.02")) {
      error.rate = read_share(m_notes, *rate).value_or(0.0);
    }
    if (const auto type = map.find("type")) {
      error.type = m_context.patterns.read_text(m_notes, *type).value_or(error.type);
    }
    if (const auto message = map.find("message")) {
      error.message =
          m_context.patterns.read_text(m_notes, *message, Emptiness::allowed).value_or("");
    }
    if (const auto propagates = map.find("propagates")) {
      error.propagates = read_boolean(m_notes, *propagates).value_or(true);
    }
  }

  static constexpr std::int64_t k_most_copies = synth::k_max_trace_spans;

  TraceContext& m_context;
  Notes& m_notes;
  Tree& m_tree;
  MapReader m_map;
  Names m_numbers{"number"};
  AttributeContext m_attributes;
  synth::SpanSpec m_span{.name = {}};
};

void read_spans(TraceContext& context, const Spot& spot, std::size_t number,
                synth::TraceSpec& trace) {
  Notes& notes = context.notes;
  const std::vector<Spot> items = items_of(notes, spot, 1, synth::k_max_trace_spans);
  Tree tree = read_tree(notes, items);
  Cost cost;
  // Ids, times, kind and status of a span in OTLP, and its tags.
  constexpr std::uint64_t k_least_bytes = 96;
  for (std::size_t index = 0; index < items.size() && !notes.is_full(); ++index) {
    const std::uint64_t before = context.patterns.bytes();
    SpanReader reader(context, tree, items[index]);
    synth::SpanSpec span = reader.read(index == 0);
    span.parent = index == 0 ? std::nullopt : std::optional(tree.parents[index].value_or(0));
    const std::uint64_t links = (span.links.size() + span.events.size()) * k_least_bytes;
    cost.add(notes, items[index], span,
             {context.patterns.bytes() - before + links + k_least_bytes, reader.draws()});
    trace.spans.push_back(std::move(span));
  }
  for (std::size_t index = 0; index < tree.id_nodes.size(); ++index) {
    if (tree.id_nodes[index] != yaml::k_no_node) {
      context.spans.add(notes.document(), tree.id_nodes[index], {number, index});
    }
  }
}

}  // namespace

std::vector<synth::TraceSpec> read_traces(TraceContext& context, const Spot& spot) {
  Notes& notes = context.notes;
  std::vector<synth::TraceSpec> traces;
  for (const Spot& item : items_of(notes, spot, 1, k_most_traces)) {
    if (notes.is_full()) {
      break;
    }
    const MapReader map(notes, item, k_trace_keys);
    synth::TraceSpec trace;
    if (const auto name = map.find("name")) {
      trace.name = read_text(notes, *name, Emptiness::allowed).value_or("");
    }
    if (const auto weight = map.find("weight")) {
      const auto number = read_number(notes, *weight);
      trace.weight = number.value_or(trace.weight);
      if (trace.weight <= 0.0) {
        note_out_of_range(notes, *weight, "above 0");
      }
    }
    if (const auto spans = map.require("spans", "list its spans, the root first")) {
      read_spans(context, *spans, traces.size(), trace);
    }
    traces.push_back(std::move(trace));
  }
  return traces;
}

}  // namespace otelctl::scenario
