// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/signal.hpp"
#include "config/attributes/attribute_names.hpp"
#include "config/issue.hpp"

namespace otelctl::config {

// What every kind of file says in its own words, in the same words for all: a rule that judges an
// exporter or an attribute is written once.

// Where an exporter's settings stand. It decides what happens to its endpoint.
enum class Surface : std::uint8_t {
  section,           // handed to the exporter's constructor: used as it is
  general_variable,  // OTEL_EXPORTER_OTLP_*: HTTP appends the signal's path
  signal_variable,   // OTEL_EXPORTER_OTLP_TRACES_* and its like: used as it is
  sdk,               // declarative configuration: used as it is
  collector,         // `endpoint` of otlp_http: the signal's path is appended
};

enum class Wire : std::uint8_t { unknown, grpc, http };

// One OTLP exporter.
struct OtlpExporter {
  Surface surface = Surface::section;
  // Of settings that are for one signal only.
  std::optional<Signal> signal = std::nullopt;
  // What its protocol says; unknown where nothing does.
  Wire wire = Wire::unknown;
  // Its endpoint, or the default with the place that its line would have. `name` is the key or the
  // variable; not readable where a variable in it is not known.
  Item endpoint = {};
  bool has_endpoint = false;
  // Names as they are written; values after substitution and, of variables, decoded. Their places
  // have the header's name as key.
  std::vector<Item> headers = {};
  std::optional<Item> compression = std::nullopt;
};

// One attribute of a resource, or one that a Collector's processor writes or looks for.
struct AttributeUse {
  Item item = {};
  Surface surface = Surface::section;
  bool is_resource = true;
  // The file gives it this value; false where it only looks for it or removes it. Of those the
  // value says nothing.
  bool is_written = true;
  // What its value will be, as far as the file says: text in a section and in variables.
  AttributeType type = AttributeType::any;
};

}  // namespace otelctl::config
