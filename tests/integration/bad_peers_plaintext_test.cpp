// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// test-connection against ports of other protocols, silent and broken ones.
#include "tests/integration/bad_peers_support.hpp"

using namespace otelctl::test;

TEST_CASE("What a plaintext port speaks in place of OTLP is named with the way out") {
  check_peers(plaintext_peers());
}
