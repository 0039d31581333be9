// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl::config {

enum class Severity : std::uint8_t { info, warning, error };

// "info", "warning", "error".
std::string_view name_of(Severity severity);

// Where in a file something is. Offsets are bytes, ends are exclusive; `path` names the key
// ("telemetry.tracing.sampler.ratio"). The key's own place is for excerpts that may not show the
// value; it is empty where there is no key.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t key_begin = 0;
  std::size_t key_end = 0;
  std::string path = {};
};

// Replaces the bytes from `begin` to `end` of the file as it was read; both may be the same.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text = {};

  friend bool operator==(const Edit&, const Edit&) = default;
};

// Another place that belongs to a finding, and what it is: "first defined here".
struct Related {
  Place place = {};
  std::string label = {};
};

// One thing that is wrong with a file.
struct Finding {
  std::string_view code;  // "OTC104"
  Severity severity = Severity::error;
  std::string message;
  std::string help;
  // False for what concerns the file as a whole; the numbers below are 0 then.
  bool has_place = false;
  // From 1, columns in Unicode code points; the end column is exclusive.
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  Place place = {};
  // What mends it without changing anything else; in the order of the file, none overlapping.
  std::vector<Edit> edits = {};
  std::vector<Related> related = {};

  bool fixable() const { return !edits.empty(); }
};

// In the order of the file, what has no place first. Findings that say the same of the same place
// become one: an alias leads to a value by several paths.
void sort_findings(std::vector<Finding>& findings);

}  // namespace otelctl::config
