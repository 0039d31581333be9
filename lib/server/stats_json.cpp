// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/stats_json.hpp"

#include <sstream>
#include <string_view>
#include <utility>

#include "base/json_writer.hpp"

namespace otelctl::server {
namespace {

void write_counts(JsonWriter& json, std::string_view name, const ItemCounts& counts) {
  json.key(name).begin_object();
  json.member("requests", counts.requests).member("accepted", counts.accepted);
  json.member("rejected", counts.rejected).end_object();
}

// Named as --fault names them.
void write_faults(JsonWriter& json, const FaultCounts& faults) {
  json.key("faults").begin_object();
  json.member("429", faults.too_many).member("unavailable", faults.unavailable);
  json.member("partial", faults.partial).member("slow", faults.slow).member("reset", faults.reset);
  json.member("drop_connection", faults.dropped_connections);
  json.member("abandoned", faults.abandoned).end_object();
}

}  // namespace

std::string stats_json(const Stats& stats) {
  std::ostringstream out;
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.stats/1");
  json.key("traces").begin_object();
  json.member("requests", stats.traces.requests).member("accepted", stats.traces.accepted);
  json.member("rejected", stats.traces.rejected).member("held", stats.traces.held);
  json.member("evicted", stats.traces.evicted).end_object();
  write_counts(json, "metrics", stats.metrics);
  write_counts(json, "logs", stats.logs);
  json.key("memory").begin_object();
  json.member("used_bytes", stats.memory).member("max_bytes", stats.max_memory).end_object();
  json.key("recording").begin_object().member("ok", stats.recording.ok);
  json.member("message", stats.recording.message).member("requests", stats.recording.requests);
  json.end_object();
  write_faults(json, stats.faults);
  json.end_object();
  return std::move(out).str();
}

}  // namespace otelctl::server
