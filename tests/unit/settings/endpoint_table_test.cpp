// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
//
// The final URL of each way to name an endpoint, written down from the rules and not from what the
// code gives: OpenTelemetry specification 1.60.0, protocol/exporter, "Endpoint URLs for OTLP/HTTP"
// (a general variable is a base that gets "/v1/{signal}", a signal's own variable is used as it is
// and gets "/" when it has no path) and "Configuration Options" (a scheme decides over INSECURE);
// for --endpoint and a section the command line's own rules: the flag acts as the general variable
// but keeps a path that already ends in a signal's, the section's endpoint is used as it is.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "settings/otlp_settings.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace otelctl;
using namespace otelctl::settings;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

constexpr std::array<Signal, 3> k_signals{Signal::traces, Signal::metrics, Signal::logs};
constexpr std::string_view k_error = "error";

std::string upper_name(Signal signal) {
  return signal == Signal::traces ? "TRACES" : signal == Signal::metrics ? "METRICS" : "LOGS";
}

std::string variable(std::string_view option) {
  return "OTEL_EXPORTER_OTLP_" + std::string(option);
}

std::string own_variable(Signal signal, std::string_view option) {
  return variable(upper_name(signal) + "_" + std::string(option));
}

// How an endpoint is given.
enum class Giver { general, own, both, flag, section };

// The endpoint "{scheme}c:4318{path}", given so, over this protocol.
struct Given {
  Giver giver = Giver::general;
  std::string endpoint;
  std::string protocol;
  Signal signal = Signal::traces;
  std::string insecure = {};  // of INSECURE; "" leaves it unset
};

Result<OtlpSettings> resolve(const Given& given) {
  OtlpFlags flags;
  flags.protocol = given.protocol;
  Variables variables;
  const test::TemporaryFolder folder;
  switch (given.giver) {
    case Giver::general:
      variables[variable("ENDPOINT")] = given.endpoint;
      break;
    case Giver::own:
      variables[own_variable(given.signal, "ENDPOINT")] = given.endpoint;
      break;
    case Giver::both:
      variables[variable("ENDPOINT")] = "https://general:1/general";
      variables[own_variable(given.signal, "ENDPOINT")] = given.endpoint;
      break;
    case Giver::flag:
      variables[variable("ENDPOINT")] = "https://general:1/general";
      variables[own_variable(given.signal, "ENDPOINT")] = "https://own:2/own";
      flags.endpoint = given.endpoint;
      break;
    case Giver::section:
      variables[variable("ENDPOINT")] = "https://general:1/general";
      variables[own_variable(given.signal, "ENDPOINT")] = "https://own:2/own";
      REQUIRE(write_file(
          folder.path("app.yaml"),
          "telemetry:\n  exporters:\n    otlp:\n      endpoint: \"" + given.endpoint + "\"\n"));
      flags.config_file = folder.path("app.yaml");
      break;
  }
  if (!given.insecure.empty()) {
    variables[variable("INSECURE")] = given.insecure;
  }
  return resolve_otlp(flags, Environment(variables), given.signal);
}

std::string url_of(const Result<OtlpSettings>& settings) {
  return settings ? settings->endpoint.to_string() : std::string(k_error);
}

// With {} for the name of the signal.
std::string filled_in(std::string_view path, Signal signal) {
  std::string text(path);
  const auto place = text.find("{}");
  if (place != std::string::npos) {
    text.replace(place, 2, name_of(signal));
  }
  return text;
}

// One path as it may be written, and what becomes of it over HTTP.
struct Path {
  std::string_view written;
  std::string_view as_base;   // the general variable
  std::string_view as_it_is;  // a signal's variable, the section
  std::string_view as_flag;
};

constexpr std::array<Path, 9> k_paths{{
    {"", "/v1/{}", "/", "/v1/{}"},
    {"/", "/v1/{}", "/", "/v1/{}"},
    {"/path", "/path/v1/{}", "/path", "/path/v1/{}"},
    {"/path/", "/path/v1/{}", "/path/", "/path/v1/{}"},
    {"/v1/traces", "/v1/traces/v1/{}", "/v1/traces", "/v1/traces"},
    {"/v1/traces/", "/v1/traces/v1/{}", "/v1/traces/", "/v1/traces/"},
    {"/v1/metrics", "/v1/metrics/v1/{}", "/v1/metrics", "/v1/metrics"},
    {"/path/v1/logs", "/path/v1/logs/v1/{}", "/path/v1/logs", "/path/v1/logs"},
    {"/v1", "/v1/v1/{}", "/v1", "/v1/v1/{}"},
}};

std::string_view expected_path(const Path& path, Giver giver) {
  switch (giver) {
    case Giver::general:
      return path.as_base;
    case Giver::flag:
      return path.as_flag;
    case Giver::own:
    case Giver::both:
    case Giver::section:
      return path.as_it_is;
  }
  return {};
}

constexpr std::array<Giver, 5> k_givers{Giver::general, Giver::own, Giver::both, Giver::flag,
                                        Giver::section};

template <typename Check>
void for_each_given(const Check& check) {
  for (const Giver giver : k_givers) {
    for (const Path& path : k_paths) {
      for (const Signal signal : k_signals) {
        CAPTURE(static_cast<int>(giver));
        CAPTURE(path.written);
        CAPTURE(name_of(signal));
        check(giver, path, signal);
      }
    }
  }
}

}  // namespace

TEST_CASE("Over HTTP the path follows from who gives the endpoint, the scheme from what it says") {
  for (const std::string protocol : {"http/protobuf", "http/json"}) {
    for (const std::string scheme : {"http://", "https://"}) {
      CAPTURE(protocol);
      CAPTURE(scheme);
      for_each_given([&](Giver giver, const Path& path, Signal signal) {
        const Given given{giver, scheme + "c:4318" + std::string(path.written), protocol, signal};
        CHECK(url_of(resolve(given)) ==
              scheme + "c:4318" + filled_in(expected_path(path, giver), signal));
      });
    }
  }
}

TEST_CASE("A flag with another signal's path, or a slash behind it, is used with a note") {
  const auto noted = [](const std::string& path, Signal signal, const std::string& part) {
    const auto settings = resolve({Giver::flag, "http://c:4318" + path, "http/protobuf", signal});
    REQUIRE(settings);
    return std::any_of(
        settings->notes.begin(), settings->notes.end(),
        [&](const std::string& note) { return note.find(part) != std::string::npos; });
  };
  CHECK(noted("/v1/traces", Signal::traces, "used as it is"));
  CHECK_FALSE(noted("/v1/traces", Signal::traces, "though"));
  CHECK(noted("/v1/traces", Signal::metrics, "the path of traces, not of metrics"));
  CHECK(noted("/v1/traces/", Signal::traces, "answers 404"));
  CHECK_FALSE(noted("/v1/traces", Signal::traces, "answers 404"));
  CHECK_FALSE(noted("/path/", Signal::traces, "answers 404"));
}

TEST_CASE("Over HTTP only the flag may do without a scheme, and INSECURE changes nothing") {
  for (const std::string protocol : {"http/protobuf", "http/json"}) {
    for (const std::string insecure : {"", "true", "false"}) {
      CAPTURE(protocol);
      CAPTURE(insecure);
      for_each_given([&](Giver giver, const Path& path, Signal signal) {
        const Given given{giver, "c:4318" + std::string(path.written), protocol, signal, insecure};
        CHECK(url_of(resolve(given)) == (giver == Giver::flag
                                             ? "http://c:4318" + filled_in(path.as_flag, signal)
                                             : std::string(k_error)));
        const Given https{giver, "https://c:4318" + std::string(path.written), protocol, signal,
                          insecure};
        CHECK(url_of(resolve(https)) ==
              "https://c:4318" + filled_in(expected_path(path, giver), signal));
      });
    }
  }
}

TEST_CASE("Over gRPC there is no path, and the scheme decides over INSECURE") {
  for (const std::string scheme : {"http://", "https://"}) {
    for (const std::string insecure : {"", "true", "false"}) {
      CAPTURE(scheme);
      CAPTURE(insecure);
      for_each_given([&](Giver giver, const Path& path, Signal signal) {
        const Given given{giver, scheme + "c:4317" + std::string(path.written), "grpc", signal,
                          insecure};
        CHECK(url_of(resolve(given)) == scheme + "c:4317");
      });
    }
  }
}

TEST_CASE("Over gRPC without a scheme INSECURE decides for a variable, and nobody guesses") {
  struct Row {
    std::string_view insecure;
    std::string_view of_variable;
  };
  constexpr std::array<Row, 4> k_rows{{{"", k_error},
                                       {"true", "http://c:4317"},
                                       {"TRUE", "http://c:4317"},
                                       {"1", "https://c:4317"}}};
  for (const Row& row : k_rows) {
    CAPTURE(row.insecure);
    for_each_given([&](Giver giver, const Path& path, Signal signal) {
      const Given given{giver, "c:4317" + std::string(path.written), "grpc", signal,
                        std::string(row.insecure)};
      const std::string_view expected = giver == Giver::flag      ? "http://c:4317"
                                        : giver == Giver::section ? k_error
                                                                  : row.of_variable;
      CHECK(url_of(resolve(given)) == expected);
    });
  }
}

TEST_CASE("Nothing but the path is changed: no port is added, none is taken away") {
  struct Row {
    std::string endpoint;
    std::string url;
  };
  const std::vector<Row> rows{
      {"http://c", "http://c/v1/traces"},
      {"https://c", "https://c/v1/traces"},
      {"https://c:443/", "https://c:443/v1/traces"},
      {"http://[::1]:4318", "http://[::1]:4318/v1/traces"},
      {"http://C.Example:4318/Path", "http://C.Example:4318/Path/v1/traces"},
      {"http://c:4318/a%20b", "http://c:4318/a%20b/v1/traces"},
      {"http://c:4318/a//", "http://c:4318/a//v1/traces"},
      {"http://me:key@c:4318", "http://c:4318/v1/traces"},
      {"http://c:4318/#part", "http://c:4318/v1/traces"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.endpoint);
    CHECK(url_of(resolve({Giver::general, row.endpoint, "http/protobuf"})) == row.url);
    CHECK(url_of(resolve({Giver::flag, row.endpoint, "http/protobuf"})) == row.url);
  }
}

TEST_CASE("Of gRPC's own targets dns: is understood, and the others are named") {
  const auto given = [](const std::string& endpoint) {
    return resolve({Giver::flag, endpoint, "grpc"});
  };
  CHECK(url_of(given("dns:c:4317")) == "http://c:4317");
  CHECK(url_of(given("dns:///c:4317")) == "http://c:4317");
  CHECK(url_of(given("dns://10.0.0.1/c:4317")) == "http://c:4317");
  for (const char* target : {"unix:///tmp/otel.sock", "unix:otel.sock", "unix-abstract:otel",
                             "ipv4:127.0.0.1:4317", "xds:///c"}) {
    CAPTURE(target);
    const auto settings = given(target);
    REQUIRE_FALSE(settings);
    CHECK(settings.error().message.find("gRPC targets beginning with '") != std::string::npos);
  }
}

TEST_CASE("Without an endpoint each protocol has its own default") {
  for (const Signal signal : k_signals) {
    OtlpFlags flags;
    flags.protocol = "grpc";
    CHECK(url_of(resolve_otlp(flags, Environment(), signal)) == "http://localhost:4317");
    for (const std::string protocol : {"http/protobuf", "http/json"}) {
      flags.protocol = protocol;
      CHECK(url_of(resolve_otlp(flags, Environment(), signal)) ==
            filled_in("http://localhost:4318/v1/{}", signal));
    }
  }
}

// The two examples of the specification, to the letter.
TEST_CASE("The specification's examples") {
  struct Row {
    Variables variables;
    Signal signal;
    std::string url;
  };
  const std::vector<Row> rows{
      {{{variable("ENDPOINT"), "http://collector:4318"}},
       Signal::traces,
       "http://collector:4318/v1/traces"},
      {{{variable("ENDPOINT"), "http://collector:4318"}},
       Signal::metrics,
       "http://collector:4318/v1/metrics"},
      {{{variable("ENDPOINT"), "http://collector:4318/mycollector/"}},
       Signal::traces,
       "http://collector:4318/mycollector/v1/traces"},
      {{{variable("ENDPOINT"), "http://collector:4318/mycollector/"}},
       Signal::logs,
       "http://collector:4318/mycollector/v1/logs"},
      {{{own_variable(Signal::traces, "ENDPOINT"), "http://collector:4318"},
        {own_variable(Signal::metrics, "ENDPOINT"), "https://collector.example.com/v1/metrics"}},
       Signal::traces,
       "http://collector:4318/"},
      {{{own_variable(Signal::traces, "ENDPOINT"), "http://collector:4318"},
        {own_variable(Signal::metrics, "ENDPOINT"), "https://collector.example.com/v1/metrics"}},
       Signal::metrics,
       "https://collector.example.com/v1/metrics"},
      {{{variable("ENDPOINT"), "http://collector:4318/mycollector/"},
        {own_variable(Signal::traces, "ENDPOINT"), "http://collector:4318/custom"}},
       Signal::traces,
       "http://collector:4318/custom"},
  };
  for (const Row& row : rows) {
    Variables variables = row.variables;
    variables[variable("PROTOCOL")] = "http/protobuf";
    CAPTURE(row.url);
    CHECK(url_of(resolve_otlp({}, Environment(variables), row.signal)) == row.url);
  }
}

TEST_CASE("Another signal's variables are nobody's business") {
  const Variables variables{{own_variable(Signal::metrics, "ENDPOINT"), "http://m:1"},
                            {own_variable(Signal::metrics, "HEADERS"), "broken"},
                            {own_variable(Signal::metrics, "PROTOCOL"), "broken"},
                            {own_variable(Signal::logs, "TIMEOUT"), "broken"}};
  const auto settings = resolve_otlp({}, Environment(variables), Signal::traces);
  REQUIRE(settings);
  CHECK(settings->endpoint.to_string() == "http://localhost:4317");
  CHECK(settings->headers.empty());
  CHECK(settings->notes.empty());
}
