// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/connect_words.hpp"

#include <cerrno>
#include <string>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::net;
using namespace std::chrono_literals;

TEST_CASE("a connection that was given no time is not a firewall's fault") {
  const Error hasty = no_connection("host:4317", 1ms);
  CHECK(hasty.message == "no answer from host:4317 within 1ms");
  CHECK(hasty.hint == "that is a short time: --timeout gives it more");
  CHECK(no_connection("host:4317", 10s).hint.find("a firewall") != std::string::npos);
}

TEST_CASE("a process without descriptors left hears of its limit") {
  const Error error = connect_error("host:4317", EMFILE);
  CHECK(error.message == "cannot connect to host:4317: Too many open files");
  CHECK(error.hint.find("--in-flight") != std::string::npos);
}
