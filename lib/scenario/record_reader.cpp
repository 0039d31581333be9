// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/record_reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/base64.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/words.hpp"
#include "scenario/attribute_reader.hpp"
#include "scenario/limits.hpp"
#include "scenario/reading.hpp"
#include "scenario/record_words.hpp"
#include "scenario/scalars.hpp"
#include "synth/metric_series.hpp"
#include "synth/record_check.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::scenario {
namespace {

using config::IssueKind;
using synth::MetricKind;
using yaml::NodeKind;

constexpr std::array<std::string_view, 13> k_metric_keys{
    "name",         "service", "description", "unit",      "kind",       "temporality", "range",
    "observations", "bounds",  "scale",       "quantiles", "attributes", "exemplar"};
constexpr std::array<std::string_view, 8> k_log_keys{
    "service", "severity", "severity_text", "event_name", "body", "attributes", "repeat", "span"};
constexpr std::array<std::string_view, 2> k_body_keys{"map", "bytes"};

// What one pass comes to, over all metrics or logs so far.
class PassSize {
 public:
  // `bytes` are those of one record.
  void add(Notes& notes, const Spot& spot, std::uint64_t records, std::uint64_t bytes,
           std::string_view noun) {
    // Ids, times and tags of a record in OTLP.
    constexpr std::uint64_t k_least_bytes = 96;
    const bool was_possible = is_possible();
    m_records = std::min(m_records + records, k_most_pass_records + 1);
    // Neither factor passes a limit by so much that the product would not fit.
    m_bytes += std::min(records, k_most_pass_records + 1) *
               std::min(bytes + k_least_bytes, k_most_pass_bytes + 1);
    m_bytes = std::min(m_bytes, k_most_pass_bytes + 1);
    if (was_possible && !is_possible()) {
      notes.add_at_key(
          IssueKind::out_of_range, spot,
          fmt::format("with this one a pass could make more than {} {}s, or more "
                      "than {} MiB of them",
                      k_most_pass_records, noun, k_most_pass_bytes / (std::uint64_t{1} << 20U)),
          "leave some out; --count says how many are sent in all");
    }
  }

 private:
  bool is_possible() const {
    return m_records <= k_most_pass_records && m_bytes <= k_most_pass_bytes;
  }

  std::uint64_t m_records = 0;
  std::uint64_t m_bytes = 0;
};

class MetricReader {
 public:
  MetricReader(TraceContext& context, const Spot& spot)
      : m_context(context), m_notes(context.notes), m_map(context.notes, spot, k_metric_keys) {}

  synth::MetricSpec read() {
    read_names();
    if (const auto range = m_map.find("range")) {
      const auto numbers = read_range(m_notes, *range);
      m_metric.low = numbers ? numbers->low : m_metric.low;
      m_metric.high = numbers ? numbers->high : m_metric.high;
      m_metric.is_integer = numbers && numbers->is_integer;
    }
    read_distribution();
    if (const auto attributes = m_map.find("attributes")) {
      AttributeContext context{m_notes, m_patterns, Owner::metric};
      m_metric.attributes = read_attributes(context, *attributes);
    }
    if (const auto exemplar = m_map.find("exemplar")) {
      m_metric.exemplar = m_context.spans.find(m_notes, *exemplar);
      refuse("exemplar", m_metric.kind == MetricKind::summary, "summaries have none");
    }
    return std::move(m_metric);
  }

  std::uint64_t bytes() const { return m_patterns.bytes(); }
  // Where the metric's name stands, if it has one.
  std::optional<Spot> name() const { return m_map.find("name"); }

 private:
  void read_names() {
    static const std::vector<std::string> k_temporalities{"cumulative", "delta"};
    if (const auto name = m_map.require("name", "name the metric: name: http.server.duration")) {
      m_metric.name = m_patterns.read_text(m_notes, *name).value_or("");
    }
    if (const auto service = m_map.find("service")) {
      m_metric.service = m_context.services.find(m_notes, *service).value_or(0);
    }
    if (const auto description = m_map.find("description")) {
      m_metric.description = read_text(m_notes, *description, Emptiness::allowed).value_or("");
    }
    if (const auto unit = m_map.find("unit")) {
      m_metric.unit = read_text(m_notes, *unit, Emptiness::allowed).value_or("");
    }
    const auto kinds = metric_kind_names();
    if (const auto kind = m_map.require("kind", fmt::format("say which: {}", join(kinds, ", ")))) {
      m_metric.kind = static_cast<MetricKind>(read_choice(m_notes, *kind, kinds).value_or(0));
    }
    if (const auto temporality = m_map.find("temporality")) {
      m_metric.temporality = static_cast<synth::Temporality>(
          read_choice(m_notes, *temporality, k_temporalities).value_or(0));
      refuse("temporality",
             m_metric.kind == MetricKind::gauge || m_metric.kind == MetricKind::summary,
             "counters and histograms have one");
    }
  }

  // What only some kinds of metrics have. A key that would change nothing is a mistake.
  void read_distribution() {
    constexpr std::int64_t k_most_observations = synth::k_max_observations;
    constexpr std::int64_t k_least_scale = -10;
    constexpr std::int64_t k_most_scale = 20;
    const MetricKind kind = m_metric.kind;
    if (const auto observations = m_map.find("observations")) {
      m_metric.observations = static_cast<std::uint32_t>(
          read_integer(m_notes, *observations, 1, k_most_observations).value_or(1));
      refuse("observations",
             kind == MetricKind::gauge || kind == MetricKind::counter ||
                 kind == MetricKind::up_down_counter,
             "histograms and summaries have them");
    }
    if (const auto bounds = m_map.find("bounds")) {
      m_metric.bounds = read_ascending(*bounds, synth::k_max_bounds, false);
      refuse("bounds", kind != MetricKind::histogram, "histograms have them");
    }
    if (const auto scale = m_map.find("scale")) {
      m_metric.scale = static_cast<std::int32_t>(
          read_integer(m_notes, *scale, k_least_scale, k_most_scale).value_or(0));
      refuse("scale", kind != MetricKind::exponential_histogram, "exponential histograms have one");
    }
    if (const auto quantiles = m_map.find("quantiles")) {
      m_metric.quantiles = read_ascending(*quantiles, synth::k_max_quantiles, true);
      refuse("quantiles", kind != MetricKind::summary, "summaries have them");
    }
    const auto range = m_map.find("range");
    if (range && m_metric.low < 0.0 && kind == MetricKind::counter) {
      m_notes.add(IssueKind::out_of_range, *range, "a counter never goes down",
                  "begin the range at 0, or make it an up_down_counter");
    }
  }

  void refuse(std::string_view key, bool is_wrong, std::string_view help) {
    if (is_wrong) {
      m_notes.add_at_key(IssueKind::unknown_key, *m_map.find(key),
                         fmt::format("'{}' has no effect on a {}", key,
                                     metric_kind_names()[static_cast<std::size_t>(m_metric.kind)]),
                         std::string(help));
    }
  }

  std::vector<double> read_ascending(const Spot& spot, std::size_t most, bool are_shares) {
    std::vector<double> numbers;
    for (const Spot& item : items_of(m_notes, spot, 0, most)) {
      const auto number = are_shares ? read_share(m_notes, item) : read_number(m_notes, item);
      if (number && !numbers.empty() && *number <= numbers.back()) {
        note_out_of_range(
            m_notes, item,
            fmt::format("above {}, which stands before it", config::number_words(numbers.back())));
      } else if (number) {
        numbers.push_back(*number);
      }
    }
    return numbers;
  }

  TraceContext& m_context;
  Notes& m_notes;
  MapReader m_map;
  // Without columns: a series is the same in every pass.
  Patterns m_patterns{Patterns::Rows::none};
  synth::MetricSpec m_metric{.name = {}};
};

// "warning" and "information" are what loggers call them.
std::string severity_advice(std::string_view text) {
  std::vector<std::string> names;
  for (int number = 1; number <= k_severities; ++number) {
    names.push_back(severity_name(number));
    if (equals_ignoring_case(text.substr(0, names.back().size()), names.back()) &&
        text.find_first_of("0123456789") == std::string_view::npos) {
      return fmt::format("did you mean '{}'?", names.back());
    }
  }
  std::string hint = did_you_mean(text, names);
  return hint.empty() ? "write trace, debug, info, warn, error or fatal, each also with 2 to 4 "
                        "behind it"
                      : hint;
}

// A name such as "WARN2", in any case, or its number.
int read_severity(Notes& notes, const Spot& spot) {
  const yaml::Node& node = notes.document().node(spot.node);
  if (node.kind == NodeKind::scalar && yaml::read_integer(node.text)) {
    return static_cast<int>(read_integer(notes, spot, 1, k_severities).value_or(1));
  }
  const auto text = read_text(notes, spot);
  for (int number = 1; text && number <= k_severities; ++number) {
    if (equals_ignoring_case(*text, severity_name(number))) {
      return number;
    }
  }
  if (text) {
    notes.add(
        IssueKind::not_a_choice, spot,
        fmt::format("{}: {} is no severity", name_of(notes.document(), spot), config::shown(*text)),
        severity_advice(*text));
  }
  return 1;
}

class BodyReader {
 public:
  BodyReader(Notes& notes, Patterns& patterns) : m_notes(notes), m_patterns(patterns) {}

  synth::Body read(const Spot& spot) {
    switch (m_notes.document().node(spot.node).kind) {
      case NodeKind::null:
        return synth::Empty{};
      case NodeKind::sequence:
        return read_array(spot);
      case NodeKind::map:
        return read_map(spot);
      case NodeKind::scalar:
      case NodeKind::alias:
        break;
    }
    return m_patterns.read_value(m_notes, spot).value_or(synth::Value());
  }

 private:
  synth::Body read_array(const Spot& spot) {
    synth::Array array;
    for (const Spot& item : items_of(m_notes, spot, 0, SIZE_MAX)) {
      if (auto value = m_patterns.read_value(m_notes, item)) {
        array.items.push_back(std::move(*value));
      }
    }
    return array;
  }

  synth::Body read_map(const Spot& spot) {
    const MapReader map(m_notes, spot, k_body_keys);
    const auto members = map.find("map");
    const auto bytes = map.find("bytes");
    if (!members && !bytes && map.has_unknown()) {
      return synth::Empty{};
    }
    if (members.has_value() == bytes.has_value()) {
      m_notes.add_at_key(
          IssueKind::wrong_count, spot,
          fmt::format("{} takes one of 'map' and 'bytes'", name_of(m_notes.document(), spot)),
          "write body: {map: {KEY: VALUE, ...}} or {bytes: BASE64}");
      return synth::Empty{};
    }
    return members ? read_members(*members) : read_bytes(*bytes);
  }

  synth::Body read_members(const Spot& spot) {
    synth::Map map;
    for (const Spot& entry : entries_of(m_notes, spot)) {
      auto value = m_patterns.read_value(m_notes, entry);
      const std::string_view key = m_notes.document().node(entry.key).text;
      if (key.empty() || !is_valid_utf8(key)) {
        m_notes.add_at_key(IssueKind::out_of_range, entry,
                           "a key of the body is empty or not UTF-8", "name the member");
      } else if (value && m_notes.spend(entry, key.size())) {
        map.members.push_back({std::string(key), std::move(*value)});
      }
    }
    return map;
  }

  synth::Body read_bytes(const Spot& spot) {
    const auto text = read_text(m_notes, spot, Emptiness::allowed);
    auto decoded = text ? decode_base64(*text) : std::optional<std::string>(std::string());
    if (!decoded) {
      m_notes.add(IssueKind::wrong_type, spot,
                  fmt::format("{} is not base64", name_of(m_notes.document(), spot)),
                  "encode the bytes with base64, as in aGVsbG8=");
    }
    return synth::Bytes{decoded ? std::move(*decoded) : std::string()};
  }

  Notes& m_notes;
  Patterns& m_patterns;
};

synth::LogSpec read_log(TraceContext& context, const Spot& spot) {
  Notes& notes = context.notes;
  const MapReader map(notes, spot, k_log_keys);
  synth::LogSpec log;
  if (const auto service = map.find("service")) {
    log.service = context.services.find(notes, *service).value_or(0);
  }
  if (const auto severity = map.find("severity")) {
    log.severity = read_severity(notes, *severity);
  }
  if (const auto text = map.find("severity_text")) {
    log.severity_text = context.patterns.read_text(notes, *text, Emptiness::allowed).value_or("");
  }
  if (const auto name = map.find("event_name")) {
    log.event_name = context.patterns.read_text(notes, *name, Emptiness::allowed).value_or("");
  }
  if (const auto body = map.find("body")) {
    log.body = BodyReader(notes, context.patterns).read(*body);
  }
  if (const auto attributes = map.find("attributes")) {
    AttributeContext attribute_context{notes, context.patterns, Owner::log};
    log.attributes = read_attributes(attribute_context, *attributes);
  }
  if (const auto repeat = map.find("repeat")) {
    const auto most = static_cast<std::int64_t>(k_most_pass_records);
    log.repeat = static_cast<std::uint32_t>(read_integer(notes, *repeat, 1, most).value_or(1));
  }
  if (const auto span = map.find("span")) {
    log.span = context.spans.find(notes, *span);
  }
  return log;
}

}  // namespace

std::vector<synth::MetricSpec> read_metrics(TraceContext& context, const Spot& spot) {
  Notes& notes = context.notes;
  std::vector<synth::MetricSpec> metrics;
  std::map<std::pair<std::size_t, std::string_view>, yaml::NodeId> names;
  PassSize size;
  for (const Spot& item : items_of(notes, spot, 1, k_most_metrics)) {
    if (notes.is_full()) {
      break;
    }
    MetricReader reader(context, item);
    metrics.push_back(reader.read());
    if (const auto name = reader.name(); name && !metrics.back().name.empty()) {
      const std::string_view text = notes.document().node(name->node).text;
      const auto [first, is_new] = names.try_emplace({metrics.back().service, text}, name->node);
      if (!is_new) {
        notes.add_repeated(
            *name, first->second,
            fmt::format("two metrics of a service are called {}", config::shown(text)),
            "make one metric of them, with a series for each");
      }
    }
    size.add(notes, item, synth::series_of(metrics.back()), reader.bytes(), "data point");
  }
  return metrics;
}

std::vector<synth::LogSpec> read_logs(TraceContext& context, const Spot& spot) {
  std::vector<synth::LogSpec> logs;
  PassSize size;
  for (const Spot& item : items_of(context.notes, spot, 1, k_most_pass_records)) {
    if (context.notes.is_full()) {
      break;
    }
    const std::uint64_t before = context.patterns.bytes();
    logs.push_back(read_log(context, item));
    size.add(context.notes, item, logs.back().repeat, context.patterns.bytes() - before,
             "log record");
  }
  return logs;
}

}  // namespace otelctl::scenario
