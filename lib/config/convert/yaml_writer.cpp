// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/convert/yaml_writer.hpp"

#include <utility>

#include "config/convert/values.hpp"
#include "yaml/scalar.hpp"
#include "yaml/yaml_text.hpp"

namespace otelctl::config::convert {
namespace {

constexpr std::size_t k_indent = 2;

bool is_plain_text(std::string_view text) {
  constexpr std::string_view k_safe =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:+-";
  constexpr std::string_view k_safe_first =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/";
  if (text.empty() || text.find_first_not_of(k_safe) != std::string_view::npos ||
      k_safe_first.find(text.front()) == std::string_view::npos || text.back() == ':') {
    return false;
  }
  const yaml::Scalar types = yaml::resolve_plain(text);
  return types.core == yaml::ScalarType::text && types.legacy == yaml::ScalarType::text &&
         !yaml::read_boolean(text);
}

}  // namespace

std::string yaml_scalar(const std::string& text) {
  return is_plain_text(text) ? text : yaml::quoted_text(text);
}

void YamlWriter::open(std::string_view key) {
  m_levels.push_back({std::string(key), key.empty()});
}

void YamlWriter::close() {
  m_levels.pop_back();
}

// Writes what was opened and not written yet, then the indentation of a line.
void YamlWriter::begin_line() {
  std::size_t depth = 0;
  for (Level& level : m_levels) {
    if (!level.is_written) {
      level.is_written = true;
      if (!m_after_dash) {
        m_text.append(depth * k_indent, ' ');
      }
      m_text += level.is_item ? "- " : yaml_scalar(level.key) + ":\n";
      m_after_dash = level.is_item;
    }
    ++depth;
  }
  if (!m_after_dash) {
    m_text.append(depth * k_indent, ' ');
  }
  m_after_dash = false;
}

void YamlWriter::text(std::string_view key, const std::string& value) {
  bare(key, yaml_scalar(value));
}

void YamlWriter::bare(std::string_view key, std::string_view value) {
  begin_line();
  m_text += yaml_scalar(std::string(key));
  m_text += ": ";
  m_text += value;
  m_text += '\n';
}

void YamlWriter::text(std::string_view key, const std::optional<Setting>& setting) {
  if (setting) {
    text(key, setting->text);
  }
}

void YamlWriter::bare(std::string_view key, const std::optional<Setting>& setting) {
  if (setting) {
    bare(key, std::string_view(setting->text));
  }
}

void YamlWriter::optional_text(std::string_view key, const std::optional<Setting>& setting) {
  if (!setting) {
    return;
  }
  const bool is_plain = !whole_reference(setting->text).empty() &&
                        setting->text.find_first_of(" \t\n#\"'") == std::string::npos;
  bare(key, is_plain ? setting->text : yaml_scalar(setting->text));
}

void YamlWriter::null(std::string_view key) {
  begin_line();
  m_text += yaml_scalar(std::string(key));
  m_text += ":\n";
}

void YamlWriter::item(const std::string& value) {
  begin_line();
  m_text += "- ";
  m_text += yaml_scalar(value);
  m_text += '\n';
}

}  // namespace otelctl::config::convert
