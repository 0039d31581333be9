// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/diff.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "trace/string_pool.hpp"
#include "trace/tree.hpp"

namespace otelctl::trace {
namespace {

constexpr std::uint32_t k_none = UINT32_MAX;
// Of a path that is too long to be read.
constexpr std::uint32_t k_path_head = 4;
constexpr std::uint32_t k_path_tail = k_whole_path - k_path_head;
// What moves the whole by less than this share of its time is noise.
constexpr std::int64_t k_noise_divisor = 1000;
// A median of fewer is a single trace's whim.
constexpr std::size_t k_least_samples = 3;

// What makes siblings equal.
struct Likeness {
  std::uint32_t parent = k_none;  // a place
  Text service = Text::empty;
  Text name = Text::empty;
  SpanKind kind = SpanKind::unspecified;

  friend bool operator==(const Likeness&, const Likeness&) = default;
};

struct LikenessHash {
  std::size_t operator()(const Likeness& from) const noexcept {
    std::uint64_t hash = from.parent;
    for (const std::uint64_t part : {std::uint64_t{static_cast<std::uint32_t>(from.service)},
                                     std::uint64_t{static_cast<std::uint32_t>(from.name)},
                                     std::uint64_t{static_cast<std::uint8_t>(from.kind)}}) {
      hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
      hash ^= hash >> 32U;
    }
    return hash;
  }
};

// Equal siblings, and how many of them the trace had so far that is being read.
struct Group {
  Likeness likeness;
  std::vector<std::uint32_t> places;
  std::size_t trace = 0;
  std::size_t used = 0;
};

struct Place {
  std::uint32_t group = 0;
  std::uint32_t number = 0;  // among its equal siblings, from 0
  std::uint32_t depth = 0;
  std::uint32_t head = k_none;  // the ancestor that ends the head of a long path
};

struct Sample {
  std::uint32_t place = 0;
  std::int64_t duration = 0;

  friend auto operator<=>(const Sample&, const Sample&) = default;
};

std::int64_t median(const std::vector<std::int64_t>& sorted) {
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle]
                                : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
}

// The places of all traces, each once; parents have lower numbers than their children.
class Places {
 public:
  // Calls `take(place, span)` for every span of the trace.
  template <typename Take>
  void add(const Trace& trace, const Tree& tree, Take take) {
    ++m_trace;
    std::vector<std::uint32_t> place_of(trace.spans.size(), k_none);
    for (const std::uint32_t index : tree.order) {
      const Span& span = trace.spans[index];
      const std::uint32_t parent = tree.parent[index];
      place_of[index] = find({parent == k_no_span ? k_none : place_of[parent],
                              m_texts.intern(trace.service(span)),
                              m_texts.intern(trace.text(span.name)), span.kind});
      take(place_of[index], span);
    }
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(m_places.size()); }
  const Likeness& likeness(std::uint32_t place) const {
    return m_groups[m_places[place].group].likeness;
  }
  std::string service(std::uint32_t place) const {
    return std::string(m_texts[likeness(place).service]);
  }
  std::string name(std::uint32_t place) const { return std::string(m_texts[likeness(place).name]); }

  std::string path(std::uint32_t place) const {
    std::vector<std::string> steps;
    const std::uint32_t depth = m_places[place].depth;
    const bool is_whole = depth < k_whole_path;
    climb(place, is_whole ? depth + 1 : k_path_tail, steps);
    if (!is_whole) {
      steps.push_back(fmt::format("({} more)", depth + 1 - k_path_head - k_path_tail));
      climb(m_places[place].head, k_path_head, steps);
    }
    std::string path;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      path += (path.empty() ? "" : " > ") + *step;
    }
    return path;
  }

 private:
  std::uint32_t find(const Likeness& likeness) {
    const auto [entry, is_new] =
        m_index.try_emplace(likeness, static_cast<std::uint32_t>(m_groups.size()));
    if (is_new) {
      m_groups.push_back({likeness, {}, 0, 0});
    }
    Group& group = m_groups[entry->second];
    if (group.trace != m_trace) {
      group.trace = m_trace;
      group.used = 0;
    }
    if (group.used == group.places.size()) {
      group.places.push_back(make(entry->second, group));
    }
    return group.places[group.used++];
  }

  std::uint32_t make(std::uint32_t group_number, const Group& group) {
    Place place;
    place.group = group_number;
    place.number = static_cast<std::uint32_t>(group.places.size());
    const std::uint32_t number = size();
    if (group.likeness.parent != k_none) {
      const Place& parent = m_places[group.likeness.parent];
      place.depth = parent.depth + 1;
      place.head = parent.head;
    }
    if (place.depth == k_path_head - 1) {
      place.head = number;
    }
    m_places.push_back(place);
    return number;
  }

  void climb(std::uint32_t place, std::uint32_t count, std::vector<std::string>& steps) const {
    for (; count > 0; --count) {
      const Group& group = m_groups[m_places[place].group];
      const std::string number =
          group.places.size() > 1 ? fmt::format("#{}", m_places[place].number + 1) : "";
      steps.push_back(fmt::format("{}: {}{}", m_texts[group.likeness.service],
                                  m_texts[group.likeness.name], number));
      place = group.likeness.parent;
    }
  }

  StringPool m_texts;
  std::vector<Place> m_places;
  std::vector<Group> m_groups;
  std::unordered_map<Likeness, std::uint32_t, LikenessHash> m_index;
  std::size_t m_trace = 0;
};

// What one side's traces have at each place.
class Side {
 public:
  void read(const std::vector<Trace>& traces, Places& places) {
    std::vector<std::int64_t> whole;
    for (const Trace& trace : traces) {
      const Tree tree = build_tree(trace);
      places.add(trace, tree, [&](std::uint32_t place, const Span& span) {
        m_samples.push_back({place, span.duration.count()});
        m_errors.resize(std::max<std::size_t>(m_errors.size(), place + std::size_t{1}));
        m_errors[place] += span.has_failed() ? 1U : 0U;
        m_facts.errors += span.has_failed() ? 1U : 0U;
      });
      whole.push_back((tree.trace_end() - tree.trace_start()).count());
    }
    std::sort(whole.begin(), whole.end());
    m_facts.samples = traces.size();
    m_facts.spans = m_samples.size();
    m_facts.duration = nanoseconds(median(whole));
  }

  // Once all places are known.
  void settle(std::uint32_t places) {
    m_errors.resize(places);
    m_counts.resize(places);
    m_medians.resize(places);
    std::sort(m_samples.begin(), m_samples.end());
    std::vector<std::int64_t> sorted;
    for (std::size_t i = 0; i < m_samples.size();) {
      const std::uint32_t place = m_samples[i].place;
      sorted.clear();
      for (; i < m_samples.size() && m_samples[i].place == place; ++i) {
        sorted.push_back(m_samples[i].duration);
      }
      m_counts[place] = sorted.size();
      m_medians[place] = median(sorted);
    }
  }

  const DiffSide& facts() const { return m_facts; }
  std::size_t count(std::uint32_t place) const { return m_counts[place]; }
  std::size_t errors(std::uint32_t place) const { return m_errors[place]; }
  nanoseconds duration(std::uint32_t place) const { return nanoseconds(m_medians[place]); }
  bool usually_has(std::uint32_t place) const {
    return m_counts[place] > 0 && 2 * m_counts[place] >= m_facts.samples;
  }
  bool has_enough(std::uint32_t place) const {
    return m_counts[place] >= std::min(k_least_samples, m_facts.samples);
  }
  double failing_share(std::uint32_t place) const {
    return m_counts[place] == 0
               ? 0
               : static_cast<double>(m_errors[place]) / static_cast<double>(m_counts[place]);
  }
  double presence(std::uint32_t place) const {
    return static_cast<double>(m_counts[place]) / static_cast<double>(m_facts.samples);
  }

 private:
  DiffSide m_facts;
  std::vector<Sample> m_samples;
  std::vector<std::size_t> m_errors;
  std::vector<std::size_t> m_counts;
  std::vector<std::int64_t> m_medians;
};

// The topmost places that only `side` has, each with all that is below it.
std::vector<DiffSpan> only_in(const Side& side, const Side& other, const Places& places) {
  const auto is_only_here = [&](std::uint32_t place) {
    return other.count(place) == 0 && side.usually_has(place);
  };
  std::vector<std::size_t> spans(places.size());
  std::vector<std::size_t> errors(places.size());
  std::vector<DiffSpan> found;
  // Children come before their parents.
  for (std::uint32_t place = places.size(); place-- > 0;) {
    if (!is_only_here(place)) {
      continue;
    }
    spans[place] += 1;
    errors[place] += side.errors(place);
    const std::uint32_t parent = places.likeness(place).parent;
    if (parent != k_none && is_only_here(parent)) {
      spans[parent] += spans[place];
      errors[parent] += errors[place];
      continue;
    }
    found.push_back({places.path(place), places.service(place), places.name(place),
                     places.likeness(place).kind, side.count(place), spans[place],
                     side.duration(place), errors[place]});
  }
  std::reverse(found.begin(), found.end());
  return found;
}

class Comparison {
 public:
  Comparison(const Side& a, const Side& b, const Places& places)
      : m_a(a),
        m_b(b),
        m_places(places),
        m_noise(std::max(a.facts().duration, b.facts().duration) / k_noise_divisor) {}

  void run(TraceDiff& diff) const {
    for (std::uint32_t place = 0; place < m_places.size(); ++place) {
      const bool is_usual = m_a.usually_has(place) || m_b.usually_has(place);
      diff.rare += is_usual ? 0 : 1;
      if (!is_usual || m_a.count(place) == 0 || m_b.count(place) == 0) {
        continue;
      }
      if (is_same(place)) {
        ++diff.unchanged;
      } else {
        diff.changed.push_back(change(place));
      }
    }
    std::stable_sort(diff.changed.begin(), diff.changed.end(), [](const auto& x, const auto& y) {
      return std::pair(!x.has_new_errors, -size(x)) < std::pair(!y.has_new_errors, -size(y));
    });
  }

 private:
  static std::int64_t size(const DiffChange& change) {
    const std::int64_t difference = change.difference().count();
    return difference < 0 ? -difference : difference;
  }

  bool is_same(std::uint32_t place) const {
    return m_a.duration(place) == m_b.duration(place) &&
           m_a.failing_share(place) == m_b.failing_share(place) &&
           m_a.presence(place) == m_b.presence(place);
  }

  DiffChange change(std::uint32_t place) const {
    DiffChange change;
    change.path = m_places.path(place);
    change.service = m_places.service(place);
    change.name = m_places.name(place);
    change.count_a = m_a.count(place);
    change.count_b = m_b.count(place);
    change.duration_a = m_a.duration(place);
    change.duration_b = m_b.duration(place);
    // What took no time at all is counted as one nanosecond.
    const auto base = static_cast<double>(std::max<std::int64_t>(change.duration_a.count(), 1));
    change.change_percent = 100.0 * static_cast<double>(change.difference().count()) / base;
    change.errors_a = m_a.errors(place);
    change.errors_b = m_b.errors(place);
    const double before = m_a.failing_share(place);
    const double after = m_b.failing_share(place);
    change.has_new_errors = after > before && (change.errors_a == 0 || after >= 2 * before);
    change.is_time_sure = m_a.has_enough(place) && m_b.has_enough(place) &&
                          size(change) >= std::max<std::int64_t>(m_noise.count(), 1);
    return change;
  }

  const Side& m_a;
  const Side& m_b;
  const Places& m_places;
  nanoseconds m_noise;
};

}  // namespace

TraceDiff diff(const std::vector<Trace>& a, const std::vector<Trace>& b) {
  Places places;
  Side side_a;
  Side side_b;
  side_a.read(a, places);
  side_b.read(b, places);
  side_a.settle(places.size());
  side_b.settle(places.size());
  TraceDiff diff;
  diff.a = side_a.facts();
  diff.b = side_b.facts();
  diff.added = only_in(side_b, side_a, places);
  diff.removed = only_in(side_a, side_b, places);
  Comparison(side_a, side_b, places).run(diff);
  return diff;
}

}  // namespace otelctl::trace
