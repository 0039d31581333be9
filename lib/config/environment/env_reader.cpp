// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/env_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "config/environment/known_names.hpp"
#include "config/places.hpp"
#include "settings/env_file.hpp"
#include "yaml/flat.hpp"
#include "yaml/input_check.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

yaml::Style style_of(char quote) {
  if (quote == '\0') {
    return yaml::Style::plain;
  }
  return quote == '"' ? yaml::Style::double_quoted : yaml::Style::single_quoted;
}

std::size_t most_entries(const yaml::Limits& limits) {
  return limits.nodes / 2 - 1;
}

std::vector<yaml::FlatEntry> flat_entries(const settings::EnvFileContent& content) {
  std::vector<yaml::FlatEntry> entries;
  for (const settings::EnvFileEntry& entry : content.entries) {
    entries.push_back({entry.name_begin, entry.name_end, entry.begin, entry.end,
                       style_of(entry.quote), entry.value});
  }
  return entries;
}

Place place_of_entry(const settings::EnvFileEntry& entry) {
  Place place{entry.begin, entry.end, entry.name_begin, entry.name_end,
              joined_path({}, entry.name)};
  if (place.begin == place.end) {
    place.begin = entry.name_begin;
    place.end = entry.name_end;
  }
  return place;
}

// Where the value stands word for word, quotes left out.
std::optional<std::size_t> verbatim(std::string_view source, const settings::EnvFileEntry& entry) {
  const std::size_t quotes = entry.quote == '\0' ? 0 : 1;
  const std::size_t begin = entry.begin + quotes;
  const bool is_same = source.substr(begin).starts_with(entry.value) &&
                       begin + entry.value.size() + quotes == entry.end;
  return is_same && entry.is_known ? std::optional(begin) : std::nullopt;
}

void add_lines(Assignment& assignment, std::string_view source,
               const settings::EnvFileEntry& entry) {
  const std::size_t before = source.rfind('\n', entry.name_begin);
  const std::size_t after = source.find('\n', entry.end);
  assignment.lines_begin = before == std::string_view::npos ? 0 : before + 1;
  assignment.lines_end = after == std::string_view::npos ? source.size() : after + 1;
}

}  // namespace

bool looks_like_env_file(std::string_view bytes) {
  constexpr std::size_t k_enough = std::size_t{2} * 1024 * 1024;
  bytes = bytes.substr(0, k_enough);
  if (bytes.starts_with(k_byte_order_mark)) {
    bytes.remove_prefix(k_byte_order_mark.size());
  }
  const bool has_interpreter = bytes.starts_with("#!");
  std::size_t assignments = 0;
  std::size_t keys = 0;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    std::string_view line = trim(bytes.substr(0, end));
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.starts_with("export ")) {
      line = trim(line.substr(7));
    }
    const std::size_t sign = line.find_first_of("=: \t#'\"[{(");
    if (sign == std::string_view::npos || sign == 0 || line.starts_with('-')) {
      keys += line.starts_with("- ") || line.starts_with("---") || line.starts_with('{') ? 1U : 0U;
      continue;
    }
    const std::string_view rest = trim(line.substr(sign));
    assignments += rest.starts_with('=') ? 1U : 0U;
    keys += line[sign] == ':' && (sign + 1 == line.size() || line[sign + 1] == ' ') ? 1U : 0U;
  }
  return assignments > keys || (has_interpreter && assignments > 0);
}

yaml::Parsed parse_env_document(std::string bytes, const yaml::Limits& limits) {
  yaml::Parsed parsed;
  if (bytes.size() > limits.bytes) {
    parsed.document = yaml::make_flat(std::move(bytes), {});
    parsed.problems.push_back({yaml::ProblemKind::limit, 0, 0,
                               fmt::format("the file is larger than {}", format_size(limits.bytes)),
                               "split it"});
    return parsed;
  }
  if (auto problem = yaml::check_bytes(bytes)) {
    parsed.document = yaml::make_flat(std::move(bytes), {});
    parsed.problems.push_back(std::move(*problem));
    return parsed;
  }
  settings::EnvFileContent content = settings::read_env_file(bytes, nullptr, most_entries(limits));
  const bool has_mark = bytes.starts_with(k_byte_order_mark);
  parsed.document = yaml::make_flat(std::move(bytes), flat_entries(content));
  parsed.is_whole = true;
  if (has_mark) {
    parsed.problems.push_back({yaml::ProblemKind::bad_bytes, 0, k_byte_order_mark.size(),
                               "a byte order mark stands before the first name",
                               "save the file as UTF-8 without it: docker compose refuses it"});
  }
  if (content.is_cut) {
    parsed.problems.push_back({yaml::ProblemKind::limit, 0, 0,
                               fmt::format("the file has more than {} assignments: the rest is not "
                                           "read",
                                           content.entries.size()),
                               "split it"});
  }
  for (settings::EnvFileProblem& problem : content.problems) {
    parsed.problems.push_back({yaml::ProblemKind::syntax, problem.begin, problem.end,
                               std::move(problem.message), std::move(problem.hint)});
  }
  return parsed;
}

VariableSet read_env_set(const yaml::Document& document, const ValidateOptions& options,
                         std::vector<Issue>& issues) {
  const std::string_view source = document.source();
  VariableSet set(VariableSet::Host::file);
  const settings::EnvFileContent content =
      settings::read_env_file(source, &options.environment, most_entries(options.limits));
  for (const settings::EnvFileEntry& entry : content.entries) {
    Assignment assignment;
    Item& item = assignment.item;
    item.name = entry.name;
    item.text = entry.value;
    item.place = place_of_entry(entry);
    item.is_readable = entry.is_known;
    const std::string_view raw = source.substr(entry.begin, entry.end - entry.begin);
    item.is_from_variable =
        entry.quote != '\'' && raw.find('$') != std::string_view::npos && entry.value != raw;
    item.text_begin = verbatim(source, entry);
    assignment.is_quoted = entry.quote != '\0';
    if (!content.is_script) {
      add_lines(assignment, source, entry);
    }
    for (const std::string& name : entry.unset) {
      if (options.reports_unset && is_telemetry_name(entry.name)) {
        issues.push_back({IssueKind::unset_variable, item.place,
                          fmt::format("variable {} is not set", escape_for_terminal(name)),
                          fmt::format("set it, or write ${{{}:-default}}", name)});
      }
    }
    set.add(std::move(assignment));
  }
  return set;
}

ProcessVariables read_process_environment(const Environment& environment) {
  ProcessVariables result;
  std::string text;
  std::vector<yaml::FlatEntry> entries;
  for (const auto& [name, value] : environment.all()) {
    if (!is_telemetry_name(name)) {
      continue;
    }
    yaml::FlatEntry entry;
    entry.name_begin = text.size();
    entry.name_end = entry.name_begin + name.size();
    entry.begin = entry.name_end + 1;
    entry.end = entry.begin + value.size();
    entry.value = to_valid_utf8(value);
    text += name + "=" + value + "\n";
    Assignment assignment;
    assignment.item = {.name = name,
                       .text = entry.value,
                       .place = {entry.begin, entry.end, entry.name_begin, entry.name_end, name},
                       .is_readable = true};
    result.set.add(std::move(assignment));
    entries.push_back(std::move(entry));
  }
  result.parsed.document = yaml::make_flat(std::move(text), entries);
  result.parsed.is_whole = true;
  return result;
}

}  // namespace otelctl::config
