// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "settings/otlp_settings.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/settings/otlp_support.hpp"

using namespace otelctl;
using namespace otelctl::settings;
using namespace std::chrono_literals;

TEST_CASE("Headers are decoded, replaced by name, and shown without their value") {
  OtlpFlags flags;
  flags.headers = {"X-B=flag", "x-c=new"};
  const auto settings =
      resolve(flags, {{"OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20tok,x-b=var"}});
  REQUIRE(settings);
  CHECK(header(*settings, "authorization") == "Bearer tok");
  CHECK(header(*settings, "x-b") == "flag");
  CHECK(header(*settings, "x-c") == "new");
  CHECK(settings->headers.size() == 3);
  for (const Setting& setting : settings->settings) {
    CHECK(setting.value.find("tok") == std::string::npos);
    CHECK(setting.value.find("flag") == std::string::npos);
  }
  CHECK(settings->find("header x-b")->origin == "--header");
  CHECK(settings->find("header x-b")->shadowed ==
        std::vector<std::string>{"OTEL_EXPORTER_OTLP_HEADERS"});
}

TEST_CASE("A signal's headers replace the general ones as a whole") {
  const auto settings = resolve({}, {{"OTEL_EXPORTER_OTLP_HEADERS", "a=1,b=2"},
                                     {"OTEL_EXPORTER_OTLP_TRACES_HEADERS", "b=3"}});
  REQUIRE(settings);
  CHECK(settings->headers.size() == 1);
  CHECK(header(*settings, "b") == "3");
}

TEST_CASE("Which of two header variables applies is noted, and what SDKs read in different ways") {
  const std::string general = "OTEL_EXPORTER_OTLP_HEADERS";
  const std::string traces = "OTEL_EXPORTER_OTLP_TRACES_HEADERS";
  const auto settings = resolve(
      {}, {{general, "a=general"}, {traces, "X-Auth=Bearer hush,b=hush;hush,c=Bearer%20hush"}});
  REQUIRE(settings);
  CHECK(noted(*settings, traces + " replaces " + general + " as a whole"));
  CHECK(noted(*settings, traces + ": the value of 'x-auth' has a space"));
  CHECK(noted(*settings, traces + ": the value of 'b' has a ';'"));
  CHECK_FALSE(noted(*settings, "'c'"));
  CHECK_FALSE(noted(*settings, "hush"));
  CHECK(settings->notes.size() == 3);
  REQUIRE(settings->find("header b") != nullptr);
  CHECK(settings->find("header b")->shadowed == std::vector<std::string>{general});
  CHECK(resolve({}, {{general, "a=1"}, {traces, ""}})->notes.empty());
}

TEST_CASE("What cannot be read is an error that names where it stands") {
  struct Row {
    OtlpFlags flags;
    Variables variables;
    ErrorKind kind;
    std::string name;
  };
  OtlpFlags header_flag;
  header_flag.headers = {"bad name=x"};
  OtlpFlags protocol_flag;
  protocol_flag.protocol = "gprc";
  OtlpFlags compression_flag;
  compression_flag.compression = "zstd";
  OtlpFlags timeout_flag;
  timeout_flag.timeout = 0s;
  const std::vector<Row> rows{
      {{},
       {{"OTEL_EXPORTER_OTLP_TIMEOUT", "5s"}},
       ErrorKind::settings,
       "OTEL_EXPORTER_OTLP_TIMEOUT"},
      {{},
       {{"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "-1"}},
       ErrorKind::settings,
       "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT"},
      {{},
       {{"OTEL_EXPORTER_OTLP_PROTOCOL", "http"}},
       ErrorKind::settings,
       "OTEL_EXPORTER_OTLP_PROTOCOL"},
      {{},
       {{"OTEL_EXPORTER_OTLP_COMPRESSION", "lz4"}},
       ErrorKind::settings,
       "OTEL_EXPORTER_OTLP_COMPRESSION"},
      {{},
       {{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:port"}},
       ErrorKind::settings,
       "OTEL_EXPORTER_OTLP_ENDPOINT"},
      {{},
       {{"OTEL_EXPORTER_OTLP_HEADERS", "a"}},
       ErrorKind::settings,
       "OTEL_EXPORTER_OTLP_HEADERS"},
      {{},
       {{"OTEL_EXPORTER_OTLP_HEADERS", "a=%0a"}},
       ErrorKind::settings,
       "OTEL_EXPORTER_OTLP_HEADERS"},
      {{}, {{"OTEL_RESOURCE_ATTRIBUTES", "a"}}, ErrorKind::settings, "OTEL_RESOURCE_ATTRIBUTES"},
      {header_flag, {}, ErrorKind::usage, "--header"},
      {protocol_flag, {}, ErrorKind::usage, "--protocol"},
      {compression_flag, {}, ErrorKind::usage, "--compression"},
      {timeout_flag, {}, ErrorKind::usage, "--timeout"},
      {endpoint_flag("http://c:99999"), {}, ErrorKind::usage, "--endpoint"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto settings = resolve(row.flags, row.variables);
    REQUIRE_FALSE(settings);
    CHECK(settings.error().kind == row.kind);
    CHECK(settings.error().message.find(row.name) == 0);
    CHECK_FALSE(settings.error().hint.empty());
  }
}

TEST_CASE("A misspelt protocol is answered with the nearest") {
  CHECK(resolve({.protocol = "http/protbuf"}).error().hint.find("http/protobuf") !=
        std::string::npos);
}

TEST_CASE("The timeout variable counts milliseconds, and 0 is no limit") {
  const auto with = [](const char* value) {
    return resolve({}, {{"OTEL_EXPORTER_OTLP_TIMEOUT", value}});
  };
  CHECK(with("2500")->timeout == 2500ms);
  CHECK(with("0")->timeout == 24h);
  CHECK(with("99999999999")->timeout == 24h);
  CHECK(noted(*with("10"), "is in milliseconds"));
  CHECK_FALSE(with("99999999999999999999"));
}

TEST_CASE("The service's name follows its own order") {
  const Variables both{{"OTEL_SERVICE_NAME", "own"},
                       {"OTEL_RESOURCE_ATTRIBUTES", "service.name=attribute,a=b"}};
  const auto own = resolve({}, both);
  CHECK(own->service_name == "own");
  CHECK(own->find("service")->shadowed == std::vector<std::string>{"OTEL_RESOURCE_ATTRIBUTES"});
  REQUIRE(own->resource_attributes.size() == 1);
  CHECK(own->resource_attributes[0].key == "a");
  CHECK(resolve({}, {{"OTEL_RESOURCE_ATTRIBUTES", "service.name=attribute"}})->service_name ==
        "attribute");
  OtlpFlags flags;
  flags.service = "flag";
  CHECK(resolve(flags, both)->service_name == "flag");
  CHECK(resolve({})->service_name.empty());
  const Application application(
      "telemetry:\n  service_name: a\n  resource_attributes:\n    service.name: b\n");
  CHECK(resolve(application.flags(), both)->service_name == "b");
}

TEST_CASE("Resource attributes are laid over each other by key") {
  OtlpFlags flags;
  flags.resource = {"b=flag", "replicas:int=3"};
  const auto settings = resolve(flags, {{"OTEL_RESOURCE_ATTRIBUTES", "a=1,b=2"}});
  REQUIRE(settings);
  REQUIRE(settings->resource_attributes.size() == 3);
  CHECK(settings->resource_attributes[0].value == "1");
  CHECK_FALSE(settings->resource_attributes[0].from_flag);
  CHECK(settings->resource_attributes[1].value == "flag");
  CHECK(settings->resource_attributes[2].key == "replicas:int");
  CHECK(settings->resource_attributes[2].from_flag);
}

TEST_CASE("Certificates come from flags and variables, and are of no use without TLS") {
  OtlpFlags flags = endpoint_flag("https://c:4317");
  flags.ca_file = "flag.pem";
  const Variables variables{{"OTEL_EXPORTER_OTLP_CERTIFICATE", "env.pem"},
                            {"OTEL_EXPORTER_OTLP_CLIENT_KEY", "key.pem"},
                            {"OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE", "cert.pem"}};
  const auto settings = resolve(flags, variables);
  REQUIRE(settings);
  CHECK(settings->tls.ca_file == "flag.pem");
  CHECK(settings->tls.cert_file == "cert.pem");
  CHECK(settings->tls.key_file == "key.pem");
  CHECK(noted(*resolve(endpoint_flag("http://c:4317"), variables), "have no effect"));
}

TEST_CASE("Loopback goes past a proxy with a note, other hosts go through it") {
  const Variables variables{{"http_proxy", "http://me:secret@p:3128"}};
  const auto local = resolve({}, variables);
  CHECK(local->proxy.direct());
  CHECK(noted(*local, "http_proxy"));
  const auto remote = resolve(endpoint_flag("http://c:4317"), variables);
  CHECK(remote->proxy.url == "http://me:secret@p:3128");
  REQUIRE(remote->find("proxy") != nullptr);
  CHECK(remote->find("proxy")->value.find("secret") == std::string::npos);
}

TEST_CASE("An env file fills in and is named as the origin") {
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder.path(".env"), "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317\n"));
  OtlpFlags flags;
  flags.env_file = folder.path(".env");
  const auto settings = resolve(flags);
  REQUIRE(settings);
  CHECK(settings->endpoint.host == "c");
  CHECK(settings->find("endpoint")->origin ==
        "OTEL_EXPORTER_OTLP_ENDPOINT (" + folder.path(".env") + ":1)");
}

TEST_CASE("A declarative SDK file gives the exporter of the signal") {
  const Application sdk(R"(file_format: "1.1"
resource:
  attributes:
    - {name: service.name, value: shop}
    - {name: shop.sizes, value: [1, 2]}
  attributes_list: "service.version=1.2.0,team=a%20b,service.name=other"
tracer_provider:
  processors:
    - simple: {exporter: {console: }}
    - batch:
        exporter:
          otlp_http:
            endpoint: ${WHERE:-https://c:4318}/v1/traces
            headers:
              - {name: X-Key, value: "${KEY}"}
            headers_list: "x-key=2,x-other=b"
            compression: gzip
            timeout: 2000
            tls:
              ca_file: /ca.pem
              key_file: ${NO_KEY}
meter_provider:
  readers:
    - periodic: {exporter: {otlp_grpc: }}
logger_provider:
  processors:
    - batch: {exporter: {otlp_http: {encoding: json}}}
)");
  const std::map<std::string, std::string, std::less<>> variables{
      {"KEY", "k"}, {"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"}};
  const auto traces = resolve(sdk.flags(), variables);
  REQUIRE(traces);
  CHECK(traces->protocol == Protocol::http_protobuf);
  CHECK(url_of(traces) == "https://c:4318/v1/traces");
  CHECK(traces->find("endpoint")->origin.find("app.yaml:13") != std::string::npos);
  CHECK(noted(*traces, "OTEL_EXPORTER_OTLP_PROTOCOL"));
  CHECK(header(*traces, "x-key") == "k");
  CHECK(header(*traces, "x-other") == "b");
  CHECK(traces->compression == Compression::gzip);
  CHECK(traces->timeout == 2s);
  CHECK(traces->tls.ca_file == "/ca.pem");
  CHECK(traces->tls.key_file == "");
  CHECK(traces->service_name == "shop");
  CHECK(traces->find("resource service.version")->value == "1.2.0");
  CHECK(traces->find("resource team")->value == "a b");
  CHECK(traces->find("resource shop.sizes") == nullptr);
  const auto metrics = resolve(sdk.flags(), {}, Signal::metrics);
  REQUIRE(metrics);
  CHECK(metrics->protocol == Protocol::grpc);
  CHECK(url_of(metrics) == "http://localhost:4317");
  const auto logs = resolve(sdk.flags(), {}, Signal::logs);
  REQUIRE(logs);
  CHECK(logs->protocol == Protocol::http_json);
  CHECK(url_of(logs) == "http://localhost:4318/v1/logs");
}

TEST_CASE("A declarative SDK file without an exporter, or switched off, is noted") {
  const Application off("file_format: \"1.1\"\ndisabled: true\n");
  const auto settings = resolve(off.flags());
  REQUIRE(settings);
  CHECK(noted(*settings, "no OTLP exporter of traces"));
  CHECK(noted(*settings, "the SDK is disabled"));
  const Application broken(
      "file_format: \"1.1\"\ntracer_provider:\n  processors:\n"
      "    - batch: {exporter: {otlp_grpc: {endpoint: [a]}}}\n");
  const auto error = resolve(broken.flags());
  REQUIRE_FALSE(error);
  CHECK(error.error().message.find("app.yaml:4") != std::string::npos);
  // A section in the same file is what was asked for.
  const Application both(
      "file_format: \"1.1\"\ntelemetry: {exporters: {otlp: {endpoint: 'http://c:4317'}}}\n");
  CHECK(url_of(resolve(both.flags())) == "http://c:4317");
}

TEST_CASE("An environment that keeps SDKs from sending is noted") {
  const auto with = [](const std::string& name, const std::string& value,
                       Signal signal = Signal::traces) {
    const auto settings = resolve({}, {{name, value}}, signal);
    REQUIRE(settings);
    return *settings;
  };
  CHECK(noted(with("OTEL_SDK_DISABLED", "True"), "OTEL_SDK_DISABLED is true: SDKs send nothing"));
  for (const char* value : {"1", "yes", "on"}) {
    CAPTURE(value);
    CHECK(noted(with("OTEL_SDK_DISABLED", value),
                "OTEL_SDK_DISABLED is neither true nor false and counts as false"));
  }
  for (const char* value : {"false", "FALSE", ""}) {
    CAPTURE(value);
    CHECK(with("OTEL_SDK_DISABLED", value).notes.empty());
  }
  CHECK(noted(with("OTEL_TRACES_EXPORTER", "console"), "SDKs send no traces by OTLP"));
  CHECK(noted(with("OTEL_LOGS_EXPORTER", "none", Signal::logs), "SDKs send no logs by OTLP"));
  CHECK(with("OTEL_TRACES_EXPORTER", "console, OTLP").notes.empty());
  CHECK(with("OTEL_METRICS_EXPORTER", "none").notes.empty());
  CHECK(noted(with("OTEL_CONFIG_FILE", "sdk.yaml"), "OTEL_CONFIG_FILE is set"));
}

TEST_CASE("Names that no SDK reads are noted with the right one") {
  struct Row {
    std::string name;
    std::string part;
  };
  for (const Row& row : std::vector<Row>{{"OTEL_EXPORTER_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"},
                                         {"OTEL_SERVICE_VERSION", "OTEL_RESOURCE_ATTRIBUTES"},
                                         {"OTEL_ENABLED", "OTEL_SDK_DISABLED=true"},
                                         {"OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"}}) {
    CAPTURE(row.name);
    const auto settings = resolve({}, {{row.name, "hush"}});
    REQUIRE(settings);
    CHECK(noted(*settings, row.name + " is "));
    CHECK(noted(*settings, row.part));
    CHECK_FALSE(noted(*settings, "hush"));
    CHECK(settings->find("endpoint")->origin == "default");
    CHECK(resolve({}, {{row.name, ""}})->notes.empty());
  }
  CHECK(resolve({}, {{"COLLECTOR_OTLP_ENABLED", "true"}})->notes.empty());
}

TEST_CASE("Nothing that is shown holds a secret") {
  OtlpFlags flags = endpoint_flag("https://user:hush@c:4318/x?key=hush#hush");
  flags.headers = {"authorization=Basic hush"};
  const auto settings =
      resolve(flags, {{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://user:hush@d:4318?key=hush"},
                      {"OTEL_EXPORTER_OTLP_HEADERS", "x-key=hush,authorization=hush hush"},
                      {"OTEL_RESOURCE_ATTRIBUTES", "api.token=hush"},
                      {"https_proxy", "http://user:hush@p:1"}});
  REQUIRE(settings);
  for (const std::string& note : settings->notes) {
    CHECK(note.find("hush") == std::string::npos);
  }
  for (const Setting& setting : settings->settings) {
    CAPTURE(setting.name);
    CHECK((setting.value + setting.origin).find("hush") == std::string::npos);
  }
  for (const char* endpoint : {"https://user:hush@c:port/x?key=hush", "user:hush@c:99999?hush",
                               "unix:hush", "http://user:hush@"}) {
    CAPTURE(endpoint);
    OtlpFlags bad = endpoint_flag(endpoint);
    bad.protocol = "grpc";
    const auto failed = resolve(bad);
    REQUIRE_FALSE(failed);
    CHECK((failed.error().message + failed.error().hint).find("hush") == std::string::npos);
    const auto variable = resolve(
        {}, {{"OTEL_EXPORTER_OTLP_ENDPOINT", endpoint}, {"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"}});
    REQUIRE_FALSE(variable);
    CHECK((variable.error().message + variable.error().hint).find("hush") == std::string::npos);
  }
}

TEST_CASE("SSL_CERT_FILE is noted where TLS would need a CA") {
  const auto notes_with = [](const OtlpFlags& flags) {
    const std::map<std::string, std::string, std::less<>> variables{{"SSL_CERT_FILE", "/corp.pem"}};
    const auto settings = resolve_otlp(flags, Environment(variables), Signal::traces);
    REQUIRE(settings);
    return join(settings->notes, "\n");
  };
  const std::string secure = "https://collector.example:4317";
  CHECK(notes_with({.endpoint = secure}).find("SSL_CERT_FILE is set and not read") !=
        std::string::npos);
  CHECK(notes_with({.endpoint = secure, .ca_file = "ca.pem"}).find("SSL_CERT_FILE") ==
        std::string::npos);
  CHECK(notes_with({.endpoint = "http://collector.example:4317"}).find("SSL_CERT_FILE") ==
        std::string::npos);
}
