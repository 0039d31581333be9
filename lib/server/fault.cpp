// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/fault.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl::server {
namespace {

using Kind = Fault::Kind;

constexpr std::string_view k_forms =
    "the faults are 429[:retry-after=SECONDS], unavailable, partial=K, slow=DURATION, reset, each "
    "with @P% or without, and drop-connection-every=N";
// Percentages have six decimals at most, so a share is a whole number of these.
constexpr std::size_t k_decimals = 6;
constexpr std::uint64_t k_hundred_percent = 100'000'000;
constexpr nanoseconds k_default_retry_after = std::chrono::seconds(1);
// Longer waits are no test, and sums of times could overflow.
constexpr nanoseconds k_longest = std::chrono::hours(24);

tl::unexpected<Error> bad(std::string message, std::string hint = std::string(k_forms)) {
  return fail(ErrorKind::usage, std::move(message), std::move(hint));
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<std::uint64_t> parse_number(std::string_view text, std::string_view example) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!is_digits(text) || error != std::errc{}) {
    return bad(fmt::format("'{}' is not a whole number", text), fmt::format("write {}", example));
  }
  if (number == 0) {
    return bad("0 would be no fault at all", fmt::format("the least is 1, as in {}", example));
  }
  return number;
}

Result<nanoseconds> parse_time_span(std::string_view text) {
  auto time = parse_duration(text);
  if (time && *time > k_longest) {
    return bad(fmt::format("'{}' is too long", text), "the longest is a day: 1d");
  }
  return time;
}

// Seconds as in the header Retry-After, or a duration with its unit.
Result<nanoseconds> parse_retry_after(std::string_view text) {
  return parse_time_span(is_digits(text) ? std::string(text) + "s" : std::string(text));
}

// "10%", "0.1%": in parts of k_hundred_percent.
Result<std::uint64_t> parse_share(std::string_view text) {
  const auto refuse = [&](std::string_view what) {
    return bad(fmt::format("'@{}' {}", text, what),
               "a share is above 0% and at most 100%, with 6 decimals at most: @10%, @0.1%");
  };
  if (!text.ends_with('%')) {
    return refuse("has no %");
  }
  const std::string_view number = text.substr(0, text.size() - 1);
  const std::size_t point = std::min(number.find('.'), number.size());
  const std::string_view whole = number.substr(0, point);
  const std::string_view decimals = number.substr(std::min(point + 1, number.size()));
  if (!is_digits(whole) || (point < number.size() && !is_digits(decimals))) {
    return refuse("is not a percentage");
  }
  if (decimals.size() > k_decimals) {
    return refuse("is finer than can be kept");
  }
  std::string digits(whole);
  digits += decimals;
  digits.append(k_decimals - decimals.size(), '0');
  std::uint64_t share = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), share);
  if (error != std::errc{} || share > k_hundred_percent) {
    return refuse("is more than all requests");
  }
  return share == 0 ? refuse("is no request at all") : Result<std::uint64_t>(share);
}

// A part taken to pieces: NAME[:KEY=VALUE][=VALUE][@SHARE].
struct Part {
  std::string_view name;
  std::optional<std::string_view> parameter;
  std::optional<std::string_view> value;
  std::optional<std::string_view> share;
};

std::optional<std::string_view> cut_at(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view rest = trim(text.substr(at + 1));
  text = trim(text.substr(0, at));
  return rest;
}

Part take_apart(std::string_view text) {
  Part part;
  part.share = cut_at(text, '@');
  part.parameter = cut_at(text, ':');
  part.value = cut_at(text, '=');
  part.name = text;
  return part;
}

Result<void> read_retry_after(const Part& part, Fault& fault) {
  fault.retry_after = k_default_retry_after;
  if (!part.parameter) {
    return {};
  }
  std::string_view name = *part.parameter;
  const auto value = cut_at(name, '=');
  if (name != "retry-after" || !value) {
    return bad(fmt::format("429 has no parameter '{}'", *part.parameter),
               "write 429:retry-after=2 for two seconds");
  }
  auto time = parse_retry_after(*value);
  if (!time) {
    return fail(std::move(time).error());
  }
  fault.retry_after = *time;
  return {};
}

struct KnownFault {
  std::string_view name;
  Kind kind;
  std::string_view example;  // of its value; "" when it has none
};
constexpr std::string_view k_slow = "slow";
constexpr std::array<KnownFault, 6> k_known{{
    {"429", Kind::too_many, ""},
    {"unavailable", Kind::unavailable, ""},
    {"partial", Kind::partial, "partial=3"},
    {k_slow, Kind::none, "slow=500ms"},
    {"reset", Kind::reset, ""},
    {"drop-connection-every", Kind::drop, "drop-connection-every=100"},
}};

Result<KnownFault> find_known(std::string_view name) {
  std::vector<std::string> names;
  for (const KnownFault& known : k_known) {
    if (known.name == name) {
      return known;
    }
    names.emplace_back(known.name);
  }
  const std::string guess = did_you_mean(name, names);
  return bad(fmt::format("there is no fault '{}'", name),
             guess.empty() ? std::string(k_forms) : guess);
}

Result<void> check_form(const Part& part, const KnownFault& known) {
  if (part.value.has_value() == known.example.empty()) {
    return known.example.empty() ? bad(fmt::format("{} takes no value", known.name))
                                 : bad(fmt::format("{} needs a value", known.name),
                                       fmt::format("write {}", known.example));
  }
  if (part.parameter && known.kind != Kind::too_many) {
    return bad(fmt::format("{} has no parameter '{}'", known.name, *part.parameter));
  }
  if (part.share && known.kind == Kind::drop) {
    return bad("drop-connection-every takes no share",
               "it says itself how often: every N requests");
  }
  return {};
}

Result<void> read_value(const Part& part, const KnownFault& known, FaultRule& rule) {
  if (known.kind == Kind::too_many) {
    return read_retry_after(part, rule.fault);
  }
  if (known.name == k_slow) {
    auto delay = parse_time_span(*part.value);
    if (delay && delay->count() == 0) {
      return bad("0 would be no fault at all", "write slow=500ms");
    }
    if (!delay) {
      return fail(std::move(delay).error());
    }
    rule.fault.delay = *delay;
    return {};
  }
  if (!part.value) {
    return {};
  }
  const auto number = parse_number(*part.value, known.example);
  if (!number) {
    return fail(number.error());
  }
  if (known.kind == Kind::partial) {
    rule.fault.reject = *number;
  } else {
    rule.of = *number;
  }
  return {};
}

Result<FaultRule> parse_part(std::string_view text) {
  if (text.empty()) {
    return bad("there is nothing between two commas, or before or after one");
  }
  const Part part = take_apart(text);
  const auto known = find_known(part.name);
  if (!known) {
    return fail(known.error());
  }
  if (auto checked = check_form(part, *known); !checked) {
    return fail(std::move(checked).error());
  }
  FaultRule rule;
  rule.fault.kind = known->kind;
  if (auto read = read_value(part, *known, rule); !read) {
    return fail(std::move(read).error());
  }
  if (part.share) {
    const auto share = parse_share(*part.share);
    if (!share) {
      return fail(share.error());
    }
    rule.share = *share;
    rule.of = k_hundred_percent;
  } else {
    rule.is_rest = known->kind != Kind::drop && known->kind != Kind::none;
  }
  return rule;
}

// Only `slow` goes together with others.
Result<void> check_together(const std::vector<FaultRule>& rules) {
  double sum = 0;
  std::size_t rests = 0;
  for (const FaultRule& rule : rules) {
    if (rule.is_rest) {
      ++rests;
    } else if (rule.fault.kind != Kind::none) {
      sum += static_cast<double>(rule.share) / static_cast<double>(rule.of);
    }
  }
  constexpr double k_rounding = 1e-9;  // a tenth of the least share
  if (sum > 1 + k_rounding || (rests > 0 && sum > 1 - k_rounding)) {
    return bad("the faults together are for more than all requests",
               "only slow goes together with others: lower the shares (@P%)");
  }
  if (rests > 1) {
    return bad("two faults are each for all requests", "give all but one of them a share: @10%");
  }
  return {};
}

// drop-connection-every=N means the N-th itself, and what takes the rest comes last.
int order_of(const FaultRule& rule) {
  return rule.is_rest ? 2 : rule.fault.kind == Kind::drop ? 0 : 1;
}

}  // namespace

std::vector<std::string> fault_forms() {
  std::vector<std::string> forms;
  for (const KnownFault& known : k_known) {
    forms.push_back(std::string(known.name) + (known.example.empty() ? "" : "="));
  }
  return forms;
}

Result<std::vector<FaultRule>> parse_faults(const std::vector<std::string>& specifications) {
  std::vector<FaultRule> rules;
  for (const std::string& specification : specifications) {
    for (const std::string_view text : split(specification, ',')) {
      auto rule = parse_part(trim(text));
      if (!rule) {
        return fail(std::move(rule).error().within(
            fmt::format("'{}'", trim(text).empty() ? specification : text)));
      }
      rules.push_back(*rule);
    }
  }
  if (auto checked = check_together(rules); !checked) {
    return fail(std::move(checked).error());
  }
  return rules;
}

FaultPlan::FaultPlan(std::vector<FaultRule> rules) {
  std::stable_sort(rules.begin(), rules.end(), [](const FaultRule& left, const FaultRule& right) {
    return order_of(left) < order_of(right);
  });
  for (const FaultRule& rule : rules) {
    m_holds_back |= rule.fault.delay.count() > 0;
    m_breaks_connections |= rule.fault.kind == Kind::reset || rule.fault.kind == Kind::drop;
    m_rules.push_back({rule});
  }
}

Fault FaultPlan::next() {
  const std::lock_guard lock(m_mutex);
  Fault picked;
  for (Rule& rule : m_rules) {
    const Fault& fault = rule.rule.fault;
    rule.credit += rule.rule.is_rest ? 0 : rule.rule.share;
    const bool is_due = rule.rule.is_rest || rule.credit >= rule.rule.of;
    if (!is_due || (fault.kind != Kind::none && picked.kind != Kind::none)) {
      continue;
    }
    rule.credit -= rule.rule.is_rest ? 0 : rule.rule.of;
    if (fault.kind == Kind::none) {
      picked.delay = std::max(picked.delay, fault.delay);
    } else {
      picked.kind = fault.kind;
      picked.retry_after = fault.retry_after;
      picked.reject = fault.reject;
    }
  }
  count(picked);
  return picked;
}

void FaultPlan::count(const Fault& fault) {
  m_counts.slow += fault.delay.count() > 0 ? 1U : 0U;
  switch (fault.kind) {
    case Kind::none:
      return;
    case Kind::too_many:
      ++m_counts.too_many;
      return;
    case Kind::unavailable:
      ++m_counts.unavailable;
      return;
    case Kind::partial:
      ++m_counts.partial;
      return;
    case Kind::reset:
      ++m_counts.reset;
      return;
    case Kind::drop:
      ++m_counts.dropped_connections;
      return;
  }
}

void FaultPlan::note_abandoned() {
  const std::lock_guard lock(m_mutex);
  ++m_counts.abandoned;
}

FaultCounts FaultPlan::counts() const {
  const std::lock_guard lock(m_mutex);
  return m_counts;
}

}  // namespace otelctl::server
