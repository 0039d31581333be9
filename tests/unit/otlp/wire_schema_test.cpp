// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/wire_schema.hpp"

#include <set>

#include <doctest/doctest.h>

namespace otelctl::otlp {
namespace {

TEST_CASE("the schema holds every message of the three requests under a name of its own") {
  const WireSchema& schema = WireSchema::get();
  std::set<std::string> names;
  for (std::size_t index = 0; index < schema.size(); ++index) {
    names.insert(schema.message(index).name);
    CHECK(schema.index_of(schema.message(index).name) == index);
  }
  CHECK(names.size() == schema.size());
  for (const char* const name :
       {"Span", "Event", "Link", "Status", "LogRecord", "NumberDataPoint", "HistogramDataPoint",
        "ExponentialHistogramDataPoint", "SummaryDataPoint", "Exemplar", "AnyValue", "KeyValue"}) {
    CHECK(names.contains(name));
  }
  CHECK(schema.index_of("Profile") == schema.size());
}

TEST_CASE("fields are known by number, by JSON key and by their name in the .proto") {
  const WireSchema& schema = WireSchema::get();
  const MessageSchema& span = schema.message(schema.index_of("Span"));
  CHECK(span.find_key("traceId") == 1);
  CHECK(span.find_key("trace_id") == 1);
  CHECK(span.find_key("flags") == 16);
  CHECK(span.find_key("trace_ID") == 0);
  CHECK(span.rule(1).kind == FieldKind::id);
  CHECK(span.rule(7).kind == FieldKind::fixed64);
  CHECK(span.rule(9).is_repeated);
  CHECK(schema.message(span.rule(9).message).name == "KeyValue");
  CHECK(span.rule(17).kind == FieldKind::unknown);
  CHECK(span.rule(4'000'000'000U).kind == FieldKind::unknown);
  CHECK(span.name_of(5) == "name");
  CHECK(span.name_of(99) == "an unknown field");
}

}  // namespace
}  // namespace otelctl::otlp
