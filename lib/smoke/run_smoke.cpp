// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/run_smoke.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "net/deadline.hpp"
#include "probe/export_stage.hpp"
#include "probe/reach.hpp"
#include "probe/run_probe.hpp"
#include "smoke/canary.hpp"
#include "smoke/look.hpp"
#include "smoke/whereabouts.hpp"

namespace otelctl::smoke {
namespace {

using probe::Stage;
using probe::StageStatus;

constexpr std::size_t k_most_details = 10;
// What follows on the stages that lib/probe walks.
constexpr std::array<std::string_view, 4> k_last_stages = {"backend", "export", "verify",
                                                           "compare"};

probe::ProbeReport begin(const settings::OtlpSettings* settings) {
  probe::ProbeReport report =
      settings == nullptr ? probe::ProbeReport{} : probe::begin_report({*settings});
  report.command = "smoke";
  report.signal = "traces";
  return report;
}

std::string name_of_backend(const query::BackendInfo& info) {
  return escape_for_terminal(fmt::format("{} ({}{})", info.url, info.kind,
                                         info.dialect.empty() ? "" : " " + info.dialect));
}

std::vector<std::string> lines_of(const std::vector<Difference>& differences) {
  const auto shown = [](const std::string& value) {
    return value.empty() ? std::string("nothing") : escape_for_terminal(value);
  };
  std::vector<std::string> lines;
  for (const Difference& difference : differences) {
    if (lines.size() == k_most_details) {
      lines.push_back(fmt::format("and {} more", differences.size() - k_most_details));
      break;
    }
    lines.push_back(fmt::format("{}: sent {}, got {}", escape_for_terminal(difference.path),
                                shown(difference.sent), shown(difference.got)));
  }
  return lines;
}

// What comes after a failure.
void skip_rest(probe::ProbeReport& report) {
  for (const std::string_view name : k_last_stages) {
    const bool is_there = std::any_of(report.stages.begin(), report.stages.end(),
                                      [&](const Stage& stage) { return stage.name == name; });
    if (!is_there) {
      report.stages.push_back({.name = std::string(name), .status = StageStatus::skip});
    }
  }
}

class Road {
 public:
  Road(const settings::OtlpSettings& settings, query::Backend& backend, nanoseconds within,
       const SmokeTools& tools)
      : m_settings(settings), m_backend(backend), m_within(within), m_tools(tools) {}

  Result<SmokeReport> walk(ConfigurationCheck check) {
    m_report.probe = begin(&m_settings);
    auto& stages = m_report.probe.stages;
    stages.insert(stages.begin(), std::move(check.stage));
    const net::Deadline deadline(m_settings.timeout);
    if (!reach_receiver(deadline)) {
      return finish();
    }
    // What the backend takes for its answers is not the receiver's time.
    const nanoseconds left = deadline.left();
    auto canary = make_canary(m_settings, m_tools.random, m_tools.clock.now());
    if (!canary) {
      return fail(std::move(canary).error());
    }
    const bool is_sent =
        goes_on() && ask_before(*canary) && goes_on() && send(*canary, net::Deadline(left));
    if (!is_sent) {
      return m_is_interrupted ? interrupted() : finish();
    }
    auto sighting = look(*canary);
    if (!sighting) {
      return fail(std::move(sighting).error());
    }
    if (sighting->is_whole) {
      compare_with(*canary, *sighting->trace);
    }
    return finish();
  }

 private:
  static Result<SmokeReport> interrupted() {
    return fail(ErrorKind::interrupted, "interrupted before the canary was taken");
  }

  // Between two steps, which block.
  bool goes_on() { return pause(nanoseconds::zero()); }

  bool pause(nanoseconds time) {
    m_is_interrupted |= !m_tools.pause(time);
    return !m_is_interrupted;
  }

  bool reach_receiver(const net::Deadline& deadline) {
    m_way = probe::reach(m_settings, deadline, m_tools.clock);
    std::move(m_way.stages.begin(), m_way.stages.end(), std::back_inserter(m_report.probe.stages));
    m_report.probe.error = m_way.error;
    m_report.probe.may_heal = m_way.may_heal;
    return !m_way.error;
  }

  // The negative control. Its answer proves that the backend can be read at all.
  bool ask_before(const Canary& canary) {
    Stage stage;
    stage.name = "backend";
    const nanoseconds start = m_tools.clock.monotonic();
    auto info = m_backend.probe();
    std::optional<Error> error;
    if (!info) {
      error = std::move(info).error();
    } else {
      m_report.backend = std::move(*info);
      const auto found = m_backend.trace(canary.trace.id);
      if (found) {
        error = Error{ErrorKind::not_understood,
                      "it has the canary's trace although nothing was sent yet",
                      "what answers there is no query API, or answers every question alike: "
                      "correct --backend"};
      } else if (found.error().kind != ErrorKind::not_seen) {
        error = found.error();
      }
    }
    stage.duration = m_tools.clock.monotonic() - start;
    stage.facts = {{"kind", m_report.backend.kind},
                   {"dialect", m_report.backend.dialect},
                   {"url", m_report.backend.url}};
    stage.message = name_of_backend(m_report.backend) + " can be read; the canary is not there yet";
    return close(std::move(stage), blame_backend(std::move(error)));
  }

  static std::optional<Error> blame_backend(std::optional<Error> error) {
    if (error) {
      error = std::move(*error).within("the backend, not the collector");
    }
    return error;
  }

  bool send(const Canary& canary, const net::Deadline& deadline) {
    const otlp::RetryTools retries{m_tools.clock, m_tools.random,
                                   [this](nanoseconds time) { return pause(time); }};
    const std::uint64_t spans = canary.trace.spans.size();
    m_report.ledger.open(spans);
    m_report.ledger.add_trace(canary.trace.id);
    m_start = m_tools.clock.monotonic();
    probe::ExportStage sent = probe::run_export(m_settings, m_way, canary.request, deadline,
                                                m_tools.clock, {false, &retries});
    const nanoseconds took = m_tools.clock.monotonic() - m_start;
    if (sent.canary) {
      m_report.ledger.settle(spans, canary.request.payload.size(), *sent.canary, took);
    } else {
      m_report.ledger.settle(spans, canary.request.payload.size(),
                             otlp::ExportOutcome{.error = sent.error}, took);
    }
    m_report.ledger.set_elapsed(took);
    m_report.round_trip.accepted = sent.error ? nanoseconds::zero() : took;
    m_report.probe.error = sent.error;
    m_report.probe.may_heal = sent.may_heal;
    m_report.probe.stages.push_back(std::move(sent.stage));
    return !m_report.probe.error;
  }

  Result<Sighting> look(const Canary& canary) {
    Stage stage;
    stage.name = "verify";
    const nanoseconds start = m_tools.clock.monotonic();
    auto sighting =
        look_for(m_backend, canary.trace, {m_within, m_tools.clock, m_tools.random, m_tools.pause});
    const nanoseconds now = m_tools.clock.monotonic();
    stage.duration = now - start;
    const std::string id = to_hex(canary.trace.id);
    stage.facts = {{"trace_id", id}, {"page", m_backend.page_of(canary.trace.id)}};
    if (!sighting) {
      if (sighting.error().kind == ErrorKind::interrupted) {
        return sighting;
      }
      close(std::move(stage), blame_backend(std::move(sighting).error()));
      return Sighting{};
    }
    RoundTrip& trip = m_report.round_trip;
    trip.attempts = sighting->attempts;
    stage.facts.push_back({"attempts", trip.attempts});
    if (sighting->is_whole) {
      trip.visible = now - m_start;
      stage.message = fmt::format("all {} of trace {} are there",
                                  counted(canary.trace.spans.size(), "span"), id);
      close(std::move(stage), std::nullopt);
      return sighting;
    }
    if (sighting->trace) {
      note_missing(canary, *sighting->trace);
      stage.details = lines_of(m_report.differences);
    }
    close(std::move(stage),
          explain_absence(m_settings, m_backend, m_report.backend, canary.trace, *sighting));
    return sighting;
  }

  // Of what came only in part, the spans that did not.
  void note_missing(const Canary& canary, const trace::Trace& got) {
    for (Difference& each : compare(canary.trace, got, {}).differences) {
      if (each.is_whole_span) {
        m_report.differences.push_back(std::move(each));
      }
    }
  }

  void compare_with(const Canary& canary, const trace::Trace& got) {
    Stage stage;
    stage.name = "compare";
    Comparison comparison = compare(canary.trace, got, fidelity_of(m_report.backend));
    stage.facts.push_back(
        {"differences", static_cast<std::int64_t>(comparison.differences.size())});
    stage.facts.push_back({"notes", comparison.notes});
    stage.facts.push_back({"not_kept", comparison.warnings});
    for (const std::string& note : comparison.notes) {
      stage.details.push_back("note: " + escape_for_terminal(note));
    }
    m_report.differences = std::move(comparison.differences);
    stage.message = "every field is as it was sent";
    if (!comparison.warnings.empty()) {
      stage.status = StageStatus::warn;
      stage.message = "this backend's storage does not keep " + join(comparison.warnings, ", ");
      stage.hint =
          "Elasticsearch, Cassandra and Badger behind Jaeger lose that; if yours does not, look "
          "for what stands between";
    }
    std::optional<Error> error;
    if (!m_report.differences.empty()) {
      error = Error{ErrorKind::failed,
                    fmt::format("the canary came back with {}",
                                counted(m_report.differences.size(), "difference")),
                    "look for processors on the way that change spans (attributes, transform, "
                    "redaction, resource) and for limits on the length of values"};
      const auto lines = lines_of(m_report.differences);
      stage.details.insert(stage.details.begin(), lines.begin(), lines.end());
      m_report.probe.failure = "different";
    }
    close(std::move(stage), std::move(error));
  }

  // Whether the road goes on.
  bool close(Stage stage, std::optional<Error> error) {
    if (error) {
      stage.status = StageStatus::fail;
      stage.message = error->message;
      stage.hint = error->hint;
      m_report.probe.error = std::move(error);
    }
    m_report.probe.stages.push_back(std::move(stage));
    return !m_report.probe.error;
  }

  SmokeReport finish() {
    skip_rest(m_report.probe);
    const RoundTrip& trip = m_report.round_trip;
    m_report.probe.verdict =
        fmt::format("the canary is in {} as it was sent: accepted after {}, visible after {} ({})",
                    escape_for_terminal(m_report.backend.url), format_duration(trip.accepted),
                    format_duration(trip.visible),
                    counted(static_cast<std::size_t>(trip.attempts), "question"));
    return std::move(m_report);
  }

  const settings::OtlpSettings& m_settings;
  query::Backend& m_backend;
  nanoseconds m_within;
  const SmokeTools& m_tools;
  probe::Reach m_way;
  nanoseconds m_start{};
  bool m_is_interrupted = false;
  SmokeReport m_report;
};

}  // namespace

SmokeReport end_at_configuration(ConfigurationCheck check, const settings::OtlpSettings* settings) {
  SmokeReport report;
  report.probe = begin(settings);
  report.probe.stages.insert(report.probe.stages.begin(), std::move(check.stage));
  report.probe.error = std::move(check.error);
  report.probe.failure = "not valid";
  skip_rest(report.probe);
  return report;
}

Result<SmokeReport> run_smoke(const settings::OtlpSettings& settings, query::Backend& backend,
                              ConfigurationCheck check, nanoseconds within,
                              const SmokeTools& tools) {
  return Road(settings, backend, within, tools).walk(std::move(check));
}

}  // namespace otelctl::smoke
