// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What send-spans sent to the embedded backend is what show-traces and show-trace read from it.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "query/backend.hpp"
#include "query/http_api.hpp"
#include "query/jaeger_json.hpp"
#include "query/otlp_json.hpp"
#include "server/server.hpp"
#include "settings/query_settings.hpp"
#include "tests/support/test_context.hpp"
#include "trace/tree.hpp"
#include "trace/value_json.hpp"

using namespace otelctl;
using test::TestRun;
namespace json = boost::json;

namespace {

const SystemClock k_clock;

// The embedded backend with some traces of a scenario in it.
class Served {
 public:
  explicit Served(const std::string& scenario, int traces)
      : m_server(server::Server::start(server::ServerOptions::on_free_ports(), k_clock).value()) {
    if (traces == 0) {
      return;
    }
    const TestRun sent({"send-spans", "--endpoint", "http://" + m_server->grpc_address(),
                        "--protocol", "grpc", "--scenario", scenario, "--traces",
                        std::to_string(traces), "--format", "json"});
    CAPTURE(sent.err());
    REQUIRE(sent.status() == 0);
    m_ledger = json::parse(sent.out()).as_object();
  }

  TestRun run(std::vector<std::string> args) const {
    args.push_back("--backend");
    args.push_back(url());
    return TestRun(args);
  }

  std::string url() const { return "http://" + m_server->query_address(); }
  const json::object& ledger() const { return m_ledger; }

 private:
  std::unique_ptr<server::Server> m_server;
  json::object m_ledger;
};

std::string text_of(const json::value& value) {
  return std::string(value.as_string());
}

json::object parse(const TestRun& run) {
  CAPTURE(run.err());
  CAPTURE(run.out());
  REQUIRE(run.status() == 0);
  return json::parse(run.out()).as_object();
}

std::vector<std::string> ids_of(const json::value& traces) {
  std::vector<std::string> ids;
  for (const json::value& trace : traces.as_array()) {
    ids.push_back(text_of(trace.at("trace_id")));
  }
  return ids;
}

template <typename Reader>
trace::Trace fetch(const Served& served, const std::string& path) {
  settings::QueryFlags flags;
  flags.backend = served.url();
  query::HttpApi api(settings::resolve_query(flags, Environment()).value(), "the test's API");
  trace::TraceBuilder builder;
  Reader reader(builder);
  query::JsonFeed feed(reader);
  const auto answer = api.stream(path, {}, {feed});
  REQUIRE(answer.has_value());
  CHECK(answer->is_json(200));
  auto traces = builder.finish();
  REQUIRE(traces.size() == 1);
  return std::move(traces.front());
}

std::vector<std::string> described(const trace::Trace& trace) {
  std::vector<std::string> lines;
  for (const trace::Span& span : trace.spans) {
    std::string line = to_hex(span.id) + " < " + to_hex(span.parent_id) + " " +
                       std::string(trace.service(span)) + ": " +
                       std::string(trace.text(span.name)) + " " + std::string(name_of(span.kind)) +
                       " " + std::string(name_of(span.status));
    std::vector<std::string> attributes;
    for (const trace::Attribute& attribute : trace.attributes(span.attributes)) {
      std::string value = trace::value_json(trace.columns->texts, attribute.value);
      // Jaeger's own JSON has no arrays: they are text there.
      if (attribute.value.type() == trace::ValueType::array) {
        value = to_json_string(value);
      }
      attributes.push_back(" " + std::string(trace.text(attribute.key)) + "=" + value);
    }
    std::sort(attributes.begin(), attributes.end());
    for (const std::string& attribute : attributes) {
      line += attribute;
    }
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

TEST_CASE("the traces that were sent are listed, the newest first") {
  const Served served("agentmap", 3);
  const json::object list = parse(served.run({"show-traces", "--last", "10", "--format", "json"}));
  CHECK(list.at("schema") == "otelctl.traces/1");
  CHECK(list.at("backend").at("kind") == "jaeger");
  CHECK(list.at("backend").at("dialect") == "v3");
  CHECK(text_of(list.at("backend").at("url")) == served.url());
  CHECK(list.at("truncated") == false);
  auto ids = ids_of(list.at("traces"));
  auto sent = served.ledger().at("trace_ids").as_array();
  std::vector<std::string> expected;
  for (const json::value& id : sent) {
    expected.push_back(text_of(id));
  }
  std::vector<std::string> starts;
  std::int64_t spans = 0;
  for (const json::value& trace : list.at("traces").as_array()) {
    starts.push_back(text_of(trace.at("start")));
    spans += trace.at("span_count").as_int64();
  }
  CHECK(std::is_sorted(starts.rbegin(), starts.rend()));
  CHECK(spans == served.ledger().at("accepted").as_int64());
  std::sort(ids.begin(), ids.end());
  std::sort(expected.begin(), expected.end());
  CHECK(ids == expected);
}

TEST_CASE("a trace is shown by its id, by the beginning of its id and as the last one") {
  const Served served("agentmap", 1);
  const std::string id(served.ledger().at("trace_ids").as_array().front().as_string());
  const json::object whole = parse(served.run({"show-trace", id, "--format", "json"}));
  CHECK(whole.at("schema") == "otelctl.trace/1");
  CHECK(text_of(whole.at("trace_id")) == id);
  CHECK(whole.at("spans").as_array().size() ==
        static_cast<std::size_t>(served.ledger().at("accepted").as_int64()));
  CHECK(whole.at("spans").as_array().front().at("depth") == 0);
  for (const std::string& name :
       {std::string("last"), id.substr(0, 8), served.url() + "/trace/" + id,
        "00-" + id + "-0123456789abcdef-01"}) {
    CAPTURE(name);
    CHECK(text_of(parse(served.run({"show-trace", name, "--format", "json"})).at("trace_id")) ==
          id);
  }
}

TEST_CASE("the waterfall has a line for each span or group of them") {
  const Served served("agentmap", 1);
  const TestRun run = served.run({"show-trace", "last"});
  CAPTURE(run.err());
  CHECK(run.status() == 0);
  CHECK(run.out().find("http.workflow.run") != std::string::npos);
  CHECK(run.out().find("DURATION") != std::string::npos);
  CHECK(run.out().find("warning:") == std::string::npos);
}

TEST_CASE("both dialects of the embedded backend give the same trace") {
  const Served served("agentmap", 1);
  const std::string id(served.ledger().at("trace_ids").as_array().front().as_string());
  const auto v3 = fetch<query::OtlpJsonReader>(served, "/api/v3/traces/" + id);
  const auto legacy = fetch<query::JaegerJsonReader>(served, "/api/traces/" + id);
  const auto of_v3 = described(v3);
  const auto of_legacy = described(legacy);
  REQUIRE(of_v3.size() == of_legacy.size());
  for (std::size_t index = 0; index < of_v3.size(); ++index) {
    CHECK(of_v3[index] == of_legacy[index]);
  }
}

TEST_CASE("Tempo's API of the embedded backend gives the same traces as Jaeger's") {
  const Served served("agentmap", 3);
  const auto list = [&](const char* kind) {
    return parse(served.run({"show-traces", "--backend-kind", kind, "--format", "json"}));
  };
  const json::object jaeger = list("jaeger");
  const json::object tempo = list("tempo");
  CHECK(tempo.at("backend").at("kind") == "tempo");
  CHECK(ids_of(tempo.at("traces")) == ids_of(jaeger.at("traces")));
  const json::value& one = jaeger.at("traces").at(0);
  const json::value& other = tempo.at("traces").at(0);
  for (const char* key :
       {"root_service", "root_name", "start", "span_count", "error_count", "services"}) {
    CAPTURE(key);
    CHECK(one.at(key) == other.at(key));
  }
  // Whole milliseconds are all that Tempo tells in its list.
  CHECK(one.at("duration_ns").as_int64() / 1'000'000 ==
        other.at("duration_ns").as_int64() / 1'000'000);

  json::object of_jaeger =
      parse(served.run({"show-trace", "last", "--backend-kind", "jaeger", "--format", "json"}));
  json::object of_tempo =
      parse(served.run({"show-trace", "last", "--backend-kind", "tempo", "--format", "json"}));
  of_jaeger.erase("backend");
  of_tempo.erase("backend");
  CHECK(json::value(of_jaeger) == json::value(of_tempo));
}

TEST_CASE("Zipkin's API of the embedded backend gives the same traces, but for what Zipkin loses") {
  const Served served("agentmap", 3);
  const auto list = [&](const char* kind) {
    return parse(served.run({"show-traces", "--backend-kind", kind, "--format", "json"}));
  };
  const json::object zipkin = list("zipkin");
  CHECK(zipkin.at("backend").at("kind") == "zipkin");
  CHECK(ids_of(zipkin.at("traces")) == ids_of(list("jaeger").at("traces")));

  const auto trace = [&](const char* kind) {
    return parse(served.run({"show-trace", "last", "--backend-kind", kind, "--format", "json"}))
        .at("spans")
        .as_array();
  };
  const json::array of_jaeger = trace("jaeger");
  const json::array of_zipkin = trace("zipkin");
  REQUIRE(of_jaeger.size() == of_zipkin.size());
  // Lost are nanoseconds, capital letters in names, the types of attributes, and which of them
  // were the resource's.
  const auto by_id = [](const json::array& spans, const json::value& id) {
    return *std::find_if(spans.begin(), spans.end(),
                         [&](const json::value& span) { return span.at("span_id") == id; });
  };
  for (const json::value& span : of_jaeger) {
    const json::value other = by_id(of_zipkin, span.at("span_id"));
    for (const char* key : {"parent_span_id", "kind", "status", "status_message", "depth"}) {
      CAPTURE(key);
      CHECK(span.at(key) == other.at(key));
    }
    CHECK(to_lower(text_of(span.at("name"))) == text_of(other.at("name")));
    CHECK(to_lower(text_of(span.at("service"))) == text_of(other.at("service")));
    CHECK(span.at("events").as_array().size() == other.at("events").as_array().size());
    CHECK(span.at("links").as_array().size() == other.at("links").as_array().size());
    for (const auto& [key, value] : span.at("attributes").as_object()) {
      CHECK(other.at("attributes").as_object().contains(key));
    }
  }
}

TEST_CASE("the same filters find the same traces by every API of the embedded backend") {
  const Served served("agentmap", 8);
  const std::vector<std::vector<std::string>> filters = {{"--errors"},
                                                         {"--min-duration", "1ms"},
                                                         {"--max-duration", "1s"},
                                                         {"--tag", "error=true"},
                                                         {"--operation", "http.workflow.run"},
                                                         {"--operation", "nothing of that name"}};
  for (const auto& filter : filters) {
    CAPTURE(filter.front());
    std::vector<std::vector<std::string>> found;
    for (const char* kind : {"jaeger", "tempo", "zipkin"}) {
      std::vector<std::string> args = {"show-traces", "--backend-kind", kind, "--format", "json"};
      args.insert(args.end(), filter.begin(), filter.end());
      found.push_back(ids_of(parse(served.run(args)).at("traces")));
    }
    CHECK(found[0] == found[1]);
    CHECK(found[0] == found[2]);
  }
}

TEST_CASE("a trace that is not there ends with 6, in text and in JSON") {
  const Served served("simple", 1);
  const TestRun text = served.run({"show-trace", "0af7651916cd43dd8448eb211c80319c"});
  CHECK(text.status() == 6);
  CHECK(text.err() ==
        "otelctl: the backend has no trace 0af7651916cd43dd8448eb211c80319c\n"
        "hint: a new trace takes some seconds to show up; 'otelctl show-traces' lists those that "
        "are there\n");
  const TestRun run =
      served.run({"show-trace", "0af7651916cd43dd8448eb211c80319c", "--format", "json"});
  CHECK(run.status() == 6);
  CHECK(json::parse(run.out()).at("schema") == "otelctl.error/1");
}

TEST_CASE("an empty backend is no error and says why") {
  const Served served("simple", 0);
  const TestRun run = served.run({"show-traces"});
  CHECK(run.status() == 0);
  CHECK(run.out().empty());
  CHECK(run.err().find("holds no traces") != std::string::npos);
  const json::object list = parse(served.run({"show-traces", "--format", "json"}));
  CHECK(list.at("traces").as_array().empty());
  CHECK(list.at("notes").as_array().size() == 1);
  const TestRun required = served.run({"show-traces", "--require", "1"});
  CHECK(required.status() == 6);
  const TestRun last = served.run({"show-trace", "last"});
  CHECK(last.status() == 6);
}

TEST_CASE("filters work on the embedded backend") {
  const Served served("agentmap", 2);
  const json::object all = parse(served.run({"show-traces", "--format", "json"}));
  const std::string service(
      all.at("traces").as_array().front().at("services").as_array().front().at("name").as_string());
  const auto count = [&](std::vector<std::string> args) {
    args.insert(args.begin(), "show-traces");
    args.insert(args.end(), {"--format", "json"});
    return parse(served.run(args)).at("traces").as_array().size();
  };
  CHECK(count({"--service", service}) == 2);
  CHECK(count({"--service", service, "--last", "1"}) == 1);
  CHECK(count({"--service", "no such service"}) == 0);
  CHECK(count({"--operation", "http.workflow.run"}) == 2);
  CHECK(count({"--operation", "no such operation"}) == 0);
  CHECK(count({"--tag", "no.such.key=1"}) == 0);
  CHECK(count({"--min-duration", "10h"}) == 0);
  CHECK(count({"--max-duration", "10h"}) == 2);
  CHECK(count({"--sort", "duration"}) == 2);
  const TestRun unknown = served.run({"show-traces", "--service", service + "x"});
  CHECK(unknown.status() == 0);
  CHECK(unknown.err().find("did you mean '" + service + "'?") != std::string::npos);
}

TEST_CASE("lists come in every format") {
  const Served served("simple", 2);
  const TestRun ids = served.run({"show-traces", "--format", "ids"});
  CHECK(ids.out().size() == 66);
  CHECK(served.run({"show-traces", "--format", "csv"}).out().starts_with("trace_id,start,"));
  CHECK(served.run({"show-traces", "--format", "markdown"}).out().starts_with("| Start |"));
  CHECK(served.run({"show-traces", "--format", "jsonl"}).out().starts_with("{\"trace_id\":"));
  CHECK(served.run({"show-traces", "--format", "text"}).out().starts_with("START "));
}

TEST_CASE("show-services lists what has traces, with operations when they are asked for") {
  const Served served("simple", 1);
  const TestRun text = served.run({"show-services"});
  CHECK(text.status() == 0);
  const std::string listed = text.out();
  CHECK(std::count(listed.begin(), listed.end(), '\n') == 1);
  const TestRun shown = served.run({"show-services", "--operations", "--format", "json"});
  CHECK(shown.status() == 0);
  const json::value document = json::parse(shown.out());
  CHECK(document.at("schema").as_string() == "otelctl.services/1");
  CHECK(document.at("backend").at("url").as_string() == served.url());
  const json::array& services = document.at("services").as_array();
  REQUIRE(services.size() == 1);
  CHECK(std::string(services[0].at("name").as_string()) + "\n" == text.out());
  CHECK_FALSE(services[0].at("operations").as_array().empty());
  const TestRun plain = served.run({"show-services", "--format", "json"});
  CHECK(json::parse(plain.out()).at("services").at(0).at("operations").as_array().empty());
}

TEST_CASE("show-services of a backend without a trace ends well and says why nothing is there") {
  const Served served("simple", 0);
  const TestRun text = served.run({"show-services"});
  CHECK(text.status() == 0);
  CHECK(text.out().empty());
  CHECK(text.err().find("knows no service") != std::string::npos);
  const TestRun shown = served.run({"show-services", "--format", "json"});
  CHECK(shown.status() == 0);
  CHECK(json::parse(shown.out()).at("services").as_array().empty());
  CHECK(json::parse(shown.out()).at("notes").as_array().size() == 1);
}
