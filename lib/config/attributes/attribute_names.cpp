// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/attributes/attribute_names.hpp"

#include <cstddef>

#include "base/text.hpp"
#include "config/attributes/attribute_data.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_template_end = ".*";

// The whole line around an offset of a table whose first character is a line end.
std::string_view line_at(std::string_view table, std::size_t offset) {
  const std::size_t begin = offset == 0 ? 0 : table.rfind('\n', offset - 1) + 1;
  return table.substr(begin, table.find('\n', begin) - begin);
}

// The first line whose key is not less than this one; the offset of its begin. The text itself is
// searched, so that a table costs nothing before it is asked.
std::size_t lower_bound(std::string_view table, std::string_view key) {
  std::size_t low = 1;
  std::size_t high = table.size();
  while (low < high) {
    const std::string_view line = line_at(table, low + (high - low) / 2);
    const auto begin = static_cast<std::size_t>(line.data() - table.data());
    if (line.substr(0, line.find('\t')) < key) {
      low = begin + line.size() + 1;
    } else {
      high = begin;
    }
  }
  return low;
}

// What stands behind the key, without the tab; nothing when there is no such line.
std::optional<std::string_view> find_line(std::string_view table, std::string_view key) {
  const std::size_t begin = lower_bound(table, key);
  if (begin >= table.size()) {
    return std::nullopt;
  }
  const std::string_view line = line_at(table, begin);
  const std::size_t tab = line.find('\t');
  return line.substr(0, tab) == key ? std::optional(line.substr(tab + 1)) : std::nullopt;
}

// The line of a name, or of the template that it follows, and the part that is the user's.
struct Found {
  std::string_view columns;
  std::string_view user_part;
};

std::optional<Found> find_attribute(std::string_view name) {
  // A name that looks like a template's is nobody's.
  if (name.ends_with(k_template_end)) {
    return std::nullopt;
  }
  if (const auto columns = find_line(k_attribute_table, name)) {
    return Found{*columns, {}};
  }
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos && dot + 1 < name.size();
       dot = name.find('.', dot + 1)) {
    const std::string pattern = std::string(name.substr(0, dot)) + std::string(k_template_end);
    if (const auto columns = find_line(k_attribute_table, pattern)) {
      return Found{*columns, name.substr(dot + 1)};
    }
  }
  return std::nullopt;
}

AttributeStatus status_of(std::string_view word) {
  return word == ">" || word == "=" ? AttributeStatus::renamed
         : word == "/"              ? AttributeStatus::replaced
         : word == "-"              ? AttributeStatus::removed
                                    : AttributeStatus::current;
}

AttributeType type_of(std::string_view word) {
  return word == "string"     ? AttributeType::text
         : word == "bool"     ? AttributeType::boolean
         : word == "int"      ? AttributeType::integer
         : word == "double"   ? AttributeType::number
         : word == "enum"     ? AttributeType::choice
         : word == "string[]" ? AttributeType::text_list
         : word == "int[]"    ? AttributeType::integer_list
                              : AttributeType::any;
}

}  // namespace

AttributeName look_up_attribute(std::string_view name) {
  const auto found = find_attribute(name);
  if (!found) {
    return {};
  }
  const auto columns = split(found->columns, '\t');
  AttributeName result{status_of(columns[0]), type_of(columns[0]), {}, columns[0] == "="};
  if (!columns[1].empty()) {
    result.values = split(columns[1], ',');
  }
  return result;
}

std::optional<std::string> renamed_attribute(std::string_view name) {
  const auto found = find_attribute(name);
  if (!found) {
    return std::nullopt;
  }
  const auto columns = split(found->columns, '\t');
  if (status_of(columns[0]) != AttributeStatus::renamed) {
    return std::nullopt;
  }
  const std::string_view target = columns[1];
  if (!target.ends_with(k_template_end)) {
    return std::string(target);
  }
  return std::string(target.substr(0, target.size() - 1)) + std::string(found->user_part);
}

std::optional<std::string_view> renamed_attribute_value(std::string_view name,
                                                        std::string_view value) {
  return find_line(k_renamed_values, std::string(name) + "=" + std::string(value));
}

std::vector<std::string> attributes_beside(std::string_view name) {
  std::vector<std::string> names;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) {
    return names;
  }
  const std::string_view prefix = name.substr(0, dot + 1);
  for (std::size_t begin = lower_bound(k_attribute_table, prefix);
       begin < k_attribute_table.size();) {
    const std::string_view line = line_at(k_attribute_table, begin);
    if (!line.starts_with(prefix)) {
      break;
    }
    const auto columns = split(line, '\t');
    if (status_of(columns[1]) == AttributeStatus::current) {
      names.emplace_back(columns[0]);
    }
    begin += line.size() + 1;
  }
  return names;
}

std::string_view conventions_version() {
  return k_conventions_version;
}

}  // namespace otelctl::config
