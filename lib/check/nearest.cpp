// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/nearest.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "check/attribute_lookup.hpp"
#include "check/words.hpp"

namespace otelctl::check {
namespace {

// So many different names are compared with one that is missing.
constexpr std::size_t k_most_candidates = 2000;
// Longer ones are no misspelling; the distance costs the product of the lengths.
constexpr std::size_t k_longest_candidate = 200;

// Different names in the order of the trace.
class NameList {
 public:
  void add(std::string_view name) {
    if (m_names.size() < k_most_candidates && m_seen.insert(name).second) {
      m_names.emplace_back(name);
    }
  }
  const std::vector<std::string>& all() const { return m_names; }
  bool is_empty() const { return m_names.empty(); }

 private:
  std::set<std::string_view> m_seen;
  std::vector<std::string> m_names;
};

std::string suggestion_for(const std::string& wanted, const std::vector<std::string>& names) {
  if (wanted.size() > k_longest_candidate) {
    return {};
  }
  std::vector<std::string> short_ones;
  std::copy_if(names.begin(), names.end(), std::back_inserter(short_ones),
               [](const std::string& name) { return name.size() <= k_longest_candidate; });
  return did_you_mean(wanted, short_ones);
}

NameList services_of(const trace::Analysis& analysis) {
  NameList services;
  for (const std::uint32_t index : analysis.tree.order) {
    services.add(analysis.trace.service(analysis.trace.spans[index]));
  }
  return services;
}

}  // namespace

std::string nearest_service(const trace::Analysis& analysis, const std::string& wanted) {
  const NameList services = services_of(analysis);
  const std::string near = suggestion_for(wanted, services.all());
  return fmt::format("no service '{}'; {}", wanted,
                     near.empty() ? "there are: " + listed(services.all()) : near);
}

std::string nearest_miss(const trace::Analysis& analysis, const SpanMatch& match, Typing typing) {
  const trace::Trace& trace = analysis.trace;
  const SpanMatcher matcher(trace, match, typing);
  NameList names;
  std::size_t fitting = 0;
  std::string misfit;
  for (const std::uint32_t index : analysis.tree.order) {
    const trace::Span& span = trace.spans[index];
    if (!matcher.fits_service(span)) {
      continue;
    }
    names.add(trace.text(span.name));
    if (matcher.fits_name(span)) {
      ++fitting;
      if (misfit.empty()) {
        misfit = matcher.first_misfit(span).value_or("");
      }
    }
  }
  if (match.service && names.is_empty()) {
    return nearest_service(analysis, match.service->words());
  }
  if (fitting == 0 && match.name) {
    const std::string wanted = match.name->words();
    const std::string near = suggestion_for(wanted, names.all());
    return fmt::format("no span '{}'; {} has: {}{}", wanted,
                       match.service ? match.service->words() : "the trace", listed(names.all()),
                       near.empty() ? "" : "; " + near);
  }
  const std::string what = match.name ? match.name->words() : "span";
  return fitting == 1 ? fmt::format("one {}, but {}", what, misfit)
                      : fmt::format("{} {}, but of the first {}", fitting, what, misfit);
}

}  // namespace otelctl::check
