// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/suggest.hpp"

#include <doctest/doctest.h>

using namespace otelctl;

TEST_CASE("edits count insertions, deletions, replacements and swaps") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("ab", "ba") == 1);
  CHECK(edit_distance("same", "same") == 0);
}

TEST_CASE("the nearest names are offered, all that are equally near") {
  const std::vector<std::string> known{"sampler", "samples", "service_name", "tracing"};
  CHECK(nearest("samplr", known) == std::vector<std::string>{"sampler"});
  CHECK(nearest("sample", known) == std::vector<std::string>{"sampler", "samples"});
  CHECK(nearest("serviceName", known) == std::vector<std::string>{"service_name"});
  CHECK(nearest("zebra", known).empty());
  CHECK(nearest("", known).empty());
  CHECK(did_you_mean("sample", known) == "did you mean 'sampler' or 'samples'?");
  CHECK(did_you_mean("zebra", known).empty());
}
