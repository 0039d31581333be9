// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/read.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "check/condition_reader.hpp"
#include "check/limits.hpp"
#include "check/span_reader.hpp"
#include "config/reading/judge.hpp"
#include "config/reading/map_reader.hpp"
#include "config/reading/scalars.hpp"

namespace otelctl::check {
namespace {

using config::IssueKind;
using config::reading::entries_of;
using config::reading::items_of;
using config::reading::MapReader;
using config::reading::read_text;

constexpr std::array<std::string_view, 3> k_file_keys{"version", "defaults", "expect"};
constexpr std::array<std::string_view, 3> k_default_keys{"timeout", "settle", "allow_partial"};
constexpr std::array<std::string_view, 12> k_expectation_keys{
    "name",   "find",   "trace_id", "trace",   "spans",  "tree",
    "strict", "golden", "ignore",   "timeout", "settle", "allow_partial"};
constexpr std::array<std::string_view, 6> k_find_keys{"service", "operation", "tags",
                                                      "errors",  "since",     "which"};
constexpr std::array<std::string_view, 9> k_trace_keys{"spans",        "services", "max_duration",
                                                       "min_duration", "duration", "errors",
                                                       "orphans",      "roots",    "max_depth"};

// What a waiting expectation takes from `defaults`.
struct Defaults {
  std::optional<nanoseconds> timeout;
  std::optional<nanoseconds> settle;
  bool allow_partial = false;
};

class FileReader {
 public:
  explicit FileReader(Notes& notes)
      : m_notes(notes),
        m_map(notes, {nullptr, notes.document().resolve(notes.document().root())}, k_file_keys) {}

  std::vector<Expectation> read() {
    read_version();
    if (const auto defaults = m_map.find("defaults")) {
      m_defaults = read_waiting(MapReader(m_notes, *defaults, k_default_keys), {});
    }
    std::vector<Expectation> expectations;
    const auto list = m_map.require(
        "expect", "expectations are a list: expect: [{name: order, find: {service: checkout}}]");
    if (list) {
      for (const Spot& item : items_of(m_notes, *list, 1, k_most_expectations)) {
        if (m_notes.is_full()) {
          break;
        }
        expectations.push_back(read_expectation(item));
      }
    }
    return expectations;
  }

 private:
  void read_version() {
    constexpr std::int64_t k_version = 1;
    if (const auto version = m_map.require("version", "the first line is version: 1")) {
      config::reading::read_integer(m_notes, *version, k_version, k_version);
    }
  }

  Defaults read_waiting(const MapReader& map, Defaults found) {
    if (const auto timeout = map.find("timeout")) {
      found.timeout = config::reading::read_duration(m_notes, *timeout, k_longest_wait);
    }
    if (const auto settle = map.find("settle")) {
      found.settle = config::reading::read_duration(m_notes, *settle, k_longest_wait);
    }
    if (const auto partial = map.find("allow_partial")) {
      found.allow_partial = config::reading::read_boolean(m_notes, *partial).value_or(false);
    }
    return found;
  }

  Expectation read_expectation(const Spot& spot) {
    const MapReader map(m_notes, spot, k_expectation_keys);
    Expectation expectation;
    expectation.line = line_of(m_notes, spot);
    const Defaults waiting = read_waiting(map, m_defaults);
    expectation.timeout = waiting.timeout;
    expectation.settle = waiting.settle;
    expectation.allow_partial = waiting.allow_partial;
    if (const auto name = map.find("name")) {
      expectation.name = read_text(m_notes, *name).value_or("");
    }
    read_find(map, expectation.find);
    if (const auto trace = map.find("trace")) {
      expectation.trace = read_trace(*trace);
    }
    if (const auto spans = map.find("spans")) {
      expectation.spans = read_spans(m_notes, *spans);
    }
    read_tree(map, expectation);
    read_golden(map, expectation);
    if (map.is_map() && !map.has_unknown() && !map.find("trace") && !map.find("spans") &&
        !map.find("tree") && !map.find("golden")) {
      m_notes.add_at_key(IssueKind::missing_key, spot, "nothing is expected of the trace",
                         "give it trace, spans, tree or golden");
    }
    return expectation;
  }

  void read_find(const MapReader& map, Find& find) {
    const auto found = map.find("find");
    const auto id = map.find("trace_id");
    if (found && id) {
      m_notes.add_at_key(IssueKind::misplaced_key, *id,
                         "trace_id names the trace, so find is not looked at", "leave one out");
    }
    if (id) {
      read_trace_id(*id, find);
    }
    if (!found) {
      return;
    }
    const MapReader keys(m_notes, *found, k_find_keys);
    if (const auto service = keys.find("service")) {
      find.service = read_text(m_notes, *service).value_or("");
    }
    if (const auto operation = keys.find("operation")) {
      find.operation = read_text(m_notes, *operation).value_or("");
    }
    if (const auto tags = keys.find("tags")) {
      read_tags(*tags, find);
    }
    if (const auto errors = keys.find("errors")) {
      find.must_have_failed = config::reading::read_boolean(m_notes, *errors).value_or(false);
    }
    if (const auto since = keys.find("since")) {
      read_since(*since, find);
    }
    if (const auto which = keys.find("which")) {
      const auto choice = config::reading::read_choice(m_notes, *which, {"newest", "any", "all"});
      find.which = static_cast<Which>(choice.value_or(0));
    }
  }

  void read_trace_id(const Spot& spot, Find& find) {
    const auto text = read_text(m_notes, spot);
    if (!text) {
      return;
    }
    const auto parts = split(*text, '-');
    const std::string_view digits = parts.size() == 4 ? parts[1] : *text;
    const auto id = parse_hex<TraceId>(digits);
    if (!id || !id->is_valid()) {
      m_notes.add(IssueKind::wrong_type, spot, "trace_id is no trace id",
                  "write its 32 hex digits in quotes, or a traceparent");
      return;
    }
    find.trace_id = id;
  }

  void read_tags(const Spot& spot, Find& find) {
    for (const Spot& entry : entries_of(m_notes, spot)) {
      if (find.tags.size() >= k_most_attributes || m_notes.is_full()) {
        break;
      }
      if (const auto value = read_text(m_notes, entry, config::reading::Emptiness::allowed)) {
        find.tags.emplace_back(m_notes.document().node(entry.key).text, *value);
      }
    }
  }

  void read_since(const Spot& spot, Find& find) {
    const auto text = read_text(m_notes, spot);
    if (!text) {
      return;
    }
    // Which moment that is, only the command knows.
    const auto time = parse_time(*text, Time{std::chrono::hours(24 * 365 * 50)});
    if (!time) {
      note_error(m_notes, spot, time.error());
      return;
    }
    find.since = std::string(*text);
  }

  TraceExpectation read_trace(const Spot& spot) {
    const MapReader map(m_notes, spot, k_trace_keys);
    TraceExpectation trace;
    if (const auto spans = map.find("spans")) {
      trace.spans = read_count(*spans, "spans", Relation::equal);
    }
    if (const auto services = map.find("services")) {
      trace.services = read_patterns(m_notes, *services);
      trace.services_line = line_of(m_notes, *services);
    }
    trace.durations = read_durations(m_notes, map);
    for (const std::string_view key : {"errors", "orphans", "roots", "max_depth"}) {
      const auto count = map.find(key);
      const Relation bare = key == "max_depth" ? Relation::at_most : Relation::equal;
      if (auto expectation = count ? read_count(*count, key, bare) : std::nullopt) {
        trace.counts.push_back(std::move(*expectation));
      }
    }
    return trace;
  }

  std::optional<CountExpectation> read_count(const Spot& spot, std::string_view key,
                                             Relation bare) {
    auto amount = read_amount(m_notes, spot, Amount::Unit::count, bare);
    if (!amount) {
      return std::nullopt;
    }
    return CountExpectation{std::string(key), std::move(*amount), line_of(m_notes, spot)};
  }

  void read_tree(const MapReader& map, Expectation& expectation) {
    const auto spot = map.find("tree");
    const auto strict = map.find("strict");
    const bool is_strict =
        strict && config::reading::read_boolean(m_notes, *strict).value_or(false);
    if (strict && !spot) {
      m_notes.add_at_key(IssueKind::misplaced_key, *strict,
                         "strict speaks of a tree, which is not there",
                         "add the tree, or leave it out");
    }
    const auto text = spot ? read_text(m_notes, *spot) : std::nullopt;
    if (!text) {
      return;
    }
    auto tree = parse_tree(*text);
    if (!tree) {
      note_error(m_notes, *spot, tree.error());
      return;
    }
    expectation.tree = std::move(*tree);
    expectation.tree->is_strict = is_strict;
    expectation.tree->line = line_of(m_notes, *spot);
  }

  void read_golden(const MapReader& map, Expectation& expectation) {
    const auto spot = map.find("golden");
    const auto ignore = map.find("ignore");
    if (ignore && !spot) {
      m_notes.add_at_key(IssueKind::misplaced_key, *ignore,
                         "ignore speaks of a golden file, which is not there",
                         "add golden: FILE, or leave it out");
    }
    const auto path = spot ? read_text(m_notes, *spot) : std::nullopt;
    if (!path) {
      return;
    }
    GoldenExpectation golden;
    golden.path = *path;
    golden.line = line_of(m_notes, *spot);
    if (ignore) {
      golden.ignored = read_patterns(m_notes, *ignore);
    }
    expectation.golden = std::move(golden);
  }

  Notes& m_notes;
  MapReader m_map;
  Defaults m_defaults;
};

// Of a file that was not meant as one: none of its keys is there.
std::optional<config::Issue> issue_of_another_kind(const yaml::Document& document) {
  const yaml::NodeId root = document.resolve(document.root());
  if (document.node(root).kind != yaml::NodeKind::map) {
    return std::nullopt;
  }
  const std::vector<std::string> own{"expect", "version", "defaults"};
  const auto entries = document.entries(root);
  constexpr std::size_t k_most_keys = 100;
  const bool is_one =
      entries.size() > k_most_keys ||
      std::any_of(entries.begin(), entries.end(), [&](const yaml::Document::Entry& entry) {
        const yaml::Node& key = document.node(document.resolve(entry.key));
        return key.kind == yaml::NodeKind::scalar && !nearest(key.text, own).empty();
      });
  if (is_one) {
    return std::nullopt;
  }
  return config::Issue{IssueKind::missing_key,
                       config::reading::key_place_of(document, {nullptr, root}),
                       "this is no file of expectations: it has no key 'expect'",
                       "'otelctl check-traces --from-trace last' drafts one from a good trace"};
}

bool lacks_variable(const std::vector<config::Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const config::Finding& finding) { return finding.code == "OTC201"; });
}

}  // namespace

bool Find::is_given() const {
  return trace_id || !service.empty() || !operation.empty() || !tags.empty() || must_have_failed ||
         since;
}

ExpectationsFile read_expectations(std::string name, std::string bytes,
                                   const Environment& environment) {
  ExpectationsFile file;
  file.report.name = std::move(name);
  yaml::Parsed parsed =
      yaml::parse(std::move(bytes), {k_most_file_bytes, k_most_file_depth, k_most_file_nodes});
  std::vector<config::Issue> issues;
  const bool has_content = parsed.is_whole && parsed.document.root() != yaml::k_no_node;
  if (auto issue = has_content ? issue_of_another_kind(parsed.document) : std::nullopt) {
    issues.push_back(std::move(*issue));
  } else if (has_content) {
    Notes notes(parsed.document, environment);
    file.expectations = FileReader(notes).read();
    issues = notes.take_issues();
    for (yaml::Problem& problem : notes.take_problems()) {
      parsed.problems.push_back(std::move(problem));
    }
  } else if (parsed.is_whole || parsed.problems.empty()) {
    issues.push_back({IssueKind::missing_key, std::nullopt, "the file is empty",
                      "'otelctl check-traces --from-trace last' drafts one from a good trace"});
  }
  file.report.findings = config::reading::judge(parsed, std::move(issues));
  file.is_valid =
      !config::reading::has_error(file.report.findings) && !lacks_variable(file.report.findings);
  if (!file.is_valid) {
    file.expectations.clear();
  }
  for (Expectation& expectation : file.expectations) {
    expectation.file = file.report.name;
  }
  file.report.document = std::move(parsed.document);
  return file;
}

}  // namespace otelctl::check
