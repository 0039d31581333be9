// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Names that do not resolve and addresses that do not answer.
#include <string>

#include "tests/support/bad_peers/bad_peers.hpp"
#include "tests/support/raw_http2.hpp"

namespace otelctl::test {
namespace {

StartPeer at(std::string endpoint) {
  return [endpoint = std::move(endpoint)](const PeerKit&) { return LivePeer{endpoint}; };
}

LivePeer nobody(const PeerKit&) {
  auto port = std::make_shared<RefusedPort>();
  return {"http://localhost:" + std::to_string(port->port()), {}, {port}};
}

LivePeer blackhole(const PeerKit&) {
  auto port = std::make_shared<BlackholePort>();
  return {"http://127.0.0.1:" + std::to_string(port->port()), {}, {port}};
}

void add_one_family(PeerTable& table, const RawServer::Handler& otlp) {
  const std::string six = "::1";
  table
      .add("IPv6 only, by address", good("tcp", "[::1]:"),
           [=](const PeerKit&) {
             auto server = std::make_shared<RawServer>(otlp, std::nullopt, ListenAt{six});
             return LivePeer{"http://[::1]:" + std::to_string(server->port()), {}, {server}};
           })
      .add("nothing listens on IPv6",
           not_reachable("tcp", "connection to [::1]:", "nothing listens"),
           [=](const PeerKit&) {
             auto port = std::make_shared<RefusedPort>(ListenAt{six});
             return LivePeer{"http://[::1]:" + std::to_string(port->port()), {}, {port}};
           })
      .add_endless("a blackhole on IPv6", not_reachable("tcp", "no answer from [::1]:", "firewall"),
                   [=](const PeerKit&) {
                     auto port = std::make_shared<BlackholePort>(ListenAt{six});
                     return LivePeer{"http://[::1]:" + std::to_string(port->port()), {}, {port}};
                   });
}

}  // namespace

std::vector<BadPeer> address_peers() {
  PeerTable table;
  table.over({"grpc", "http/protobuf", "http/json"})
      .add("nothing listens", not_reachable("tcp", "refused", "nothing listens there"), &nobody)
      .add("an unknown name",
           not_reachable("dns", "'collector.invalid' does not resolve", "compose"),
           at("http://collector.invalid:4317"))
      .add_endless("a blackhole", not_reachable("tcp", "no answer from 127.0.0.1:", "firewall"),
                   &blackhole);
  return std::move(table).rows();
}

std::vector<BadPeer> ipv6_peers() {
  PeerTable table;
  add_one_family(table.over({"grpc"}), grpc_answer(""));
  add_one_family(table.over({"http/protobuf", "http/json"}),
                 always(http_answer(200, "application/x-protobuf", "")));
  return std::move(table).rows();
}

}  // namespace otelctl::test
