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

// A name with two addresses, of which one is a blackhole or refuses.
template <typename Dead>
StartPeer one_of_two_dead(const std::string& name, const std::string& dead_address,
                          const std::string& live_address, const RawServer::Handler& otlp) {
  return [=](const PeerKit&) {
    auto server = std::make_shared<RawServer>(otlp, std::nullopt, ListenAt{live_address});
    auto dead = std::make_shared<Dead>(ListenAt{dead_address, server->port()});
    return LivePeer{
        "http://" + name + ":" + std::to_string(server->port()), {}, {std::move(server), dead}};
  };
}

template <typename Dead>
LivePeer both_dead(const PeerKit&) {
  auto first = std::make_shared<Dead>();
  auto second = std::make_shared<Dead>(ListenAt{"127.0.0.2", first->port()});
  return {"http://pair.test:" + std::to_string(first->port()), {}, {first, second}};
}

// getaddrinfo puts 127.0.0.1 before 127.0.0.2, as it is nearer to the address that connects.
void add_pairs(PeerTable& table, const RawServer::Handler& otlp) {
  table
      .add("one of two addresses is a blackhole", good("tcp", "; 127.0.0.2:"),
           one_of_two_dead<BlackholePort>("pair.test", "127.0.0.1", "127.0.0.2", otlp))
      .add("one of two addresses refuses", good("tcp", "; 127.0.0.2:"),
           one_of_two_dead<RefusedPort>("pair.test", "127.0.0.1", "127.0.0.2", otlp))
      .add_endless("two blackholes", not_reachable("tcp", "no answer from pair.test:", "firewall"),
                   &both_dead<BlackholePort>)
      .add("two addresses that refuse",
           not_reachable("tcp", "connection to pair.test:", "nothing listens"),
           &both_dead<RefusedPort>);
}

void add_families(PeerTable& table, const RawServer::Handler& otlp) {
  table
      .add("IPv6 only, by name", good("tcp", "[::1]:"),
           [otlp](const PeerKit&) {
             auto server = std::make_shared<RawServer>(otlp, std::nullopt, ListenAt{"::1"});
             return LivePeer{"http://six.test:" + std::to_string(server->port()), {}, {server}};
           })
      .add("IPv6 is a blackhole and IPv4 is good", good("tcp", "; 127.0.0.1:"),
           one_of_two_dead<BlackholePort>("both.test", "::1", "127.0.0.1", otlp))
      .add("IPv6 refuses and IPv4 is good", good("tcp", "; 127.0.0.1:"),
           one_of_two_dead<RefusedPort>("both.test", "::1", "127.0.0.1", otlp));
}

// RFC 6761, 6.3: this machine, whatever name servers say, or do not say.
void add_local_name(PeerTable& table, const RawServer::Handler& handler) {
  table.add("a name under localhost that the name server is silent about", good("export", "takes"),
            [handler](const PeerKit&) {
              auto server = std::make_shared<RawServer>(handler);
              return LivePeer{
                  "http://collector.localhost:" + std::to_string(server->port()), {}, {server}};
            });
}

}  // namespace

std::vector<BadPeer> name_peers() {
  PeerTable table;
  add_pairs(table.over({"grpc"}), grpc_answer(""));
  add_pairs(table.over({"http/protobuf", "http/json"}),
            always(http_answer(200, "application/x-protobuf", "")));
  add_local_name(table.over({"grpc"}), grpc_answer(""));
  add_local_name(table.over({"http/protobuf", "http/json"}),
                 always(http_answer(200, "application/x-protobuf", "")));
  table.over({"grpc", "http/protobuf", "http/json"})
      .add_endless("a name server that is silent",
                   not_reachable("dns", "no answer from the name server about 'collector.test'",
                                 "/etc/resolv.conf"),
                   at("http://collector.test:4317"));
  return std::move(table).rows();
}

std::vector<BadPeer> ipv6_name_peers() {
  PeerTable table;
  add_families(table.over({"grpc"}), grpc_answer(""));
  add_families(table.over({"http/protobuf", "http/json"}),
               always(http_answer(200, "application/x-protobuf", "")));
  return std::move(table).rows();
}

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
