// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/ledger.hpp"

namespace otelctl::report {

void write_ledger_members(JsonWriter& json, const synth::Ledger& ledger) {
  json.member("signal", name_of(ledger.signal()))
      .member("generated", ledger.generated())
      .member("accepted", ledger.accepted())
      .member("rejected", ledger.rejected())
      .member("failed", ledger.failed())
      .member("requests", ledger.requests())
      .member("retries", ledger.retries())
      .member("bytes", ledger.bytes())
      .member("elapsed_ns", ledger.elapsed().count())
      .member("rate_per_second", ledger.rate_per_second());
  const synth::Histogram& latency = ledger.latency();
  json.key("latency_ns")
      .begin_object()
      .member("p50", latency.percentile(50).count())
      .member("p90", latency.percentile(90).count())
      .member("p99", latency.percentile(99).count())
      .member("max", latency.max().count())
      .end_object();
  json.key("errors").begin_array();
  for (const synth::LedgerError& error : ledger.errors()) {
    json.begin_object()
        .member("kind", error.kind)
        .member("message", error.message)
        .member("count", error.count)
        .end_object();
  }
  json.end_array().key("trace_ids").begin_array();
  for (const TraceId& id : ledger.trace_ids()) {
    json.value(to_hex(id));
  }
  json.end_array().member("seed", ledger.seed());
  json.key("warnings").begin_array();
  for (const synth::LedgerWarning& warning : ledger.warnings()) {
    json.begin_object()
        .member("message", warning.message)
        .member("count", warning.count)
        .end_object();
  }
  json.end_array().member("behind_ns", ledger.behind().count());
  if (ledger.is_cut_short()) {
    json.member("cut_short", true);
  }
  json.key("latency_buckets").begin_array();
  for (const synth::Histogram::Bucket& bucket : latency.buckets()) {
    json.begin_object()
        .member("up_to_ns", bucket.upper.count())
        .member("count", bucket.count)
        .end_object();
  }
  json.end_array();
}

void write_ledger_json(std::ostream& out, const synth::Ledger& ledger) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.ledger/1");
  write_ledger_members(json, ledger);
  json.end_object();
}

}  // namespace otelctl::report
