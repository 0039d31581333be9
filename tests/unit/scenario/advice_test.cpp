// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/scenario/read.hpp"

using namespace otelctl;
using namespace otelctl::scenario;

// What a finding advises must be what mends it.

TEST_CASE("a share in percent is answered with the number") {
  CHECK(verdict(with_key("error: {rate: 5%}")) ==
        "OTC104@6:23 rate: expected a number, found text '5%'\n");
  CHECK(help_of(with_key("error: {rate: 5%}")) == "write 0.05 for 5%");
  CHECK(help_of(with_key("error: {rate: 500%}")) == "write a number, without quotes and unit");
}

TEST_CASE("a duration with a space is answered with the one without") {
  CHECK(help_of(with_key("duration: 200 ms")) == "write 200ms");
  CHECK(help_of(with_key("duration: 1 h 30 m")) == "write 1h30m");
  CHECK(help_of(with_key("duration: 2 weeks")) ==
        "durations carry a unit: 250ms, 10s, 1m30s, 1h, 2d");
}

TEST_CASE("what stands where a map is expected is named") {
  CHECK(verdict(with_key("error: 0.5")) ==
        "OTC102@6:16 error: expected a map, found the number '0.5'\n");
  CHECK(verdict(with_key("error: true")) ==
        "OTC102@6:16 error: expected a map, found the boolean 'true'\n");
  CHECK(verdict(with_key("events: later")) ==
        "OTC102@6:17 events: expected a list, found text 'later'\n");
}

TEST_CASE("what must be there is not to be left out") {
  CHECK(help_of("scenario:\nservices: [{name: shop}]\nlogs: [{body: x}]\n") == "give it text");
  CHECK(help_of("scenario: s\nservices:\nlogs: [{body: x}]\n") == "give it a list");
  CHECK(help_of("scenario: s\nservices: []\nlogs: [{body: x}]\n") == "give it an item");
  CHECK(help_of("scenario: ''\nservices: [{name: shop}]\nlogs: [{body: x}]\n") == "give it a text");
  CHECK(help_of(with_key("events:")) == "give it a list, or leave the key out");
}

TEST_CASE("a key that is misspelt is not missed as well") {
  CHECK(verdict("scenaro: s\nservices: [{name: shop}]\nlogs: [{body: x}]\n") ==
        "OTC103@1:1 unknown key 'scenaro' in the file\n");
  CHECK(verdict(with_key("error: {rat: 0.5}")) == "OTC103@6:17 unknown key 'rat' under error\n");
}

TEST_CASE("a metric has no row of choices") {
  const std::string yaml =
      "scenario: s\nservices: [{name: shop}]\nchoices: [{columns: [land], rows: [[de]]}]\n"
      "metrics: [{name: m, kind: gauge, attributes: {a: \"{land}\"}}]\n";
  CHECK(verdict(yaml) == "OTC106@4:50 '{land}' is a choice of a trace, and a metric is of none\n");
  CHECK(help_of(yaml) ==
        "list the values: {one_of: [a, b]}; a brace that stands for itself is doubled: {{");
}

TEST_CASE("a severity by another name") {
  const auto help = [](std::string_view severity) {
    return help_of(fmt::format(
        "scenario: s\nservices: [{{name: shop}}]\nlogs: [{{body: x, severity: {}}}]\n", severity));
  };
  CHECK(help("warning") == "did you mean 'warn'?");
  CHECK(help("INFORMATION") == "did you mean 'info'?");
  CHECK(help("eror") == "did you mean 'error'?");
  CHECK(help("critical") ==
        "write trace, debug, info, warn, error or fatal, each also with 2 to 4 behind it");
}

TEST_CASE("a list as key is one finding") {
  CHECK(verdict(with_key("attributes: {[a]: 1}")) ==
        "OTC001@6:22 a map or a list cannot be a key\n");
  CHECK(verdict(with_key("attributes: {a: &t [b], *t : 1}")) ==
        "OTC102@6:28 expected text as key, found a list\n");
  CHECK(verdict(with_key("attributes: {~: 1}")) ==
        "OTC102@6:22 expected text as key, found null\n");
}

TEST_CASE("a file of another kind is one finding") {
  const auto only = [](std::string_view yaml, std::string_view what) {
    CHECK(verdict(yaml) == fmt::format("OTC109@1:1 {}, not a scenario\n", what));
  };
  only("receivers: {otlp: {}}\nexporters: {debug: {}}\nservice: {pipelines: {}}\n",
       "this is the configuration of a Collector");
  only("telemetry: {enabled: true}\n", "this is a telemetry section");
  only("services: {web: {image: nginx}}\n", "this is a file of compose");
  only("apiVersion: v1\nkind: Pod\n", "this is a manifest of Kubernetes");
  only("file_format: '1.0'\n", "this is the configuration of an SDK");
  CHECK(help_of("telemetry: {enabled: true}\n") == "'otelctl config validate FILE' checks it");
}

TEST_CASE("a file of no kind is one finding") {
  CHECK(verdict("{\"data\": []}\n") ==
        "OTC109@1:1 this is neither a scenario nor captured OTLP: it has neither the key "
        "'scenario' nor 'resourceSpans'\n");
  CHECK(verdict("[]\n") == "OTC102@1:1 the file: expected a map, found a list\n");
}
