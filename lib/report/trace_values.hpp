// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "trace/trace.hpp"

namespace otelctl::report {

// Attribute values in the forms that the formats write (trace/value_json.hpp), with "[REDACTED]"
// for secrets: what stands under the name of one (is_secret_attribute), alone or within a map, and
// texts that look like one. Numbers and truths are never taken for secrets. Borrows the trace.
class TraceValues {
 public:
  explicit TraceValues(const trace::Trace& trace);
  explicit TraceValues(trace::Trace&&) = delete;

  std::string json(const trace::Attribute& attribute);
  std::string otlp_json(const trace::Attribute& attribute);
  std::string plain_json(const trace::Attribute& attribute);
  std::string text(const trace::Attribute& attribute);
  bool is_secret(const trace::Attribute& attribute);

 private:
  enum class Verdict : std::uint8_t { unknown, harmless, secret };

  const trace::Trace& m_trace;
  // By text: keys and values repeat in each span.
  std::vector<Verdict> m_keys;
  std::vector<Verdict> m_values;
};

// The attributes as members of an object that is open. Jaeger's tags may repeat; an object's keys
// should not, and nothing may be lost: the second "k" becomes "k#2".
void write_attribute_members(JsonWriter& json, const trace::Trace& trace, trace::Range range,
                             TraceValues& values);

// The spans' resources, or their scopes, each with a number from 0 on in the order of the spans
// that are shown. Backends repeat them for each batch or even each span; here equal ones are one.
struct DistinctParts {
  // The place in the columns of each.
  std::vector<std::uint32_t> places;
  // By place in the columns; UINT32_MAX for those that no shown span has.
  std::vector<std::uint32_t> number_of;
};

// `order` has the spans by their places in the trace, as Tree::order.
DistinctParts distinct_resources(const trace::Trace& trace,
                                 const std::vector<std::uint32_t>& order);
DistinctParts distinct_scopes(const trace::Trace& trace, const std::vector<std::uint32_t>& order);

}  // namespace otelctl::report
