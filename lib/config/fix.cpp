// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/fix.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "config/edits.hpp"
#include "config/rules.hpp"

namespace otelctl::config {
namespace {

// How bad a file is.
struct Score {
  std::map<std::string_view, std::size_t> counts;
  std::size_t total = 0;
  // Errors and warnings.
  std::size_t serious = 0;
  // Of what keeps others from being looked for.
  std::size_t blocking = 0;
};

Score score_of(const FileReport& report) {
  Score score;
  for (const Finding& finding : report.findings) {
    const Rule* const rule = find_rule(finding.code);
    ++score.counts[finding.code];
    score.serious += finding.severity == Severity::info ? 0U : 1U;
    score.blocking += rule != nullptr && rule->is_blocking ? 1U : 0U;
  }
  score.total = report.findings.size();
  return score;
}

bool is_better(const Score& now, const Score& before) {
  if (now.blocking != before.blocking) {
    return now.blocking < before.blocking;
  }
  // A warning may leave information behind, such as that a path is right here and not elsewhere.
  const bool is_less_serious = now.serious < before.serious;
  return (is_less_serious || (now.serious == before.serious && now.total < before.total)) &&
         std::all_of(now.counts.begin(), now.counts.end(), [&](const auto& count) {
           const auto known = before.counts.find(count.first);
           const Rule* const rule = find_rule(count.first);
           const bool is_info = rule != nullptr && rule->severity == Severity::info;
           return (is_info && is_less_serious) ||
                  (known != before.counts.end() && count.second <= known->second);
         });
}

class Fixer {
 public:
  Fixer(std::string bytes, const FixChecks& checks)
      : m_checks(checks), m_bytes(std::move(bytes)), m_score(score_of(m_checks.judge(m_bytes))) {
    // A trial reads the whole file; of a large one there are fewer.
    constexpr std::size_t k_most_bytes = std::size_t{512} * 1024 * 1024;
    constexpr std::size_t k_most_trials = 2000;
    m_trials_left = std::min(k_most_trials, k_most_bytes / (m_bytes.size() + 1) + 4);
  }

  FixResult run() {
    FixResult result;
    result.before = m_checks.find(m_bytes);
    auto candidates = candidates_in(result.before);
    while (!candidates.empty() && round(candidates)) {
      candidates = candidates_in(m_checks.find(m_bytes));
    }
    result.mended = m_mended;
    result.after = m_checks.find(std::move(m_bytes));
    return result;
  }

 private:
  using Edits = std::vector<Edit>;

  // The edits of each finding that may be made, by place.
  std::vector<Edits> candidates_in(const FileReport& report) const {
    std::vector<Edits> candidates;
    for (const Finding& finding : report.findings) {
      if (finding.fixable()) {
        candidates.push_back(finding.edits);
      }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Edits& left, const Edits& right) {
                       return left.front().begin < right.front().begin;
                     });
    return candidates;
  }

  // Makes as many of them as possible; halves those that together make things worse.
  bool round(const std::vector<Edits>& candidates) {
    struct Range {
      std::size_t begin;
      std::size_t end;
    };
    const std::string bytes = m_bytes;
    EditSet made(bytes.size());
    const std::size_t mended_before = m_mended;
    std::vector<Range> pending{{0, candidates.size()}};
    while (!pending.empty() && m_trials_left > 0) {
      const Range range = pending.back();
      pending.pop_back();
      EditSet wanted = made;
      std::size_t added = 0;
      for (std::size_t index = range.begin; index < range.end; ++index) {
        added += wanted.add(candidates[index]) ? 1U : 0U;
      }
      if (added == 0) {
        continue;
      }
      if (improves(apply_edits(bytes, wanted))) {
        made = std::move(wanted);
        m_mended += added;
      } else if (range.end - range.begin > 1) {
        const std::size_t middle = range.begin + (range.end - range.begin) / 2;
        pending.push_back({middle, range.end});
        pending.push_back({range.begin, middle});
      }
    }
    return m_mended > mended_before;
  }

  // Keeps the bytes when they are better than the best so far.
  bool improves(std::string bytes) {
    --m_trials_left;
    Score score = score_of(m_checks.judge(bytes));
    if (!is_better(score, m_score)) {
      return false;
    }
    m_score = std::move(score);
    m_bytes = std::move(bytes);
    return true;
  }

  const FixChecks& m_checks;
  std::string m_bytes;
  Score m_score;
  std::size_t m_trials_left = 0;
  std::size_t m_mended = 0;
};

}  // namespace

FixResult fix(std::string bytes, const FixChecks& checks) {
  return Fixer(std::move(bytes), checks).run();
}

FixResult fix(const std::string& name, std::string bytes, const ValidateOptions& options) {
  ValidateOptions all = options;
  all.selection = {};
  const FixChecks checks{[&](std::string text) { return validate(name, std::move(text), options); },
                         [&](std::string text) { return validate(name, std::move(text), all); }};
  return fix(std::move(bytes), checks);
}

}  // namespace otelctl::config
