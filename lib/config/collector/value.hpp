// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "config/references.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::collector {

enum class ValueType : std::uint8_t {
  unknown,  // a variable in it has no value, or a provider other than `env` gives it
  null,
  boolean,
  integer,
  number,
  date,
  text,
  list,
  map,
};

// "true or false", "a whole number", ...: what a value is, for messages.
std::string_view words_of(ValueType type);

// A value as the Collector's own reader (go-yaml v3 into untyped data) types it: quoted text is
// text, `yes` too, 010 is 8, 1_000 is 1000, 2026-11-20 is a date. A value that is one whole
// reference has the type of what the variable holds, and is its text where text is wanted.
struct Value {
  ValueType type = ValueType::null;
  bool truth = false;
  // Of integers and numbers.
  double number = 0;
  // Of scalars: after substitution.
  std::string text = {};
  bool is_from_variable = false;
  // All of it is one reference: any scalar may then stand where text is wanted.
  bool is_whole_reference = false;
  // " after substitution of ${A}", for messages.
  std::string after = {};
};

// Types plain text.
Value typed(std::string_view text);

// Reads a node, aliases followed. What is wrong with its references is `references`' to report.
Value read_value(const yaml::Document& document, References& references, yaml::NodeId node);

}  // namespace otelctl::config::collector
