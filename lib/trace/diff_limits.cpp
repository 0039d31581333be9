// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/diff_limits.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl::trace {
namespace {

constexpr std::string_view k_slower = "slower=";

Result<double> parse_percent(std::string_view text) {
  double percent = 0;
  const std::string_view digits = text.ends_with('%') ? text.substr(0, text.size() - 1) : text;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), percent);
  const bool is_number = error == std::errc{} && end == digits.data() + digits.size();
  if (!is_number || !std::isfinite(percent) || percent < 0) {
    return fail(ErrorKind::usage, fmt::format("'{}' is no percentage", escape_for_terminal(text)),
                "write slower=20%");
  }
  return percent;
}

// "1 span was added" of the places that only one side has.
std::optional<DiffBreach> breach_of(std::string_view limit, const std::vector<DiffSpan>& spans,
                                    std::string_view verb) {
  std::size_t count = 0;
  for (const DiffSpan& span : spans) {
    count += span.spans;
  }
  if (count == 0) {
    return std::nullopt;
  }
  return DiffBreach{std::string(limit),
                    fmt::format("{} {} {}: {}", counted(count, "span"), count == 1 ? "was" : "were",
                                verb, spans.front().path),
                    count};
}

std::optional<DiffBreach> breach_of_errors(const TraceDiff& diff) {
  std::size_t count = 0;
  std::string first;
  for (const DiffChange& change : diff.changed) {
    if (change.has_new_errors) {
      first = count++ == 0 ? change.path : first;
    }
  }
  for (const DiffSpan& span : diff.added) {
    if (span.errors > 0) {
      first = count++ == 0 ? span.path : first;
    }
  }
  if (count == 0) {
    return std::nullopt;
  }
  return DiffBreach{"error", fmt::format("errors are new at {}: {}", counted(count, "span"), first),
                    count};
}

std::optional<DiffBreach> breach_of_time(const TraceDiff& diff, double percent) {
  const DiffChange* most = nullptr;
  std::size_t count = 0;
  for (const DiffChange& change : diff.changed) {
    if (change.is_time_sure && change.change_percent > percent) {
      ++count;
      if (most == nullptr || change.difference() > most->difference()) {
        most = &change;
      }
    }
  }
  if (most == nullptr) {
    return std::nullopt;
  }
  return DiffBreach{fmt::format("slower={}%", percent),
                    fmt::format("{} {} slower by more than {}%, most of all {} (+{:.0f}%)",
                                counted(count, "span"), count == 1 ? "is" : "are", percent,
                                most->path, most->change_percent),
                    count};
}

Error unknown_limit(std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  const std::string near = name == "slower"
                               ? std::string{}
                               : did_you_mean(name, {"added", "removed", "error", "slower"});
  return {ErrorKind::usage, fmt::format("'{}' is nothing to fail on", escape_for_terminal(word)),
          near.empty()
              ? "allowed are added, removed, error and slower=PERCENT, with commas between them"
              : near};
}

}  // namespace

Result<DiffLimits> parse_diff_limits(std::string_view text) {
  DiffLimits limits;
  for (const std::string_view part : split(text, ',')) {
    const std::string_view word = trim(part);
    if (word == "added") {
      limits.added = true;
    } else if (word == "removed") {
      limits.removed = true;
    } else if (word == "error") {
      limits.error = true;
    } else if (word.starts_with(k_slower)) {
      const auto percent = parse_percent(word.substr(k_slower.size()));
      if (!percent) {
        return fail(percent.error());
      }
      limits.slower = *percent;
    } else {
      return fail(unknown_limit(word));
    }
  }
  return limits;
}

std::vector<DiffBreach> breaches(const TraceDiff& diff, const DiffLimits& limits) {
  std::vector<DiffBreach> found;
  const auto add = [&](bool is_asked, std::optional<DiffBreach> breach) {
    if (is_asked && breach) {
      found.push_back(std::move(*breach));
    }
  };
  add(limits.added, breach_of("added", diff.added, "added"));
  add(limits.removed, breach_of("removed", diff.removed, "removed"));
  add(limits.error, breach_of_errors(diff));
  if (limits.slower) {
    add(true, breach_of_time(diff, *limits.slower));
  }
  return found;
}

}  // namespace otelctl::trace
