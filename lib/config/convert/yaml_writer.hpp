// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/convert/plan.hpp"

namespace otelctl::config::convert {

// Writes block YAML line by line. A map is opened by its key and closed by hand; one that stays
// empty is not written at all.
class YamlWriter {
 public:
  // Opens a map under a key; an empty key opens a list's item instead.
  void open(std::string_view key);
  void close();

  // "key: value". Text is quoted where YAML of either generation would take it for something else,
  // and where it holds a reference; numbers and booleans are never.
  void text(std::string_view key, const std::string& value);
  void bare(std::string_view key, std::string_view value);
  // The same for settings; nothing for one that is not there.
  void text(std::string_view key, const std::optional<Setting>& setting);
  void bare(std::string_view key, const std::optional<Setting>& setting);
  // Text that is never a number: a whole reference stays plain, so that it is null, and the setting
  // its default, where the variable has no value.
  void optional_text(std::string_view key, const std::optional<Setting>& setting);
  // "key:" with nothing behind it.
  void null(std::string_view key);
  // "- value" in a list whose key was opened.
  void item(const std::string& value);

  std::string take() && { return std::move(m_text); }

 private:
  void begin_line();

  // One of the opened maps.
  struct Level {
    std::string key;
    bool is_item = false;
    bool is_written = false;
  };

  std::string m_text;
  std::vector<Level> m_levels;
  // The dash of an item was written and its first key follows on the same line.
  bool m_after_dash = false;
};

// Text as a YAML scalar.
std::string yaml_scalar(const std::string& text);

}  // namespace otelctl::config::convert
