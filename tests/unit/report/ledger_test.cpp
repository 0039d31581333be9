// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/ledger.hpp"

#include <sstream>
#include <tuple>

#include <boost/json.hpp>
#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::report;
using namespace std::chrono_literals;
using otlp::ExportOutcome;
using synth::Ledger;

namespace {

TraceId trace_id(std::uint8_t number) {
  TraceId id;
  id.bytes.fill(0xab);
  id.bytes[15] = number;
  return id;
}

Ledger one_of_each() {
  Ledger ledger(Signal::traces, 42);
  const auto settle = [&ledger](const ExportOutcome& outcome, nanoseconds latency) {
    ledger.open(10);
    ledger.settle(10, 1500, outcome, latency);
  };
  settle({.delivered = true}, 1ms);
  settle({.delivered = true, .rejected = 3, .partial_message = "too\x1b[31mold"}, 2ms);
  settle({.error = Error{ErrorKind::unreachable, "connection refused", "start it"}, .attempts = 3},
         40ms);
  settle({.delivered = true, .partial_message = "deprecated"}, 3ms);
  ledger.add_trace(trace_id(1));
  ledger.add_trace(trace_id(2));
  ledger.set_elapsed(50ms);
  return ledger;
}

Ledger all_accepted(int traces) {
  Ledger ledger(Signal::traces, 42);
  for (int trace = 0; trace < traces; ++trace) {
    ledger.open(14);
    ledger.settle(14, 5000, {.delivered = true}, 2ms);
    ledger.add_trace(trace_id(static_cast<std::uint8_t>(trace)));
  }
  ledger.set_elapsed(4ms * traces);
  return ledger;
}

std::string text_of(const Ledger& ledger) {
  std::ostringstream out;
  write_ledger_text(out, ledger, "to http://localhost:4317 (grpc)", {});
  return out.str();
}

boost::json::object json_of(const Ledger& ledger) {
  std::ostringstream out;
  write_ledger_json(out, ledger);
  return boost::json::parse(out.str()).as_object();
}

std::vector<std::string> keys_of(const boost::json::object& object) {
  std::vector<std::string> keys;
  for (const auto& member : object) {
    keys.emplace_back(member.key());
  }
  return keys;
}

}  // namespace

TEST_CASE("one request has neither a rate nor percentiles") {
  Ledger ledger(Signal::logs, 0);
  ledger.open(1);
  ledger.settle(1, 100, {.delivered = true}, 1ms);
  ledger.set_elapsed(2ms);
  CHECK(text_of(ledger).find("1 request, 100B in 2.00ms\n") != std::string::npos);
}

TEST_CASE("the text calls records what they are of their signal") {
  for (const auto& [signal, two, rate] :
       {std::tuple{Signal::metrics, "2 data points", "data points/s"},
        std::tuple{Signal::logs, "2 log records", "log records/s"}}) {
    Ledger ledger(signal, 0);
    for (int i = 0; i < 2; ++i) {
      ledger.open(1);
      ledger.settle(1, 100, {.error = Error{ErrorKind::refused, "HTTP 401", ""}}, 1ms);
    }
    const std::string text = text_of(ledger);
    CAPTURE(text);
    CHECK(text.starts_with(std::string(two) + " to "));
    CHECK(text.find(rate) != std::string::npos);
    CHECK(text.ends_with("refused: HTTP 401 (" + std::string(two) + ")\n"));
    CHECK(text.find("span") == std::string::npos);
    CHECK(json_of(ledger).at("signal").as_string() == name_of(signal));
  }
}

TEST_CASE("a run in which everything was accepted takes two lines and its trace ids") {
  CHECK(text_of(all_accepted(2)) ==
        "2 traces, 28 spans to http://localhost:4317 (grpc): all accepted\n"
        "2 requests, 9.8KiB in 8.00ms (3500 spans/s); latency p50 2.00ms, p90 2.00ms, p99 2.00ms, "
        "max 2.00ms\n"
        "trace ababababababababababababababab00\n"
        "trace ababababababababababababababab01\n");
}

TEST_CASE("what was rejected or failed stands in the first line, with the reasons below") {
  const std::string text = text_of(one_of_each());
  CHECK(text.find("27 accepted, 3 rejected, 10 failed\n") != std::string::npos);
  CHECK(text.find("4 requests and 2 retries") != std::string::npos);
  CHECK(text.find("unreachable: connection refused (10 spans)\n") != std::string::npos);
  CHECK(text.find("warning: deprecated (1 request)\n") != std::string::npos);
}

TEST_CASE("what a server says reaches the terminal escaped") {
  CHECK(text_of(one_of_each()).find("rejected: too\\x1b[31mold (3 spans)\n") != std::string::npos);
}

TEST_CASE("of many traces the first ten are listed and the rest counted") {
  const std::string text = text_of(all_accepted(25));
  CHECK(text.find("and 15 more\n") != std::string::npos);
}

TEST_CASE("trace ids are not offered where nothing was accepted") {
  Ledger ledger(Signal::traces, 1);
  ledger.open(2);
  ledger.settle(2, 100, {.error = Error{ErrorKind::refused, "no token"}}, 1ms);
  ledger.add_trace(trace_id(1));
  CHECK(text_of(ledger).find("trace ab") == std::string::npos);
}

TEST_CASE("a run that was behind its schedule says so") {
  Ledger ledger = all_accepted(1);
  CHECK(text_of(ledger).find("behind schedule") == std::string::npos);
  ledger.note_delay(1500ms);
  CHECK(text_of(ledger).find("up to 1.50s behind schedule\n") != std::string::npos);
}

TEST_CASE("a run in which nothing was due says so") {
  CHECK(text_of(Ledger(Signal::traces, 1)) ==
        "0 spans to http://localhost:4317 (grpc): nothing was due\n");
}

TEST_CASE("the JSON has every key of otelctl.ledger/1, also when nothing was sent") {
  const std::vector<std::string> listed{
      "schema",          "signal",     "generated", "accepted",  "rejected",
      "failed",          "requests",   "retries",   "bytes",     "elapsed_ns",
      "rate_per_second", "latency_ns", "errors",    "trace_ids", "seed"};
  for (const Ledger& ledger : {one_of_each(), Ledger(Signal::traces, 1)}) {
    const auto json = json_of(ledger);
    for (const std::string& key : listed) {
      CAPTURE(key);
      REQUIRE(json.contains(key));
      CHECK_FALSE(json.at(key).is_null());
    }
    CHECK(json.at("schema") == "otelctl.ledger/1");
    CHECK(keys_of(json.at("latency_ns").as_object()) ==
          std::vector<std::string>{"p50", "p90", "p99", "max"});
  }
}

TEST_CASE("the JSON holds the ledger's figures") {
  const auto json = json_of(one_of_each());
  CHECK(json.at("signal") == "traces");
  CHECK(json.at("generated") == 40);
  CHECK(json.at("accepted") == 27);
  CHECK(json.at("rejected") == 3);
  CHECK(json.at("failed") == 10);
  CHECK(json.at("requests") == 4);
  CHECK(json.at("retries") == 2);
  CHECK(json.at("bytes") == 6000);
  CHECK(json.at("elapsed_ns") == 50'000'000);
  CHECK(json.at("rate_per_second").to_number<double>() == doctest::Approx(800.0));
  CHECK(json.at("latency_ns").at("max") == 40'000'000);
  CHECK(json.at("seed") == 42);
  const auto& error = json.at("errors").at(0).as_object();
  CHECK(error.at("kind") == "unreachable");
  CHECK(error.at("message") == "connection refused");
  CHECK(error.at("count") == 10);
  CHECK(json.at("trace_ids").at(1) == "ababababababababababababababab02");
}

TEST_CASE("the latency's buckets add up to the requests, so that ledgers can be merged") {
  const auto json = json_of(one_of_each());
  std::int64_t count = 0;
  std::int64_t before = -1;
  for (const auto& bucket : json.at("latency_buckets").as_array()) {
    CHECK(bucket.at("up_to_ns").as_int64() > before);
    before = bucket.at("up_to_ns").as_int64();
    count += bucket.at("count").as_int64();
  }
  CHECK(count == 4);
}
