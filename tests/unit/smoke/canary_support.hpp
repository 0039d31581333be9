// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "base/random.hpp"
#include "otlp/json_codec.hpp"
#include "query/json_events.hpp"
#include "query/otlp_json.hpp"
#include "smoke/canary.hpp"
#include "tests/support/make_trace.hpp"
#include "trace/builder.hpp"

namespace otelctl::test {

inline smoke::Canary canary() {
  SeededRandom random(3);
  settings::OtlpSettings settings;
  settings.resource_attributes.push_back({"deployment.environment.name", "ci", false});
  return smoke::make_canary(settings, random, Time{nanoseconds{k_zero}}).value();
}

inline std::string json_of(const smoke::Canary& canary) {
  return otlp::payload_to_json(Signal::traces, canary.request.payload).value();
}

inline trace::Trace read_otlp(std::string_view json) {
  trace::TraceBuilder builder;
  query::OtlpJsonReader reader(builder);
  query::JsonFeed feed(reader);
  REQUIRE(feed.feed(json).has_value());
  REQUIRE(feed.finish().has_value());
  auto traces = builder.finish();
  REQUIRE(traces.size() == 1);
  return std::move(traces.front());
}

// The canary as it comes back when the text `from` of it has become `to`, wherever it stands.
inline trace::Trace altered(const smoke::Canary& canary, std::string_view from,
                            std::string_view to) {
  std::string json = json_of(canary);
  std::size_t count = 0;
  for (auto place = json.find(from); place != std::string::npos;
       place = json.find(from, place + to.size())) {
    json.replace(place, from.size(), to);
    ++count;
  }
  REQUIRE(count > 0);
  return read_otlp(json);
}

// The canary without the spans for which `is_lost` is true.
inline trace::Trace without(const smoke::Canary& canary,
                            const std::function<bool(const boost::json::object&)>& is_lost) {
  auto document = boost::json::parse(json_of(canary));
  for (auto& resource : document.at("resourceSpans").as_array()) {
    auto& spans = resource.at("scopeSpans").as_array()[0].at("spans").as_array();
    boost::json::array kept;
    for (const auto& span : spans) {
      if (!is_lost(span.as_object())) {
        kept.push_back(span);
      }
    }
    spans = kept;
  }
  return read_otlp(boost::json::serialize(document));
}

}  // namespace otelctl::test
