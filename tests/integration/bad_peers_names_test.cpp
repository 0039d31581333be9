// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// test-connection where names resolve badly: in a mount namespace with hosts and a name server of
// its own.
#include <iostream>
#include <thread>

#include "tests/integration/bad_peers_support.hpp"
#include "tests/support/own_names.hpp"

using namespace otelctl::test;

TEST_CASE("A silent name server and a dead address among others are told and got over") {
  const MuteNameServer mute{std::string(k_mute_name_server)};
  bool entered = false;
  // The namespace is the thread's; other tests of this process must not see it.
  std::thread([&] {
    entered = mute.is_there() &&
              enter_own_names(std::string(k_own_hosts), std::string(k_mute_name_server));
    if (entered) {
      check_peers(name_peers());
    }
  }).join();
  if (!entered) {
    std::cout << "SKIPPED: this needs root, for a mount namespace and port 53\n";
  }
}
