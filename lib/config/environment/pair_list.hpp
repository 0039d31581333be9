// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment/variable_set.hpp"

namespace otelctl::config {

// One item of "k1=v1,k2=v2" as OTEL_EXPORTER_OTLP_HEADERS and OTEL_RESOURCE_ATTRIBUTES have it.
// Offsets are bytes of the variable's value, blanks at the ends of names and values left out.
struct Pair {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t key_begin = 0;
  std::size_t key_end = 0;
  std::size_t value_begin = 0;
  std::size_t value_end = 0;
  bool has_equals = false;
  // A '%' that begins no escape.
  bool has_bad_escape = false;
  // Percent-decoded.
  std::string key = {};
  std::string value = {};
};

// The items in order; empty ones are left out.
std::vector<Pair> split_pairs(std::string_view text);

// The place of a part of an assignment's value, or of the whole value where the file has it in
// other words.
Place place_in_value(const Assignment& assignment, std::size_t begin, std::size_t end);

// A pair as one scalar of the file: its value with the key's place as key. Where the file has the
// variable in other words the places are the variable's.
Item item_of_pair(const Assignment& assignment, const Pair& pair);

// Whether it is a variable whose value is a list of headers.
bool holds_headers(const Assignment& assignment);

}  // namespace otelctl::config
