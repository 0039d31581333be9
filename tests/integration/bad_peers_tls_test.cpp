// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// test-connection against servers and own files whose TLS is the trouble.
#include "tests/integration/bad_peers_support.hpp"

using namespace otelctl::test;

TEST_CASE("Each trouble with TLS has its cause, its exit status and its remedy") {
  check_peers(tls_peers());
}
