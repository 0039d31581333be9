// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/progress.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "report/ledger.hpp"

namespace otelctl::report {
namespace {

// Three significant digits: "999", "12.3k", "4.56M".
std::string short_number(double number) {
  for (const std::string_view unit : {"", "k", "M", "G"}) {
    if (number < 999.5 || unit == "G") {
      const int digits = unit.empty() || number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
      return fmt::format("{:.{}f}{}", number, digits, unit);
    }
    number /= 1000;
  }
  return {};
}

std::string short_number(std::uint64_t number) {
  return short_number(static_cast<double>(number));
}

double rate_between(const synth::SendProgress& before, const synth::SendProgress& now) {
  const auto time = static_cast<double>((now.elapsed - before.elapsed).count());
  return time <= 0 ? 0 : static_cast<double>(now.generated - before.generated) * 1e9 / time;
}

}  // namespace

std::string progress_line(const synth::SendProgress& now, const synth::SendProgress& before,
                          Signal signal, std::size_t width) {
  // Whole seconds, so that the line does not flicker.
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now.elapsed);
  const std::vector<std::string> parts{
      format_duration_exact(seconds),
      fmt::format("  {} {}s/s", short_number(rate_between(before, now)), noun_of(signal)),
      fmt::format("  {} accepted", short_number(now.accepted)),
      fmt::format(", {} rejected", short_number(now.rejected)),
      fmt::format(", {} failed", short_number(now.failed)),
      fmt::format(", {} in flight", short_number(now.in_flight)),
      fmt::format("  p50 {}", format_duration(now.p50)),
      fmt::format(", p99 {}", format_duration(now.p99))};
  std::string line;
  for (const std::string& part : parts) {
    if (line.size() + part.size() > width) {
      break;
    }
    line += part;
  }
  return line;
}

}  // namespace otelctl::report
