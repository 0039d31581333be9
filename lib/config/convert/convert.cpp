// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/convert/convert.hpp"

#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/convert/readers.hpp"
#include "config/convert/writers.hpp"
#include "config/environment/env_reader.hpp"
#include "config/section/section_locator.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config::convert {
namespace {

std::string_view words_of(Kind kind) {
  return kind == Kind::sdk   ? "a declarative SDK file"
         : kind == Kind::env ? "OTEL_* variables"
                             : "a telemetry section";
}

// What stands in the file, or in its section, and was not read: a value whose key is given again,
// and whatever follows the first document.
void lose_unread(const yaml::Parsed& parsed, const std::optional<LocatedSection>& section,
                 Plan& plan) {
  const yaml::Document& document = parsed.document;
  const bool is_part = section && section->key != yaml::k_no_node;
  const std::size_t begin = is_part ? document.node(section->key).begin : 0;
  const std::size_t end = is_part ? document.node(section->value).end : document.source().size();
  for (const yaml::Problem& problem : parsed.problems) {
    const bool is_inside = problem.begin >= begin && problem.begin < end;
    if ((problem.kind == yaml::ProblemKind::duplicate_key && is_inside) ||
        problem.kind == yaml::ProblemKind::more_documents) {
      plan.lose(fmt::format("line {}", document.position(problem.begin).line),
                escape_for_terminal(problem.message));
    }
  }
}

Result<Plan> read_plan(Kind from, const std::string& bytes, const yaml::Parsed& parsed,
                       const ConvertOptions& options) {
  if (from == Kind::env) {
    return read_environment_plan(bytes);
  }
  if (!parsed.is_whole) {
    const yaml::Problem& first = parsed.problems.front();
    return fail(
        ErrorKind::settings,
        fmt::format("line {}: {}", parsed.document.position(first.begin).line, first.message),
        first.help);
  }
  auto plan = from == Kind::sdk ? read_sdk_plan(parsed.document)
                                : read_section_plan(parsed.document, options.section);
  if (plan) {
    std::vector<Issue> ignored;
    lose_unread(parsed,
                from == Kind::sdk ? std::nullopt
                                  : locate_section(parsed.document, options.section, ignored),
                *plan);
  }
  return plan;
}

std::string comments(std::string_view name, Kind from, const Plan& plan) {
  std::string text = fmt::format("# Converted by otelctl from {}, {}.\n", escape_for_terminal(name),
                                 words_of(from));
  if (!plan.losses.empty()) {
    text += "# Not carried over:\n";
  }
  for (const Loss& loss : plan.losses) {
    text += fmt::format("#   {}: {}\n", escape_for_terminal(loss.path), loss.why);
  }
  return text;
}

void drop_repeated(std::vector<Loss>& losses) {
  std::vector<Loss> once;
  std::set<std::pair<std::string, std::string>> seen;
  for (Loss& loss : losses) {
    if (seen.emplace(loss.path, loss.why).second) {
      once.push_back(std::move(loss));
    }
  }
  losses = std::move(once);
}

}  // namespace

Result<Converted> convert(std::string_view name, std::string bytes, const ConvertOptions& options) {
  const bool is_env = looks_like_env_file(bytes);
  const yaml::Parsed parsed = is_env ? yaml::Parsed{} : yaml::parse(bytes);
  const Kind from = is_env ? Kind::env : detect_kind(parsed.document, options.section);
  if (from != Kind::telemetry && from != Kind::env && from != Kind::sdk) {
    return fail(ErrorKind::settings,
                fmt::format("a file of the kind {} cannot be converted", name_of(from)),
                "give a telemetry section, a .env file or a declarative SDK file");
  }
  if (from == options.to) {
    return fail(ErrorKind::usage, fmt::format("the file is {} already", words_of(from)),
                "choose another --to");
  }
  auto plan = read_plan(from, bytes, parsed, options);
  if (!plan) {
    return fail(std::move(plan).error());
  }
  std::string text = options.to == Kind::sdk   ? write_sdk(*plan)
                     : options.to == Kind::env ? write_environment(*plan)
                                               : write_section(*plan, options.section);
  drop_repeated(plan->losses);
  return Converted{from, comments(name, from, *plan) + text, std::move(plan->losses),
                   std::move(plan->notes)};
}

}  // namespace otelctl::config::convert
