// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/read.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "config/kind.hpp"
#include "config/reading/judge.hpp"
#include "config/section/section_locator.hpp"
#include "scenario/attribute_reader.hpp"
#include "scenario/last_check.hpp"
#include "scenario/limits.hpp"
#include "scenario/reading.hpp"
#include "scenario/record_reader.hpp"
#include "scenario/scalars.hpp"
#include "scenario/trace_reader.hpp"

namespace otelctl::scenario {
namespace {

using config::IssueKind;

constexpr std::array<std::string_view, 7> k_file_keys{"scenario", "summary", "services", "choices",
                                                      "traces",   "metrics", "logs"};
constexpr std::array<std::string_view, 4> k_service_keys{"id", "name", "resource", "scope"};
constexpr std::array<std::string_view, 2> k_scope_keys{"name", "version"};

class FileReader {
 public:
  explicit FileReader(Notes& notes)
      : m_notes(notes),
        m_map(notes, {nullptr, notes.document().resolve(notes.document().root())}, k_file_keys) {}

  synth::Scenario read() {
    read_head();
    if (const auto services =
            m_map.require("services", "a scenario needs a service: services: [{name: shop}]")) {
      read_services(*services);
    }
    if (const auto choices = m_map.find("choices")) {
      m_scenario.choices = m_patterns.read_choices(m_notes, *choices);
    }
    TraceContext context{m_notes, m_patterns, m_services, m_spans};
    const auto traces = m_map.find("traces");
    const auto metrics = m_map.find("metrics");
    const auto logs = m_map.find("logs");
    if (traces) {
      m_scenario.traces = read_traces(context, *traces);
    }
    if (metrics) {
      m_scenario.metrics = read_metrics(context, *metrics);
    }
    if (logs) {
      m_scenario.logs = read_logs(context, *logs);
    }
    if (m_map.is_map() && !traces && !metrics && !logs) {
      m_notes.add_at_key(IssueKind::missing_key, m_map.spot(), "the scenario has nothing to send",
                         "give it traces, metrics or logs");
    }
    return std::move(m_scenario);
  }

 private:
  void read_head() {
    if (const auto name = m_map.require("scenario", "name the scenario: scenario: checkout")) {
      m_scenario.name = read_text(m_notes, *name).value_or("");
    }
    if (const auto summary = m_map.find("summary")) {
      m_scenario.summary = read_text(m_notes, *summary, Emptiness::allowed).value_or("");
    }
  }

  void read_services(const Spot& spot) {
    for (const Spot& item : items_of(m_notes, spot, 1, k_most_services)) {
      if (m_notes.is_full()) {
        return;
      }
      const MapReader map(m_notes, item, k_service_keys);
      synth::Service& service = m_scenario.services.emplace_back();
      const auto name = map.require("name", "name the service: name: shop");
      if (name) {
        service.name = read_text(m_notes, *name).value_or("");
      }
      const auto id = map.find("id") ? map.find("id") : name;
      if (const auto text = id ? read_text(m_notes, *id) : std::nullopt) {
        m_services.add(m_notes, *id, *text, m_scenario.services.size() - 1);
      }
      if (const auto resource = map.find("resource")) {
        service.resource = read_plain_attributes(m_notes, *resource);
      }
      if (const auto scope = map.find("scope")) {
        read_scope(*scope, service);
      }
    }
  }

  void read_scope(const Spot& spot, synth::Service& service) {
    const MapReader map(m_notes, spot, k_scope_keys);
    if (const auto name = map.find("name")) {
      service.scope_name = read_text(m_notes, *name, Emptiness::allowed).value_or("");
    }
    if (const auto version = map.find("version")) {
      service.scope_version = read_text(m_notes, *version, Emptiness::allowed).value_or("");
    }
  }

  Notes& m_notes;
  MapReader m_map;
  Patterns m_patterns;
  Names m_services{"service"};
  SpanIds m_spans;
  synth::Scenario m_scenario;
};

// Whether a key is one of a scenario's, or nearly so. `services` is a map in files of compose.
bool is_key_of_scenario(const yaml::Document& document, const yaml::Document::Entry& entry) {
  static const std::vector<std::string> k_own{"scenario", "choices", "traces", "metrics", "logs"};
  const yaml::Node& key = document.node(document.resolve(entry.key));
  const bool is_list =
      document.node(document.resolve(entry.value)).kind == yaml::NodeKind::sequence;
  return key.kind == yaml::NodeKind::scalar &&
         (!nearest(key.text, k_own).empty() || (key.text == "services" && is_list));
}

bool looks_like_scenario(const yaml::Document& document, yaml::NodeId root) {
  constexpr std::size_t k_most_keys = 100;
  const auto entries = document.entries(root);
  return entries.size() > k_most_keys ||
         std::any_of(entries.begin(), entries.end(),
                     [&](const auto& entry) { return is_key_of_scenario(document, entry); });
}

std::string_view kind_words(const yaml::Document& document) {
  const std::string section = config::ValidateOptions{}.section;
  switch (config::detect_kind(document, section)) {
    case config::Kind::telemetry:
      return config::holds_section(document, section) ? "a telemetry section" : "";
    case config::Kind::compose:
      return "a file of compose";
    case config::Kind::kubernetes:
      return "a manifest of Kubernetes";
    case config::Kind::collector:
      return "the configuration of a Collector";
    case config::Kind::sdk:
      return "the configuration of an SDK";
    case config::Kind::env:
      break;
  }
  return "";
}

// Of which kind the file is when it is no scenario: none of a scenario's own keys is there.
std::optional<config::Issue> issue_of_another_kind(const yaml::Document& document) {
  const yaml::NodeId root = document.resolve(document.root());
  if (document.node(root).kind != yaml::NodeKind::map || looks_like_scenario(document, root)) {
    return std::nullopt;
  }
  config::Issue issue{IssueKind::missing_key, key_place_of(document, {nullptr, root}), {}, {}};
  const std::string_view kind = kind_words(document);
  if (kind.empty()) {
    issue.message =
        "this is neither a scenario nor captured OTLP: it has neither the key 'scenario' nor "
        "'resourceSpans'";
    issue.help = "name the scenario: scenario: checkout";
  } else {
    issue.message = fmt::format("this is {}, not a scenario", kind);
    issue.help = "'otelctl config validate FILE' checks it";
  }
  return issue;
}

// Of what the reader notes only this is no error.
bool is_warning(const config::Issue& issue) {
  return issue.kind == IssueKind::ambiguous_scalar;
}

}  // namespace

ScenarioFile read_scenario(std::string name, std::string bytes, const yaml::Limits& limits) {
  ScenarioFile file;
  file.report.name = std::move(name);
  yaml::Parsed parsed = yaml::parse(std::move(bytes), limits);
  std::vector<config::Issue> issues;
  const bool has_content = parsed.is_whole && parsed.document.root() != yaml::k_no_node;
  if (auto issue = has_content ? issue_of_another_kind(parsed.document) : std::nullopt) {
    issues.push_back(std::move(*issue));
  } else if (has_content) {
    Notes notes(parsed.document);
    file.scenario = FileReader(notes).read();
    issues = notes.take_issues();
    if (!notes.has_problems() && std::all_of(issues.begin(), issues.end(), is_warning)) {
      check_last(*file.scenario, parsed.document, issues);
    }
    for (yaml::Problem& problem : notes.take_problems()) {
      parsed.problems.push_back(std::move(problem));
    }
  } else if (parsed.is_whole || parsed.problems.empty()) {
    issues.push_back({IssueKind::missing_key, std::nullopt, "the file is empty",
                      "a scenario begins with its name: scenario: checkout"});
  }
  file.report.findings = config::reading::judge(parsed, std::move(issues));
  if (config::reading::has_error(file.report.findings)) {
    file.scenario.reset();
  }
  file.report.document = std::move(parsed.document);
  return file;
}

}  // namespace otelctl::scenario
