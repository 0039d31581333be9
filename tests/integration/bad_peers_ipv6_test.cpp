// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// test-connection over IPv6, where this machine has it.
#include "tests/integration/bad_peers_support.hpp"

using namespace otelctl::test;

TEST_CASE("Over IPv6 a server is reached, and one that is not there is named") {
  if (has_ipv6()) {
    check_peers(ipv6_peers());
  }
}
