// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/show/origin.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/substitution.hpp"
#include "base/text.hpp"

namespace otelctl::config {
namespace {

// Where the value of one reference comes from.
std::string source_of(const std::string& name, const Substitution& resolved,
                      const ShowOptions& options) {
  if (options.environment.get_nonempty(name)) {
    const auto place = options.variable_places.find(name);
    return fmt::format("${{{}}} from {}", name,
                       place == options.variable_places.end() ? "the environment" : place->second);
  }
  const bool has_no_default = std::any_of(
      resolved.problems.begin(), resolved.problems.end(), [&](const SubstitutionProblem& problem) {
        return problem.kind == SubstitutionProblemKind::unset && problem.name == name;
      });
  return has_no_default ? fmt::format("${{{}}} without value", name)
                        : fmt::format("default of ${{{}}}", name);
}

bool names_a_secret(std::string_view name) {
  return is_secret_name(name) || to_lower(name).find("headers") != std::string::npos;
}

}  // namespace

std::string origin_of(std::string_view raw, const std::string& place, const ShowOptions& options) {
  const Substitution resolved = substitute(raw, options.environment, SubstitutionDialect::sdk);
  std::vector<std::string> sources;
  for (const std::string& name : resolved.names) {
    std::string source = source_of(name, resolved, options);
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) {
      sources.push_back(std::move(source));
    }
  }
  return sources.empty() ? place : fmt::format("{} ({})", join(sources, ", "), place);
}

std::string shown_value(const std::vector<PathPart>& parts, std::string_view raw,
                        std::string_view value) {
  if (value.empty()) {
    return {};
  }
  const bool is_secret_key = std::any_of(parts.begin(), parts.end(), [](const PathPart& part) {
    return !part.is_index && names_a_secret(part.name);
  });
  const bool is_secret_variable = raw.find("${") != std::string_view::npos && is_secret_name(raw);
  if (is_secret_key || is_secret_variable || looks_secret(value)) {
    return std::string(k_redacted);
  }
  const bool is_url = value.find("://") != std::string_view::npos;
  return is_url ? redact_url(value) : std::string(value);
}

}  // namespace otelctl::config
