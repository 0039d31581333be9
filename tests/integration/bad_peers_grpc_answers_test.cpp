// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// test-connection against servers that answer OTLP/gRPC badly.
#include "tests/integration/bad_peers_support.hpp"

using namespace otelctl::test;

TEST_CASE("Each bad answer over gRPC has its cause, its exit status and its remedy") {
  check_peers(grpc_answer_peers());
}
