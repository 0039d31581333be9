// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"
#include "report/ledger.hpp"
#include "report/probe.hpp"
#include "report/smoke.hpp"

namespace otelctl::report {

void write_smoke_json(std::ostream& out, const smoke::SmokeReport& report, int exit_code) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.smoke/1");
  write_probe_members(json, report.probe);
  json.key("backend").begin_object();
  json.member("kind", report.backend.kind).member("dialect", report.backend.dialect);
  json.member("url", report.backend.url).end_object();
  json.key("ledger").begin_object();
  write_ledger_members(json, report.ledger);
  json.end_object().key("round_trip").begin_object();
  json.member("accepted_ns", report.round_trip.accepted.count());
  json.member("visible_ns", report.round_trip.visible.count());
  json.member("attempts", report.round_trip.attempts).end_object();
  json.key("differences").begin_array();
  for (const smoke::Difference& difference : report.differences) {
    json.begin_object().member("path", difference.path).member("sent", difference.sent);
    json.member("got", difference.got).end_object();
  }
  json.end_array();
  write_probe_result(json, report.probe, exit_code);
  json.end_object();
}

}  // namespace otelctl::report
