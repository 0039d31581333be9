// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/describe_headers.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/text.hpp"

using namespace otelctl;
using namespace otelctl::probe;

namespace {

std::string traits(const std::string& name, const std::string& value) {
  return join(traits_of({name, value}), "; ");
}

}  // namespace

TEST_CASE("A value that looks as it should has no traits") {
  for (const char* value : {"Bearer abc.def-ghi", "bearer abc", "Basic dXNlcjpwYXNzd29yZA==",
                            "Basic dXNlcjpwYXNzd29yZA", "ApiKey a1b2=="}) {
    CAPTURE(value);
    CHECK(traits("authorization", value).empty());
  }
  CHECK(traits("x-api-key", "abc 100% $5 {x}").empty());
  // Only of authorization is the scheme known.
  CHECK(traits("x-api-key", "Basic abc").empty());
}

TEST_CASE("What is wrong with a value is named") {
  struct Row {
    std::string name;
    std::string value;
    std::string trait;
  };
  const std::vector<Row> rows{
      {"api-key", "", "is empty"},
      {"api-key", " \t", "is only white space"},
      {"api-key", "secret\n", "white space or a line end"},
      {"api-key", " secret", "white space or a line end"},
      {"api-key", "\"secret\"", "in quotes"},
      {"api-key", "'secret'", "in quotes"},
      {"authorization", "Bearer \"secret\"", "in quotes"},
      {"authorization", "Bearer%20secret", "escapes such as %20"},
      {"authorization", "Bearer Bearer secret", "scheme twice"},
      {"authorization", "Basic Bearer secret", "scheme twice"},
      {"authorization", "Bearer", "scheme without a key"},
      {"authorization", "secret", "no scheme"},
      {"Authorization", "authorization: Bearer secret", "the header's own name"},
      {"authorization", "Authorization=Bearer secret", "the header's own name"},
      {"api-key", "YOUR_SECRET_KEY", "placeholder"},
      {"authorization", "Bearer <secret token>", "placeholder"},
      {"authorization", "Bearer ${SECRET}", "nobody has filled in"},
      {"api-key", "$SECRET", "nobody has filled in"},
      {"api-key", "{{ secret }}", "nobody has filled in"},
      {"authorization", "Basic pk-secret:sk-secret", "in clear behind Basic"},
      {"authorization", "Basic secret!", "not base64"},
      {"authorization", "Basic c2VjcmV0", "no ':'"},
      {"authorization", "Basic cGs6c2VjcmV0Cg==", "line end in what Basic encodes"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    const std::string found = traits(row.name, row.value);
    CAPTURE(found);
    CHECK(found.find(row.trait) != std::string::npos);
    CHECK(to_lower(found).find("secret") == std::string::npos);
  }
}

TEST_CASE("Headers are described by name and length") {
  const auto lines =
      describe_headers({{"authorization", "Bearer secret"}, {"x-key", "'s'"}, {"a\x1b", "b"}});
  CHECK(lines ==
        std::vector<std::string>{"authorization (13 bytes)",
                                 "x-key (3 bytes): the value is in quotes, which are sent too",
                                 "a\\x1b (1 byte)"});
  CHECK(describe_headers({}).empty());
}
