// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/run_probe.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "net/deadline.hpp"
#include "probe/canary.hpp"
#include "probe/export_stage.hpp"
#include "probe/identify.hpp"
#include "probe/platforms.hpp"
#include "probe/reach.hpp"
#include "settings/endpoint.hpp"

namespace otelctl::probe {
namespace {

using settings::OtlpSettings;

// Between the walks of a wait: short against the start of a collector, long against a walk.
constexpr nanoseconds k_wait_step = std::chrono::milliseconds(500);
// What the last walk of a wait may take at least.
constexpr nanoseconds k_least_walk = std::chrono::milliseconds(500);

// Signals whose way to the server is the same.
bool share_way(const OtlpSettings& left, const OtlpSettings& right) {
  return left.endpoint.scheme == right.endpoint.scheme &&
         left.endpoint.host_and_port() == right.endpoint.host_and_port() &&
         left.proxy.url == right.proxy.url && left.protocol == right.protocol &&
         left.tls.ca_file == right.tls.ca_file && left.tls.cert_file == right.tls.cert_file &&
         left.tls.key_file == right.tls.key_file;
}

// What is known to be wrong about the targets before any packet, each thing once.
std::vector<Advice> advice_on(const std::vector<OtlpSettings>& targets) {
  std::vector<Advice> all;
  const auto add = [&](Advice advice) {
    const bool is_new = std::none_of(
        all.begin(), all.end(), [&](const Advice& each) { return each.message == advice.message; });
    if (is_new) {
      all.push_back(std::move(advice));
    }
  };
  for (const OtlpSettings& target : targets) {
    if (auto mismatch = settings::port_mismatch(target.endpoint, target.protocol)) {
      const bool is_grpc = target.protocol == settings::Protocol::grpc;
      add({std::move(*mismatch), is_grpc ? "use --protocol http/protobuf, or port 4317"
                                         : "use --protocol grpc, or port 4318"});
    }
    const std::string path = "/v1/" + std::string(name_of(target.signal));
    if (target.endpoint.path.ends_with(path + path)) {
      add({"the path is doubled", "end the endpoint before " + path +
                                      ", which is appended to a base; only a signal's own "
                                      "variable is used as it is"});
    }
    for (Advice& advice : advise(target)) {
      add(std::move(advice));
    }
  }
  return all;
}

void warn_of(const std::vector<Advice>& advice, Stage& stage) {
  for (const Advice& each : advice) {
    stage.status = StageStatus::warn;
    stage.message += "; " + each.message;
    stage.hint += (stage.hint.empty() ? "" : "; ") + each.hint;
  }
}

Stage config_stage(const std::vector<OtlpSettings>& targets) {
  const OtlpSettings& first = targets.front();
  Stage stage;
  stage.name = "config";
  const settings::Setting* endpoint = first.find("endpoint");
  stage.message = escape_for_terminal(redact_url(first.endpoint.to_string())) + " by " +
                  std::string(name_of(first.protocol)) +
                  (endpoint == nullptr ? "" : " (" + endpoint->origin + ")");
  if (!first.proxy.direct()) {
    stage.message += ", through the proxy " + escape_for_terminal(redact_url(first.proxy.url)) +
                     " (" + first.proxy.variable + ")";
  }
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
  if (std::string platform = platform_of(first); !platform.empty()) {
    stage.facts.push_back({"platform", std::move(platform)});
  }
  warn_of(advice_on(targets), stage);
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

void keep_first(const std::optional<Error>& error, bool may_heal, ProbeReport& report) {
  if (!report.error && error) {
    report.error = error;
    report.may_heal = may_heal;
  }
}

Stage identify_stage(const OtlpSettings& target, const Reach& way, const net::Deadline& deadline,
                     const Clock& clock) {
  Stage stage;
  stage.name = "identify";
  if (!way.address || !target.proxy.direct()) {
    stage.status = StageStatus::skip;
    stage.message = way.address ? "the way leads through a proxy" : "";
    return stage;
  }
  const nanoseconds start = clock.monotonic();
  const Peer peer =
      identify(*way.address, target.endpoint.host, deadline.at_most(k_identify_time), clock.now());
  stage.message = way.address->to_string() + " " + describe(peer);
  stage.facts = {{"speaks", std::string(name_of(peer.kind))},
                 {"server", peer.server},
                 {"banner", peer.banner}};
  stage.duration = clock.monotonic() - start;
  return stage;
}

}  // namespace

ProbeReport begin_report(const std::vector<OtlpSettings>& targets) {
  const OtlpSettings& first = targets.front();
  ProbeReport report;
  report.endpoint = redact_url(first.endpoint.to_string());
  report.protocol = name_of(first.protocol);
  report.signal = targets.size() > 1 ? "all" : std::string(name_of(first.signal));
  report.settings = first.settings;
  for (const OtlpSettings& target : targets) {
    const auto mismatch = settings::port_mismatch(target.endpoint, target.protocol);
    for (const std::string& note : target.notes) {
      // The mismatch is a warning of the stage.
      if (note != mismatch &&
          std::find(report.notes.begin(), report.notes.end(), note) == report.notes.end()) {
        report.notes.push_back(note);
      }
    }
  }
  report.stages.push_back(config_stage(targets));
  return report;
}

namespace {

// One way to a server, and the exports of the signals that go it.
class Branch {
 public:
  Branch(const ProbeOptions& options, const net::Deadline& deadline, const ProbeTools& tools)
      : m_options(options), m_deadline(deadline), m_tools(tools) {}

  void walk(const OtlpSettings& target, ProbeReport& report) {
    m_way = reach(target, m_deadline, m_tools.clock);
    std::move(m_way.stages.begin(), m_way.stages.end(), std::back_inserter(report.stages));
    keep_first(m_way.error, m_way.may_heal, report);
    if (m_options.identify) {
      report.stages.push_back(identify_stage(target, m_way, m_deadline, m_tools.clock));
    }
  }

  void export_to(const OtlpSettings& target, ProbeReport& report) {
    if (m_way.error || !m_options.send) {
      report.stages.push_back(skipped_export(target, m_options.send ? "" : "--no-send"));
      return;
    }
    const auto canary = make_canary(target, m_tools.random, m_tools.clock.now());
    if (!canary) {
      Stage stage = skipped_export(target, canary.error().message);
      stage.status = StageStatus::fail;
      stage.hint = canary.error().hint;
      report.stages.push_back(std::move(stage));
      keep_first(canary.error(), false, report);
      return;
    }
    ExportStage sent = run_export(target, m_way, *canary, m_deadline, m_tools.clock);
    keep_first(sent.error, sent.may_heal, report);
    report.stages.push_back(std::move(sent.stage));
  }

 private:
  const ProbeOptions& m_options;
  const net::Deadline& m_deadline;
  const ProbeTools& m_tools;
  Reach m_way;
};

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

bool ProbeReport::has_warnings() const {
  return std::any_of(stages.begin(), stages.end(),
                     [](const Stage& stage) { return stage.status == StageStatus::warn; });
}

ProbeReport run_probe(const std::vector<OtlpSettings>& targets, const ProbeOptions& options,
                      const ProbeTools& tools) {
  ProbeReport report = begin_report(targets);
  const net::Deadline deadline(options.timeout);
  std::vector<bool> done(targets.size(), false);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (done[i]) {
      continue;
    }
    Branch branch(options, deadline, tools);
    branch.walk(targets[i], report);
    for (std::size_t j = i; j < targets.size(); ++j) {
      if (!done[j] && share_way(targets[i], targets[j])) {
        done[j] = true;
        branch.export_to(targets[j], report);
      }
    }
  }
  return report;
}

ProbeReport wait_until_ready(const std::vector<OtlpSettings>& targets, const ProbeOptions& options,
                             const Patience& patience, const ProbeTools& tools) {
  const nanoseconds start = tools.clock.monotonic();
  const nanoseconds end = start + patience.time;
  std::string told;
  for (std::int64_t attempt = 1;; ++attempt) {
    ProbeOptions walk = options;
    if (patience.time > nanoseconds::zero()) {
      walk.timeout =
          std::min(options.timeout, std::max(end - tools.clock.monotonic(), k_least_walk));
    }
    ProbeReport report = run_probe(targets, walk, tools);
    report.attempts = attempt;
    report.waited = tools.clock.monotonic() - start;
    const nanoseconds left = end - tools.clock.monotonic();
    if (report.ok() || !report.may_heal || left <= nanoseconds::zero()) {
      return report;
    }
    if (report.error->message != told) {
      told = report.error->message;
      patience.tell(*report.error);
    }
    if (!patience.pause(std::min(k_wait_step, left))) {
      return report;
    }
  }
}

}  // namespace otelctl::probe
