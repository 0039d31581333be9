// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/run_probe.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "net/deadline.hpp"
#include "probe/export_stage.hpp"
#include "probe/reach.hpp"

namespace otelctl::probe {
namespace {

using settings::OtlpSettings;

// Signals whose way to the server is the same.
bool share_way(const OtlpSettings& left, const OtlpSettings& right) {
  return left.endpoint.scheme == right.endpoint.scheme &&
         left.endpoint.host_and_port() == right.endpoint.host_and_port() &&
         left.proxy.url == right.proxy.url && left.protocol == right.protocol &&
         left.tls.ca_file == right.tls.ca_file && left.tls.cert_file == right.tls.cert_file;
}

Stage config_stage(const std::vector<OtlpSettings>& targets) {
  const OtlpSettings& first = targets.front();
  Stage stage;
  stage.name = "config";
  const settings::Setting* endpoint = first.find("endpoint");
  stage.message = escape_for_terminal(redact_url(first.endpoint.to_string())) + " by " +
                  std::string(name_of(first.protocol)) +
                  (endpoint == nullptr ? "" : " (" + endpoint->origin + ")");
  std::vector<std::string> header_names;
  for (const net::Header& header : first.headers) {
    header_names.push_back(header.name);
  }
  std::vector<std::string> urls;
  for (const OtlpSettings& target : targets) {
    urls.push_back(redact_url(target.endpoint.to_string()));
  }
  stage.facts = {{"urls", std::move(urls)},
                 {"headers", std::move(header_names)},
                 {"compression", std::string(name_of(first.compression))},
                 {"tls", first.endpoint.is_tls()}};
  if (!first.proxy.direct()) {
    stage.facts.push_back({"proxy", redact_url(first.proxy.url)});
  }
  return stage;
}

Stage skipped_export(const OtlpSettings& settings, std::string why) {
  Stage stage;
  stage.name = "export";
  stage.status = StageStatus::skip;
  stage.message = std::move(why);
  stage.facts.push_back({"signal", std::string(name_of(settings.signal))});
  return stage;
}

void keep_first(std::optional<Error>& kept, const std::optional<Error>& error) {
  if (!kept && error) {
    kept = error;
  }
}

}  // namespace

std::string_view name_of(StageStatus status) {
  switch (status) {
    case StageStatus::ok:
      return "ok";
    case StageStatus::warn:
      return "warn";
    case StageStatus::fail:
      return "fail";
    case StageStatus::skip:
      return "skip";
  }
  return "skip";
}

ProbeReport run_probe(const std::vector<OtlpSettings>& targets, const ProbeOptions& options,
                      const Clock& clock) {
  const OtlpSettings& first = targets.front();
  ProbeReport report;
  report.endpoint = redact_url(first.endpoint.to_string());
  report.protocol = name_of(first.protocol);
  report.signal = targets.size() > 1 ? "all" : std::string(name_of(first.signal));
  report.settings = first.settings;
  for (const OtlpSettings& target : targets) {
    for (const std::string& note : target.notes) {
      if (std::find(report.notes.begin(), report.notes.end(), note) == report.notes.end()) {
        report.notes.push_back(note);
      }
    }
  }
  report.stages.push_back(config_stage(targets));

  const net::Deadline deadline(options.timeout);
  std::vector<bool> done(targets.size(), false);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (done[i]) {
      continue;
    }
    Reach way = reach(targets[i], deadline, clock);
    std::move(way.stages.begin(), way.stages.end(), std::back_inserter(report.stages));
    keep_first(report.error, way.error);
    for (std::size_t j = i; j < targets.size(); ++j) {
      if (done[j] || !share_way(targets[i], targets[j])) {
        continue;
      }
      done[j] = true;
      if (way.error || !options.send) {
        report.stages.push_back(skipped_export(targets[j], options.send ? "" : "--no-send"));
        continue;
      }
      ExportStage sent = run_export(targets[j], way, deadline, clock);
      keep_first(report.error, sent.error);
      report.stages.push_back(std::move(sent.stage));
    }
  }
  return report;
}

}  // namespace otelctl::probe
