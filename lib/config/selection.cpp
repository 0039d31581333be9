// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/selection.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/rules.hpp"

namespace otelctl::config {
namespace {

Result<std::vector<std::string>> parse_codes(std::string_view option,
                                             const std::vector<std::string>& entries) {
  std::vector<std::string> codes;
  for (const std::string& entry : entries) {
    for (const std::string_view part : split(entry, ',')) {
      const std::string code = upper_code(trim(part));
      if (!begins_a_code(code)) {
        return fail(ErrorKind::usage,
                    fmt::format("{}: no rule has the code '{}'", option, escape_for_terminal(part)),
                    code_hint(code));
      }
      codes.push_back(code);
    }
  }
  return codes;
}

bool begins_with_one_of(std::string_view code, const std::vector<std::string>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const std::string& beginning) { return code.starts_with(beginning); });
}

}  // namespace

Result<Selection> Selection::parse(const std::vector<std::string>& select,
                                   const std::vector<std::string>& ignore) {
  Selection selection;
  auto selected = parse_codes("--select", select);
  if (!selected) {
    return fail(std::move(selected).error());
  }
  auto ignored = parse_codes("--ignore", ignore);
  if (!ignored) {
    return fail(std::move(ignored).error());
  }
  selection.m_selected = std::move(*selected);
  selection.m_ignored = std::move(*ignored);
  return selection;
}

bool Selection::includes(const Rule& rule) const {
  if (rule.is_opt_in &&
      std::find(m_selected.begin(), m_selected.end(), rule.code) == m_selected.end()) {
    return false;
  }
  const bool is_selected =
      m_selected.empty() || rule.is_blocking || begins_with_one_of(rule.code, m_selected);
  return is_selected && !begins_with_one_of(rule.code, m_ignored);
}

}  // namespace otelctl::config
