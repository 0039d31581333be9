// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "config/finding.hpp"
#include "config/schema/check.hpp"
#include "config/schema/schema.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::schema {

// The value being judged, with all that it is judged by. It refers to them.
struct Subject {
  const yaml::Document& document;
  const Schema& schema;
  const Reading& reading;
  const Checked& checked;
  std::size_t visit;

  const Visit& visited() const { return checked.visits[visit]; }
  const Rules& rules() const { return schema.rules(visited().schema); }
  const yaml::Node& node() const { return document.node(visited().node); }
  bool has_key() const { return visited().key != yaml::k_no_node; }

  std::string path() const { return checked.path_of(document, visit); }
  Place place() const;
  // Where a map or a list is named: its key; of a list's item its first key.
  Place name_place() const;
  // What messages call the value: its key, of a list's item "headers[2]".
  std::string name() const;

  // Whether the schema takes a value of the type: by its own types, or by one of its alternatives.
  bool takes(Type type) const;
};

// What to do about a value that is a map, a list or a single value where another is wanted.
std::string kind_help(const Subject& subject);

// A key of the file for a message: safe to print, and not longer than a message is.
std::string key_words(std::string_view key);

}  // namespace otelctl::config::schema
