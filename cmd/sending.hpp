// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/command.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "otlp/attribute.hpp"
#include "otlp/exporter.hpp"
#include "settings/otlp_settings.hpp"
#include "synth/ledger.hpp"

// What the commands that send have in common: send-spans, send-metrics and send-logs.
namespace otelctl {

class Context;

// Where a signal goes. What a person should know about it is noted on stderr.
Result<settings::OtlpSettings> resolve_target(const settings::OtlpFlags& flags, Signal signal,
                                              Context& context);

// The values of --attribute; of several with one key the last counts. Error kind: usage.
Result<std::vector<otlp::Attribute>> read_attributes(const std::vector<std::string>& texts);

// The value of an option that sets a record's time. Error kind: usage, also for times before 1970,
// where OTLP's begin.
Result<Time> read_record_time(std::string_view option, const std::string& text, Context& context);

// An exporter that names the cause when its first attempt has failed, and tells a person at a
// terminal that others follow. Its libraries start threads, so signals are to be watched before.
// `context` must outlive it.
Result<std::unique_ptr<otlp::Exporter>> make_telling_exporter(const settings::OtlpSettings& target,
                                                              Context& context);

// Prints the account as text or JSON, and on stderr what went wrong most. The status is 0 when all
// was accepted, else that of Ledger::verdict(); a signal that came has its own.
Result<Exit> report_ledger(const synth::Ledger& ledger, const settings::OtlpSettings& target,
                           const OutputOptions& output, Context& context);

// The options of a command that sends one record.
struct RecordOptions {
  std::vector<std::string> attributes = {};
  std::optional<std::string> time = std::nullopt;
  bool is_dry_run = false;
  settings::OtlpFlags connection = {};
  OutputOptions output = {};
};

// `record` is what help calls it: "data point", "log record".
void declare_record(Options& options, RecordOptions& record_options, std::string_view record);

// When the record says that it was made: --time, else now.
Result<Time> record_time(const RecordOptions& options, Context& context);

// An encoded request with one record: sends it, with retries, and reports its ledger; as a dry run
// it writes it as a line of OTLP JSON.
Result<Exit> send_record(std::string_view payload, const settings::OtlpSettings& target,
                         const RecordOptions& options, Context& context);

// Nothing when the text can be sent as it is. Error kind: usage.
Result<void> check_utf8(std::string_view option, std::string_view text);

}  // namespace otelctl
