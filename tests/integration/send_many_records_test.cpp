// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// send-metrics and send-logs with many records: what the ledger says is what the server counted.
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "base/text.hpp"
#include "server/server.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using test::TestRun;

namespace {

const SystemClock k_clock;

std::unique_ptr<server::Server> start_server() {
  auto server = server::Server::start(server::ServerOptions::on_free_ports(), k_clock);
  REQUIRE(server);
  return std::move(*server);
}

std::vector<std::string> with(std::vector<std::string> args, const std::vector<std::string>& more) {
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

std::vector<std::string> to(const server::Server& server, const std::string& protocol) {
  const std::string address = protocol == "grpc" ? server.grpc_address() : server.http_address();
  return {"--endpoint", "http://" + address, "--protocol", protocol, "--format", "json"};
}

boost::json::object ledger_of(const TestRun& run) {
  CAPTURE(run.err());
  const auto ledger = boost::json::parse(run.out()).as_object();
  CHECK(ledger.at("generated").as_int64() == ledger.at("accepted").as_int64() +
                                                 ledger.at("rejected").as_int64() +
                                                 ledger.at("failed").as_int64());
  return ledger;
}

// What a dry run writes, a request a line.
std::vector<boost::json::value> requests_of(const std::vector<std::string>& args) {
  const TestRun run(with(args, {"--dry-run"}));
  CHECK(run.status() == 0);
  CHECK(run.err() == "");
  std::vector<boost::json::value> requests;
  const std::string out = run.out();
  for (const std::string_view line : split(out, '\n')) {
    if (!line.empty()) {
      requests.push_back(boost::json::parse(std::string(line)));
    }
  }
  return requests;
}

// The values of all members of that name, wherever they stand, those of the first documents first.
std::vector<std::string> members_of(const std::vector<boost::json::value>& documents,
                                    std::string_view name) {
  std::vector<std::string> values;
  std::vector<const boost::json::value*> left;
  for (auto document = documents.rbegin(); document != documents.rend(); ++document) {
    left.push_back(&*document);
  }
  while (!left.empty()) {
    const boost::json::value& value = *left.back();
    left.pop_back();
    if (const auto* array = value.if_array()) {
      for (const auto& item : *array) {
        left.push_back(&item);
      }
    } else if (const auto* object = value.if_object()) {
      for (const auto& [key, member] : *object) {
        if (key == name) {
          values.push_back(member.is_string() ? std::string(member.as_string())
                                              : boost::json::serialize(member));
        }
        left.push_back(&member);
      }
    }
  }
  return values;
}

std::set<std::string> set_of(const std::vector<std::string>& values) {
  return {values.begin(), values.end()};
}

}  // namespace

TEST_CASE("every record of a scenario arrives once, by every protocol") {
  for (const std::string protocol : {"grpc", "http/protobuf", "http/json"}) {
    for (const std::string compression : {"none", "gzip"}) {
      CAPTURE(protocol);
      const auto server = start_server();
      const auto load = with(to(*server, protocol), {"--scenario", "kinds", "--count", "5000",
                                                     "--seed", "7", "--compression", compression});
      const TestRun metrics(with({"send-metrics"}, load));
      CHECK(metrics.status() == 0);
      const auto points = ledger_of(metrics);
      CHECK(points.at("signal") == "metrics");
      CHECK(points.at("accepted") == 5000);
      CHECK(points.at("seed") == 7);
      CHECK(server->stats().metrics.accepted == 5000);
      CHECK(server->stats().metrics.requests == points.at("requests").to_number<std::uint64_t>());

      const TestRun logs(with({"send-logs"}, load));
      CHECK(logs.status() == 0);
      const auto records = ledger_of(logs);
      CHECK(records.at("signal") == "logs");
      CHECK(records.at("accepted") == 5000);
      CHECK(server->stats().logs.accepted == 5000);
      CHECK(server->stats().logs.requests == records.at("requests").to_number<std::uint64_t>());
      CHECK(server->stats().traces.accepted == 0);
    }
  }
}

TEST_CASE("one record is sent as often as it is asked for") {
  const auto server = start_server();
  const TestRun logs(with({"send-logs", "--body", "hello", "--count", "1000", "--rate", "100000"},
                          to(*server, "grpc")));
  CHECK(logs.status() == 0);
  CHECK(ledger_of(logs).at("accepted") == 1000);
  CHECK(server->stats().logs.accepted == 1000);
  const TestRun metrics(with({"send-metrics", "--count", "1000"}, to(*server, "http/protobuf")));
  CHECK(metrics.status() == 0);
  CHECK(server->stats().metrics.accepted == 1000);
}

TEST_CASE("without a number a scenario's records are sent once") {
  const auto server = start_server();
  const TestRun metrics(with({"send-metrics", "--scenario", "agentproxy"}, to(*server, "grpc")));
  CHECK(metrics.status() == 0);
  CHECK(ledger_of(metrics).at("accepted") == server->stats().metrics.accepted);
  const auto names =
      set_of(members_of(requests_of({"send-metrics", "--scenario", "agentproxy"}), "name"));
  for (const char* name : {"agentproxy.tasks.started", "agentproxy.verifications",
                           "agentproxy.task.duration", "agentproxy.sessions.active"}) {
    CHECK(names.contains(name));
  }
}

TEST_CASE("shards together send what one process would") {
  const std::vector<std::string> run{
      "send-metrics", "--scenario",           "kinds",   "--count", "1000", "--seed", "3",
      "--time",       "2026-08-20T10:00:00Z", "--batch", "50"};
  const auto points_of = [](const std::vector<boost::json::value>& requests) {
    std::multiset<std::string> points;
    for (const std::string& list : members_of(requests, "dataPoints")) {
      const boost::json::value points_here = boost::json::parse(list);
      for (const auto& point : points_here.as_array()) {
        points.insert(boost::json::serialize(point));
      }
    }
    return points;
  };
  const auto whole = points_of(requests_of(run));
  CHECK(whole.size() == 1000);
  std::multiset<std::string> parts;
  for (const char* shard : {"0/3", "1/3", "2/3"}) {
    parts.merge(points_of(requests_of(with(run, {"--shard", shard}))));
  }
  CHECK(parts == whole);
}

TEST_CASE("exemplars and log records point to traces of the same seed") {
  const std::vector<std::string> options{"--scenario", "kinds", "--seed", "11"};
  const auto spans = requests_of(with({"send-spans", "--traces", "20"}, options));
  const auto trace_ids = set_of(members_of(spans, "traceId"));
  const auto span_ids = set_of(members_of(spans, "spanId"));
  CHECK(trace_ids.size() == 20);
  for (const auto& [command, records] : {std::pair{"send-metrics", "500"}, {"send-logs", "180"}}) {
    CAPTURE(command);
    const auto requests = requests_of(with({command, "--count", records}, options));
    const auto traces_here = members_of(requests, "traceId");
    CHECK(traces_here.size() > 100);
    for (const std::string& id : traces_here) {
      CHECK(trace_ids.contains(id));
    }
    for (const std::string& id : members_of(requests, "spanId")) {
      CHECK(span_ids.contains(id));
    }
  }
}

TEST_CASE("with a rate each record has its own time, and a counter grows from one start") {
  const auto requests =
      requests_of({"send-metrics", "--kind", "counter", "--value", "3", "--count", "5", "--rate",
                   "10", "--time", "2026-08-20T10:00:00Z", "--start", "2026-08-20T09:00:00Z"});
  CHECK(set_of(members_of(requests, "asInt")) == std::set<std::string>{"3", "6", "9", "12", "15"});
  CHECK(set_of(members_of(requests, "startTimeUnixNano")) ==
        std::set<std::string>{"1787216400000000000"});
  const auto times = set_of(members_of(requests, "timeUnixNano"));
  CHECK(times.size() == 5);
  CHECK(*times.begin() == "1787220000000000000");
  CHECK(*times.rbegin() == "1787220000400000000");
}

TEST_CASE("the intervals of delta points touch and never overlap") {
  const auto requests = requests_of({"send-metrics", "--scenario", "kinds", "--count", "1000",
                                     "--rate", "777", "--time", "2026-08-20T10:00:00Z"});
  // By series: where the last interval ended.
  std::map<std::string, std::int64_t> ends;
  std::size_t touching = 0;
  for (const std::string& list : members_of(requests, "metrics")) {
    const boost::json::value metrics = boost::json::parse(list);
    for (const auto& metric : metrics.as_array()) {
      if (metric.at("name") != "kinds.counter.int.delta") {
        continue;
      }
      for (const auto& point : metric.at("sum").at("dataPoints").as_array()) {
        const std::string series = boost::json::serialize(point.at("attributes"));
        const std::int64_t start = std::stoll(point.at("startTimeUnixNano").as_string().c_str());
        if (const auto last = ends.find(series); last != ends.end()) {
          CHECK(start >= last->second);
          CHECK(start <= last->second + 1);
          ++touching;
        }
        ends[series] = std::stoll(point.at("timeUnixNano").as_string().c_str());
      }
    }
  }
  CHECK(ends.size() == 2);
  CHECK(touching > 50);
}
