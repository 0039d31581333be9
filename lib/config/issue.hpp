// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/finding.hpp"

namespace otelctl::config {

// What reading a model can run into; each kind is one rule's.
enum class IssueKind : std::uint8_t {
  ambiguous_scalar,
  missing_section,
  wrong_kind,
  unknown_key,
  wrong_type,
  out_of_range,
  not_a_choice,
  misplaced_key,
  missing_key,
  wrong_count,
  unset_variable,
  naked_variable,
  malformed_reference,
  unclosed_reference,
  reference_in_key,
  control_from_variable,
  empty_variable,
  secret_default,
  secret_reference,
  type_by_variable,
  removed_setting,
  bare_duration,
  cut_number,
  component_id,
  pipeline_id,
};

struct Issue {
  IssueKind kind;
  std::optional<Place> place;
  std::string message;
  std::string help;
  // What mends it; empty where nothing safe does.
  std::vector<Edit> edits = {};
};

// One scalar of the file.
struct Item {
  std::string name;  // of a map's entry
  std::string text;  // after substitution
  Place place;
  // It could be read: right in type, and every variable in it has a value.
  bool is_readable = false;
  // It holds a reference to a variable.
  bool is_from_variable = false;
  // Where `text` stands in the file byte for byte, so that parts of it can be edited; nothing where
  // escapes, folding or references keep it from that.
  std::optional<std::size_t> text_begin = std::nullopt;
};

}  // namespace otelctl::config
