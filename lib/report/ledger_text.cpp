// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/ledger.hpp"
#include "terminal/style.hpp"

namespace otelctl::report {
namespace {

using terminal::Style;

// Less than this behind the schedule is the operating system's own jitter.
constexpr nanoseconds k_notable_delay = std::chrono::milliseconds(20);

std::string what_was_sent(const synth::Ledger& ledger) {
  const std::string records = counted(ledger.generated(), noun_of(ledger.signal()));
  return ledger.traces() == 0 ? records : counted(ledger.traces(), "trace") + ", " + records;
}

std::string fate_of(const synth::Ledger& ledger, const Style& style) {
  if (ledger.generated() == 0) {
    return "nothing was due";
  }
  if (ledger.accepted() == ledger.generated()) {
    return style.green("all accepted");
  }
  std::vector<std::string> parts{fmt::format("{} accepted", ledger.accepted())};
  if (ledger.rejected() > 0) {
    parts.push_back(style.red(fmt::format("{} rejected", ledger.rejected())));
  }
  if (ledger.failed() > 0) {
    parts.push_back(style.red(fmt::format("{} failed", ledger.failed())));
  }
  return join(parts, ", ");
}

std::string rate_text(double rate) {
  return rate < 10.0 ? fmt::format("{:.2f}", rate) : fmt::format("{:.0f}", rate);
}

void write_figures(std::ostream& out, const synth::Ledger& ledger, const Style& style) {
  const synth::Histogram& latency = ledger.latency();
  std::string requests = counted(ledger.requests(), "request");
  if (ledger.retries() > 0) {
    requests +=
        fmt::format(" and {}", ledger.retries() == 1 ? std::string("1 retry")
                                                     : fmt::format("{} retries", ledger.retries()));
  }
  std::string line = fmt::format("{}, {} in {}", requests, format_size(ledger.bytes()),
                                 format_duration(ledger.elapsed()));
  // Of one request there is neither a rate nor a distribution.
  if (ledger.requests() > 1) {
    line += fmt::format(" ({} {}s/s); latency p50 {}, p90 {}, p99 {}, max {}",
                        rate_text(ledger.rate_per_second()), noun_of(ledger.signal()),
                        format_duration(latency.percentile(50)),
                        format_duration(latency.percentile(90)),
                        format_duration(latency.percentile(99)), format_duration(latency.max()));
  }
  out << style.dim(line) << '\n';
  if (ledger.behind() >= k_notable_delay) {
    out << style.yellow(fmt::format(
               "up to {} behind schedule{}", format_duration(ledger.behind()),
               ledger.is_cut_short() ? "; cut off before all that was due had begun" : ""))
        << '\n';
  }
}

}  // namespace

void write_ledger_text(std::ostream& out, const synth::Ledger& ledger, std::string_view place,
                       const terminal::Terminal& terminal) {
  const Style style(terminal.colour);
  out << what_was_sent(ledger) << ' ' << escape_for_terminal(place) << ": "
      << fate_of(ledger, style) << '\n';
  if (ledger.generated() == 0) {
    return;
  }
  write_figures(out, ledger, style);
  for (const synth::LedgerError& error : ledger.errors()) {
    out << style.red(escape_for_terminal(error.kind)) << ": " << escape_for_terminal(error.message)
        << " (" << counted(error.count, noun_of(ledger.signal())) << ")\n";
  }
  for (const synth::LedgerWarning& warning : ledger.warnings()) {
    out << style.yellow("warning") << ": " << escape_for_terminal(warning.message) << " ("
        << counted(warning.count, "request") << ")\n";
  }
  if (ledger.accepted() == 0) {
    return;
  }
  for (const TraceId& id : ledger.trace_ids()) {
    out << "trace " << style.bold(to_hex(id)) << '\n';
  }
  if (ledger.traces() > ledger.trace_ids().size()) {
    out << fmt::format("and {} more\n", ledger.traces() - ledger.trace_ids().size());
  }
}

}  // namespace otelctl::report
