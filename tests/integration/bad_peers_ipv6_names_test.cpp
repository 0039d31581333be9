// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// test-connection to names that have an IPv6 address.
#include "tests/integration/bad_peers_support.hpp"

using namespace otelctl::test;

TEST_CASE("A name is reached over the family that answers") {
  if (has_ipv6()) {
    check_peers_in_own_names(&ipv6_name_peers);
  }
}
