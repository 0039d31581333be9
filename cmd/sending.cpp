// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/sending.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"
#include "cmd/context.hpp"
#include "otlp/resource.hpp"
#include "report/ledger.hpp"

namespace otelctl {
namespace {

std::string_view command_of(Signal signal) {
  switch (signal) {
    case Signal::traces:
      return "send-spans";
    case Signal::metrics:
      return "send-metrics";
    case Signal::logs:
      return "send-logs";
  }
  return "send-spans";
}

// Fit to be shown: a query may hold a key.
std::string endpoint_of(const settings::OtlpSettings& target) {
  return escape_for_terminal(redact_url(target.endpoint.to_string()));
}

std::string target_of(const settings::OtlpSettings& target) {
  return fmt::format("{} ({})", endpoint_of(target), settings::name_of(target.protocol));
}

// 7 of 1000 are 0.7 %, although 0.7 / 100 comes out below 7 / 1000.
constexpr double k_rounding = 1 + 1e-12;

bool keeps_loss(const synth::Ledger& ledger, const Thresholds& thresholds) {
  return !thresholds.max_loss || ledger.loss() <= *thresholds.max_loss * k_rounding;
}

bool keeps_p99(const synth::Ledger& ledger, const Thresholds& thresholds) {
  return !thresholds.max_p99 || ledger.latency().percentile(99) <= *thresholds.max_p99;
}

std::string percent_text(double share) {
  return fmt::format("{:.3g}%", share * 100);
}

// "p99 12ms is over --max-p99 10ms", "lost 0.5% (5 of 1000), within --max-loss 1%".
std::vector<std::string> threshold_texts(const synth::Ledger& ledger, const Thresholds& thresholds,
                                         bool kept) {
  const std::string_view relation = kept ? "within" : "over";
  std::vector<std::string> texts;
  if (thresholds.max_loss && keeps_loss(ledger, thresholds) == kept) {
    texts.push_back(fmt::format("lost {} ({} of {}), {} --max-loss {}", percent_text(ledger.loss()),
                                ledger.rejected() + ledger.failed(), ledger.generated(), relation,
                                percent_text(*thresholds.max_loss)));
  }
  if (thresholds.max_p99 && keeps_p99(ledger, thresholds) == kept) {
    texts.push_back(fmt::format("p99 {}, {} --max-p99 {}",
                                format_duration(ledger.latency().percentile(99)), relation,
                                format_duration_exact(*thresholds.max_p99)));
  }
  return texts;
}

// Says on stderr what decides, with its figures.
Exit judge(const synth::Ledger& ledger, const settings::OtlpSettings& target,
           const Thresholds& thresholds, Context& context) {
  const std::string_view command = command_of(ledger.signal());
  const auto verdict = thresholds.max_loss ? std::nullopt : ledger.verdict();
  if (verdict) {
    synth::LedgerError worst = ledger.errors().front();
    if (worst.kind == "rejected") {
      // The server's own words, which need not say what they are about.
      worst.message = "rejected: " + worst.message;
    }
    context.print_error(Error{ErrorKind::failed, worst.message, worst.hint}
                            .within(endpoint_of(target))
                            .within(command));
  }
  if (const auto broken = threshold_texts(ledger, thresholds, false); !broken.empty()) {
    context.print_error(Error{ErrorKind::failed, join(broken, "; ")}.within(command));
    return verdict ? exit_of(*verdict) : Exit::failed;
  }
  if (const auto kept = threshold_texts(ledger, thresholds, true);
      !kept.empty() && !context.global().is_quiet) {
    context.err() << "otelctl: " << command << ": " << join(kept, "; ") << '\n';
  }
  return verdict ? exit_of(*verdict) : Exit::ok;
}

}  // namespace

Result<settings::OtlpSettings> resolve_target(const settings::OtlpFlags& flags, Signal signal,
                                              Context& context) {
  auto target = settings::resolve_otlp(flags, context.environment(), signal);
  if (target) {
    for (const std::string& note : target->notes) {
      context.note(note);
    }
  }
  return target;
}

Result<std::vector<otlp::Attribute>> read_attributes(const std::vector<std::string>& texts) {
  std::vector<otlp::Attribute> attributes;
  for (const std::string& text : texts) {
    auto attribute = otlp::parse_attribute(text);
    if (!attribute) {
      return fail(std::move(attribute).error().within("--attribute"));
    }
    otlp::set_attribute(attributes, std::move(*attribute));
  }
  return attributes;
}

Result<synth::Overrides> read_overrides(const std::vector<std::string>& attributes,
                                        const settings::OtlpFlags& flags,
                                        const settings::OtlpSettings& target,
                                        const synth::Scenario& scenario, Context& context) {
  synth::Overrides overrides;
  auto read = read_attributes(attributes);
  if (!read) {
    return fail(std::move(read).error());
  }
  overrides.attributes = std::move(*read);
  if (scenario.services.size() == 1 || flags.service) {
    overrides.service =
        target.service_name.empty() ? std::nullopt : std::optional(target.service_name);
  } else if (!target.service_name.empty()) {
    context.note(fmt::format("the service name '{}' is ignored: {} has {} services",
                             target.service_name, scenario.name, scenario.services.size()));
  }
  auto resource = otlp::given_resource(target);
  if (!resource) {
    return fail(std::move(resource).error());
  }
  overrides.resource = std::move(*resource);
  return overrides;
}

Result<Time> read_record_time(std::string_view option, const std::string& text, Context& context) {
  auto time = parse_time(text, context.clock().now());
  if (time && *time < Time{}) {
    time = fail(ErrorKind::usage, fmt::format("{} is before 1970", text),
                "OTLP counts from 1970-01-01T00:00:00Z");
  }
  if (!time) {
    return fail(std::move(time).error().within(option));
  }
  return time;
}

void RetryNote::look_at(const otlp::ExportOutcome& outcome) {
  if (outcome.error && outcome.retryable && !m_has_told.exchange(true)) {
    m_note(fmt::format("{}; trying again for up to {}", outcome.error->message,
                       format_duration(m_timeout)));
  }
}

Result<Exit> report_ledger(const synth::Ledger& ledger, const settings::OtlpSettings& target,
                           const OutputOptions& output, Context& context,
                           const Thresholds& thresholds) {
  auto written = context.write_result(output, [&](std::ostream& out) {
    if (output.is_json()) {
      report::write_ledger_json(out, ledger);
    } else {
      report::write_ledger_text(out, ledger, "to " + target_of(target),
                                context.out_terminal(output));
    }
  });
  if (!written) {
    return fail(std::move(written).error());
  }
  const Exit exit = judge(ledger, target, thresholds, context);
  if (exit == Exit::ok && !output.is_json() && !ledger.trace_ids().empty() &&
      !context.global().is_quiet && context.err_terminal().is_terminal) {
    context.err() << "look at it: otelctl show-trace " << to_hex(ledger.trace_ids().front())
                  << '\n';
  }
  if (const auto signal = context.signals().received()) {
    return exit_of_signal(*signal);
  }
  return exit;
}

Result<void> check_utf8(std::string_view option, std::string_view text) {
  if (is_valid_utf8(text)) {
    return {};
  }
  return fail(Error{ErrorKind::usage, "the text is not UTF-8",
                    "convert it, as iconv -t UTF-8 does: OTLP carries nothing else"}
                  .within(option));
}

}  // namespace otelctl
