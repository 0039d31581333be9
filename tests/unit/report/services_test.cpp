// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/services.hpp"

#include <sstream>

#include <doctest/doctest.h>

using namespace otelctl::report;

namespace {

const ServiceList k_list{{"jaeger", "v3", "http://localhost:16686"},
                         {"a note"},
                         {{"check\x1b[2Jout", {"GET /\n", ""}}, {""}}};

}  // namespace

TEST_CASE("services stand a line each, their operations below them, escaped") {
  std::ostringstream out;
  write_services_text(out, k_list);
  CHECK(out.str() == "check\\x1b[2Jout\n  GET /\\n\n  (no name)\n(no name)\n");
}

TEST_CASE("services as JSON have all keys") {
  std::ostringstream out;
  write_services_json(out, k_list);
  CHECK(out.str() == R"({
  "schema": "otelctl.services/1",
  "backend": {
    "kind": "jaeger",
    "dialect": "v3",
    "url": "http://localhost:16686"
  },
  "notes": [
    "a note"
  ],
  "services": [
    {
      "name": "check\u001b[2Jout",
      "operations": [
        "GET /\n",
        ""
      ]
    },
    {
      "name": "",
      "operations": []
    }
  ]
}
)");
}
