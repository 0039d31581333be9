// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmd/command.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "otlp/attribute.hpp"
#include "otlp/exporter.hpp"
#include "settings/otlp_settings.hpp"
#include "synth/ledger.hpp"
#include "synth/overrides.hpp"
#include "synth/scenario.hpp"

// What the commands that send have in common: send-spans, send-metrics and send-logs.
namespace otelctl {

class Context;

// Where a signal goes. What a person should know about it is noted on stderr.
Result<settings::OtlpSettings> resolve_target(const settings::OtlpFlags& flags, Signal signal,
                                              Context& context);

// The values of --attribute; of several with one key the last counts. Error kind: usage.
Result<std::vector<otlp::Attribute>> read_attributes(const std::vector<std::string>& texts);

// What the options, --attribute and those of the connection, change in a scenario. That a service
// name from the environment names none of several services is noted on stderr. Error kind: usage.
Result<synth::Overrides> read_overrides(const std::vector<std::string>& attributes,
                                        const settings::OtlpFlags& flags,
                                        const settings::OtlpSettings& target,
                                        const synth::Scenario& scenario, Context& context);

// The value of an option that sets a record's time. Error kind: usage, also for times before 1970,
// where OTLP's begin.
Result<Time> read_record_time(std::string_view option, const std::string& text, Context& context);

// Tells a person once, when an attempt has failed and is to be repeated, that others follow. May be
// used from many threads.
class RetryNote {
 public:
  // `note` shows a text.
  RetryNote(nanoseconds timeout, std::function<void(const std::string&)> note)
      : m_timeout(timeout), m_note(std::move(note)) {}
  void look_at(const otlp::ExportOutcome& outcome);

 private:
  nanoseconds m_timeout;
  std::function<void(const std::string&)> m_note;
  std::atomic<bool> m_has_told{false};
};

// What a run must keep to. A share of loss, from 0 to 1, that is given decides in place of "all
// accepted"; a latency is one more condition.
struct Thresholds {
  std::optional<double> max_loss = std::nullopt;
  std::optional<nanoseconds> max_p99 = std::nullopt;
};

// Prints the account as text or JSON, and on stderr what went wrong most, or how the run stands to
// its thresholds. The status is 0 when all was accepted or the thresholds are kept, 1 when they are
// not, else that of Ledger::verdict(); a signal that came has its own.
Result<Exit> report_ledger(const synth::Ledger& ledger, const settings::OtlpSettings& target,
                           const OutputOptions& output, Context& context,
                           const Thresholds& thresholds = {});

// Nothing when the text can be sent as it is. Error kind: usage.
Result<void> check_utf8(std::string_view option, std::string_view text);

}  // namespace otelctl
