// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/ledger_reader.hpp"

#include <sstream>
#include <string>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "base/random.hpp"
#include "report/ledger.hpp"

using namespace otelctl;
using namespace otelctl::report;
using namespace std::chrono_literals;
using synth::Ledger;

namespace {

Ledger a_ledger(std::uint64_t seed) {
  Ledger ledger(Signal::traces, seed);
  SeededRandom random(seed);
  for (int request = 0; request < 200; ++request) {
    otlp::ExportOutcome outcome;
    outcome.delivered = random.next() % 3 != 0;
    outcome.rejected = static_cast<std::int64_t>(random.next() % 5);
    outcome.partial_message = "too old";
    outcome.attempts = 1 + static_cast<int>(random.next() % 3);
    if (!outcome.delivered) {
      outcome.error = Error{ErrorKind::unreachable, "refused"};
    }
    ledger.open(14);
    ledger.settle(14, 5000, outcome,
                  nanoseconds{static_cast<std::int64_t>(random.next() % 1'000'000'000)});
    ledger.add_trace(random.trace_id());
  }
  ledger.note_delay(nanoseconds{static_cast<std::int64_t>(random.next() % 1'000'000)});
  ledger.set_elapsed(std::chrono::seconds(1 + seed));
  return ledger;
}

std::string json_of(const Ledger& ledger) {
  std::ostringstream out;
  write_ledger_json(out, ledger);
  return out.str();
}

// The ledger's JSON with one member changed.
std::string changed(std::string_view name, const boost::json::value& value) {
  auto ledger = boost::json::parse(json_of(a_ledger(1))).as_object();
  ledger[{name.data(), name.size()}] = value;
  return boost::json::serialize(ledger);
}

std::string error_of(std::string_view text) {
  const auto ledgers = read_ledgers_json(text);
  REQUIRE_FALSE(ledgers);
  CHECK(ledgers.error().kind == ErrorKind::usage);
  return ledgers.error().message;
}

}  // namespace

TEST_CASE("what was written is read back the same") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::string written = json_of(a_ledger(seed));
    const auto ledgers = read_ledgers_json(written);
    REQUIRE(ledgers);
    REQUIRE(ledgers->size() == 1);
    CHECK(json_of(ledgers->front()) == written);
  }
}

TEST_CASE("ledgers that were added up from their JSON are those that were added up before") {
  Ledger sum = a_ledger(1);
  sum.merge(a_ledger(2));
  auto ledgers = read_ledgers_json(json_of(a_ledger(1)) + json_of(a_ledger(2)));
  REQUIRE(ledgers);
  REQUIRE(ledgers->size() == 2);
  (*ledgers)[0].merge((*ledgers)[1]);
  CHECK(json_of((*ledgers)[0]) == json_of(sum));
}

TEST_CASE("a ledger is found among other lines") {
  const auto ledgers = read_ledgers_json("otelctl: note: shard 0/2\n\n" + json_of(a_ledger(1)) +
                                         "\notelctl: send-spans: {refused}\nhint: start it\n" +
                                         json_of(a_ledger(2)) + "\n[");
  REQUIRE(ledgers);
  CHECK(ledgers->size() == 2);
}

TEST_CASE("what is no ledger is refused") {
  CHECK(error_of("") == "there is no ledger in it");
  CHECK(error_of("[]\n7\n\"text\"") == "there is no ledger in it");
  CHECK(error_of("{\"schema\": ") == "it is not JSON, or cut short");
  CHECK(error_of("{schema}") == "it is not JSON, or cut short");
  CHECK(error_of("{}").find("its schema is not otelctl.ledger/1") != std::string::npos);
  CHECK(error_of(R"({"schema": "otelctl.traces/1"})").find("its schema is not") !=
        std::string::npos);
  CHECK(error_of(R"({"schema": "otelctl.ledger/1"})") == "signal is not a text");
  std::string deep = "{\"schema\":";
  deep.append(1'000'000, '[');
  CHECK(error_of(deep) == "it is not JSON, or cut short");
}

TEST_CASE("figures that are no counts are refused with their names") {
  CHECK(error_of(changed("generated", -1)).starts_with("generated is not a whole number"));
  CHECK(error_of(changed("accepted", 1.5)).starts_with("accepted is not"));
  CHECK(error_of(changed("bytes", "12")).starts_with("bytes is not"));
  CHECK(error_of(changed("retries", nullptr)).starts_with("retries is not"));
  CHECK(error_of(changed("requests", 18'446'744'073'709'551'615U)).starts_with("requests is not"));
  CHECK(error_of(changed("failed", std::int64_t{1} << 60)).starts_with("failed is not"));
  CHECK(error_of(changed("elapsed_ns", -5)).starts_with("elapsed_ns is not"));
  CHECK(error_of(changed("signal", "spans")) == "signal is not traces, metrics or logs");
  CHECK(error_of(changed("errors", 5)) == "errors is not an array");
  CHECK(error_of(changed("errors", {5})) == "errors holds something that is not an object");
  CHECK(error_of(changed("warnings", {{{"message", "x"}, {"count", -1}}}))
            .starts_with("warnings: count is not"));
  CHECK(error_of(changed("trace_ids", {"xyz"})) ==
        "trace_ids holds something that is not a trace id");
  CHECK(error_of(changed("latency_ns", 5)) == "latency_ns is not an object");
}

TEST_CASE("a ledger that does not balance is refused with its figures") {
  const std::string generated = error_of(changed("generated", 2801));
  CHECK(generated.starts_with("it does not balance: 2801 generated, but "));
  CHECK(generated.ends_with(" = 2800"));
  CHECK(error_of(changed("errors", boost::json::array{}))
            .ends_with("rejected + " + std::to_string(a_ledger(1).failed()) +
                       " failed, but the errors count 0"));
  CHECK(error_of(changed("requests", 5)) ==
        "it does not balance: 5 requests, but latency_buckets count 200");
}

TEST_CASE("buckets that are not a ledger's are refused") {
  const std::string message = "latency_buckets and latency_ns.max do not fit together";
  const auto bucket = [](std::int64_t upper, std::int64_t count) {
    return boost::json::value{{"up_to_ns", upper}, {"count", count}};
  };
  // 1000 is not the bound of one; they are not in order; one is empty.
  CHECK(error_of(changed("latency_buckets", boost::json::array{bucket(1000, 200)})) == message);
  CHECK(error_of(changed("latency_buckets",
                         boost::json::array{bucket(100, 100), bucket(99, 100)})) == message);
  CHECK(error_of(changed("latency_buckets", boost::json::array{bucket(100, 0)})) == message);
  CHECK(error_of(changed("latency_buckets", boost::json::array{bucket(100, 200)})) == message);
  boost::json::array many;
  for (int number = 0; number < 5000; ++number) {
    many.push_back(bucket(number, std::int64_t{1} << 53));
  }
  CHECK(error_of(changed("latency_buckets", many)) ==
        "latency_buckets count more than any run has");
}

TEST_CASE("no bytes make the reader fail otherwise than with an error") {
  SeededRandom random(5);
  const std::string written = json_of(a_ledger(3));
  for (int round = 0; round < 3000; ++round) {
    std::string text = written;
    for (std::uint64_t change = 0; change < 1 + random.next() % 4; ++change) {
      text[random.next() % text.size()] = static_cast<char>(random.next() % 256);
    }
    text.resize(random.next() % 8 == 0 ? random.next() % text.size() : text.size());
    const auto ledgers = read_ledgers_json(text);
    if (ledgers) {
      CHECK(ledgers->front().in_flight() == 0);
    }
  }
}
