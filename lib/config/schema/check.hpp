// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/finding.hpp"
#include "config/schema/schema.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::schema {

// A scalar as the file's own reader sees it: references replaced, then typed.
struct Value {
  Type type = Type::text;
  std::string text = {};
  double number = 0;  // of numbers and integers
  // A reference in it has no value here, so that it cannot be judged.
  bool is_known = true;
  bool is_from_variable = false;
  // " after substitution of ${A}" where that changed it, for messages.
  std::string after = {};
};

// Reads the value of a scalar or null that is to be one of `types`. Called once for each place that
// leads to a scalar, so that it may report what is wrong with references. The place is made only
// when it is asked for: a file may have a million values and all of them in order.
using ReadValue =
    std::function<Value(yaml::NodeId node, Types types, const std::function<Place()>& place)>;

// What a key that the schema does not have was meant to be, in words of help; empty for "look
// among the names". Such as keys of older versions.
using ExplainKey = std::function<std::string(const Rules& rules, std::string_view key)>;

enum class ViolationKind : std::uint8_t {
  wrong_kind,    // a map where a list is wanted and the like
  wrong_type,    // text where a number is wanted and the like
  out_of_range,  // of a number
  not_a_choice,
  unknown_key,
  missing_key,
  wrong_count,  // too few or too many items or keys
};

// One way in which the document breaks the schema. The words hold no secret.
struct Violation {
  ViolationKind kind = ViolationKind::wrong_type;
  Place place = {};
  std::string message = {};
  std::string help = {};
  // What to write in place of [place.begin, place.end) where that surely mends it.
  std::optional<std::string> replacement = std::nullopt;
};

// One value with the schema that it was held to. `parent` is an index into the visits (its own for
// the first); `index` counts the items of a list.
struct Visit {
  Id schema = k_anything;
  yaml::NodeId key = yaml::k_no_node;
  yaml::NodeId node = yaml::k_no_node;
  std::uint32_t parent = 0;
  std::uint32_t index = 0;
};

struct Checked {
  // Every value that has a schema, parents before children, in the order of the file; of what an
  // alias leads to, one for each path.
  std::vector<Visit> visits;
  // In the order of the visits. At most k_most_violations.
  std::vector<Violation> violations;

  // "tracer_provider.processors[0].batch"
  std::string path_of(const yaml::Document& document, std::size_t visit) const;
};

inline constexpr std::size_t k_most_violations = 20000;

// Whether the value of that key of a map is a secret, which messages do not show.
using HidesValue = std::function<bool(const Rules& map, std::string_view key)>;

// How a kind of file is read.
struct Reading {
  ReadValue read_value;
  ExplainKey explain_key = {};
  HidesValue hides_value = {};
};

// Holds a value and all below it to a schema. Time and memory are bounded by the document's own
// limits; nothing here is recursive.
Checked check(const yaml::Document& document, yaml::NodeId root, const Schema& schema,
              const Reading& reading);

}  // namespace otelctl::config::schema
