// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// test-connection to names and addresses where nobody answers.
#include "tests/integration/bad_peers_support.hpp"

using namespace otelctl::test;

TEST_CASE("A name or an address that does not answer is named with the step that fails") {
  check_peers(address_peers());
}
