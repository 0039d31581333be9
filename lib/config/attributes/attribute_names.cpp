// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/attributes/attribute_names.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text.hpp"
#include "config/attributes/attribute_data.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_template_end = ".*";

// A table of text with the begin of each line, found when it is first asked.
class Table {
 public:
  // The first character is a line end, and so is the last.
  explicit Table(std::string_view text) : m_text(text) {
    for (std::size_t end = 0; end + 1 < text.size(); end = text.find('\n', end + 1)) {
      m_begins.push_back(static_cast<std::uint32_t>(end + 1));
    }
  }

  std::size_t size() const { return m_begins.size(); }
  std::string_view line(std::size_t index) const {
    const std::size_t begin = m_begins[index];
    const std::size_t next = index + 1 < size() ? m_begins[index + 1] : m_text.size();
    return m_text.substr(begin, next - 1 - begin);
  }

  // The first line whose key is not less than this one: the tab behind a key is below every
  // character of a name.
  std::size_t lower_bound(std::string_view key) const {
    const auto found = std::partition_point(
        m_begins.begin(), m_begins.end(),
        [&](std::uint32_t begin) { return m_text.substr(begin, key.size()) < key; });
    return static_cast<std::size_t>(found - m_begins.begin());
  }

 private:
  std::string_view m_text;
  std::vector<std::uint32_t> m_begins;
};

const Table& attribute_table() {
  static const Table table(k_attribute_table);
  return table;
}

const Table& value_table() {
  static const Table table(k_renamed_values);
  return table;
}

// What stands behind the key, without the tab; nothing when there is no such line.
std::optional<std::string_view> find_line(const Table& table, std::string_view key) {
  const std::size_t index = table.lower_bound(key);
  if (index >= table.size()) {
    return std::nullopt;
  }
  const std::string_view line = table.line(index);
  const bool is_key = line.starts_with(key) && line.substr(key.size()).starts_with('\t');
  return is_key ? std::optional(line.substr(key.size() + 1)) : std::nullopt;
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
  if (const auto columns = find_line(attribute_table(), name)) {
    return Found{*columns, {}};
  }
  // No template is nearly as long: what is beyond is the user's part.
  constexpr std::size_t k_longest_template = 200;
  for (std::size_t dot = name.find('.');
       dot < std::min(k_longest_template, name.size()) && dot + 1 < name.size();
       dot = name.find('.', dot + 1)) {
    const std::string pattern = std::string(name.substr(0, dot)) + std::string(k_template_end);
    if (const auto columns = find_line(attribute_table(), pattern)) {
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
  return find_line(value_table(), std::string(name) + "=" + std::string(value));
}

std::vector<std::string> attributes_beside(std::string_view name) {
  std::vector<std::string> names;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) {
    return names;
  }
  const std::string_view prefix = name.substr(0, dot + 1);
  const Table& table = attribute_table();
  for (std::size_t index = table.lower_bound(prefix);
       index < table.size() && table.line(index).starts_with(prefix); ++index) {
    const auto columns = split(table.line(index), '\t');
    if (status_of(columns[1]) == AttributeStatus::current) {
      names.emplace_back(columns[0]);
    }
  }
  return names;
}

std::string_view conventions_version() {
  return k_conventions_version;
}

}  // namespace otelctl::config
