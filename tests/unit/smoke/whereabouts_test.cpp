// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/whereabouts.hpp"

#include <doctest/doctest.h>

#include "tests/support/scripted_backend.hpp"
#include "tests/unit/smoke/canary_support.hpp"

using namespace otelctl;

namespace {

Error explain(Result<std::vector<std::string>> services, smoke::Sighting sighting = {}) {
  const smoke::Canary canary = test::canary();
  test::ScriptedBackend backend;
  backend.known_services = std::move(services);
  settings::OtlpSettings settings;
  settings.endpoint = net::parse_url("http://collector:4317").value();
  sighting.waited = std::chrono::seconds(30);
  return smoke::explain_absence(settings, backend, {"jaeger", "v3", "http://jaeger:16686"},
                                canary.trace, sighting);
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a canary that never showed up is told with both ends") {
  const Error error = explain(Names{"shop"});
  CHECK(error.kind == ErrorKind::not_seen);
  CHECK(error.message ==
        "http://collector:4317 took the canary, but http://jaeger:16686 does not show it after "
        "30.0s");
}

TEST_CASE("what the backend knows says where it was lost") {
  CHECK(holds(explain(Names{}).hint, "exports to another backend or tenant than"));
  CHECK(
      holds(explain(Names{"otelctl-canary", "shop"}).hint, "from before, so the way to it exists"));
  CHECK(holds(explain(Names{"cart", "shop"}).hint, "knows 2 services, but not 'otelctl-canary'"));
  CHECK(holds(explain(fail(ErrorKind::refused, "401")).hint, "exporter that fails"));
  for (const Error& error : {explain(Names{"otelctl-canary"}), explain(Names{"shop"})}) {
    CHECK(holds(error.hint, "tail_sampling"));
    CHECK(holds(error.hint, "queue"));
  }
}

TEST_CASE("of a part that is missing the service is told") {
  const smoke::Canary canary = test::canary();
  smoke::Sighting sighting;
  sighting.trace = test::without(canary, [](const auto& span) {
    return span.at("name") == "otelctl canary answer" ||
           span.at("name") == "otelctl canary process";
  });
  const Error error = explain(Names{"otelctl-canary"}, sighting);
  CHECK(error.kind == ErrorKind::not_seen);
  CHECK(error.message ==
        "2 of the canary's 6 spans are missing in http://jaeger:16686 after 30.0s: all of "
        "'otelctl-canary-callee'");
}
