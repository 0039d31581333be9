// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// test-connection where names resolve badly: in a mount namespace with hosts and a name server of
// its own.
#include "tests/integration/bad_peers_support.hpp"

using namespace otelctl::test;

TEST_CASE("A silent name server and a dead address among others are told and got over") {
  check_peers_in_own_names(&name_peers);
}
