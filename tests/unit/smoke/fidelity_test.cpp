// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/fidelity.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using smoke::fidelity_of;
using smoke::Keeps;

TEST_CASE("what a dialect cannot keep is known") {
  CHECK(fidelity_of({"jaeger", "legacy", ""}).nanoseconds == Keeps::no);
  CHECK(fidelity_of({"jaeger", "legacy", ""}).types == Keeps::yes);
  CHECK(fidelity_of({"jaeger", "v3", ""}).nanoseconds == Keeps::sometimes);
  CHECK(fidelity_of({"jaeger", "grpc", ""}).nanoseconds == Keeps::sometimes);
  CHECK(fidelity_of({"zipkin", "v2", ""}).types == Keeps::no);
  CHECK(fidelity_of({"tempo", "v2", ""}).nanoseconds == Keeps::yes);
  CHECK(fidelity_of({"something", "else", ""}).links == Keeps::yes);
}
