// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// test-connection over IPv6, where this machine has it.
#include <iostream>

#include "tests/integration/bad_peers_support.hpp"

using namespace otelctl::test;

TEST_CASE("Over IPv6 a server is reached, and one that is not there is named") {
  if (!can_listen_at({"::1"})) {
    std::cout << "SKIPPED: this machine has no ::1\n";  // ctest reports the test as skipped
    return;
  }
  check_peers(ipv6_peers());
}
