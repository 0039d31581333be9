// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/fidelity.hpp"

#include <array>
#include <string_view>

namespace otelctl::smoke {
namespace {

struct Row {
  std::string_view kind;
  std::string_view dialect;  // empty: all of them
  Fidelity fidelity;
};

constexpr std::array<Row, 3> k_table{{
    // The internal JSON has microseconds, text for arrays and maps, and references that are two
    // ids; trace state and scope stand in tags ("w3c.tracestate", "otel.scope.name").
    {"jaeger",
     "legacy",
     {.nanoseconds = Keeps::no,
      .structures = Keeps::no,
      .trace_state = Keeps::no,
      .flags = Keeps::no,
      .scopes = Keeps::no,
      .scope_names = Keeps::no,
      .link_details = Keeps::no}},
    // api_v3 holds all that OTLP does, but Elasticsearch, Cassandra and Badger keep what the
    // internal model of Jaeger 1 could hold.
    {"jaeger",
     "",
     {.nanoseconds = Keeps::sometimes,
      .structures = Keeps::sometimes,
      .trace_state = Keeps::sometimes,
      .flags = Keeps::sometimes,
      .scopes = Keeps::sometimes,
      .link_details = Keeps::sometimes}},
    // Zipkin v2 (zipkin2-api.yaml): tags are text, annotations have no attributes of their own,
    // names
    // are made lower case.
    {"zipkin",
     "",
     {.nanoseconds = Keeps::no,
      .types = Keeps::no,
      .structures = Keeps::no,
      .trace_state = Keeps::no,
      .flags = Keeps::no,
      .scopes = Keeps::no,
      .scope_names = Keeps::no,
      .resources = Keeps::no,
      .links = Keeps::no,
      .link_details = Keeps::no,
      .event_details = Keeps::no,
      .status_ok = Keeps::no,
      .letter_case = Keeps::no,
      .internal_kind = Keeps::no}},
}};

constexpr Fidelity k_everything{};

}  // namespace

const Fidelity& fidelity_of(const query::BackendInfo& backend) {
  for (const Row& row : k_table) {
    if (row.kind == backend.kind && (row.dialect.empty() || row.dialect == backend.dialect)) {
      return row.fidelity;
    }
  }
  return k_everything;
}

}  // namespace otelctl::smoke
