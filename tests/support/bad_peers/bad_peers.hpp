// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/certificates.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/temporary_folder.hpp"

// The peers that `otelctl test-connection` meets in bad luck, as a table: how each is started, and
// what otelctl must say of it. The tests and scripts/bench bad-peers walk over the same rows.
namespace otelctl::test {

// Sent as headers to every peer. Those that answer with words send them back, as bad servers do; no
// output may hold them.
constexpr std::string_view k_planted_authorization = "Bearer s3cr3t-0123456789abcdef";
constexpr std::string_view k_planted_key = "k3y-fedcba9876543210";

// What a peer says that repeats what it was told.
std::string echoing(std::string_view words);

// What otelctl must say. The words are parts of the message and of the hint.
struct Verdict {
  std::string stage;  // that fails; with exit status 0 the one that is looked at
  std::string kind;   // "" with exit status 0
  int status = 0;
  std::string words = {};
  std::string hint = {};
};

Verdict not_reachable(std::string stage, std::string words, std::string hint);
Verdict refused(std::string stage, std::string words, std::string hint);
Verdict not_understood(std::string stage, std::string words, std::string hint);
Verdict unfit_settings(std::string stage, std::string words, std::string hint);
Verdict rejected(std::string stage, std::string words, std::string hint);
Verdict good(std::string stage, std::string words);

// The files of a client that trusts one authority, made once for many rows.
class PeerKit {
 public:
  PeerKit();
  PeerKit(const PeerKit&) = delete;
  PeerKit& operator=(const PeerKit&) = delete;

  const Authority& authority() const { return m_authority; }
  // The path of the authority's certificate.
  const std::string& ca() const { return m_ca; }
  // A file with this text; its path.
  std::string write(const std::string& name, std::string_view text) const;

 private:
  Authority m_authority;
  TemporaryFolder m_folder;
  std::string m_ca;
};

// A peer that is there as long as this lives.
struct LivePeer {
  std::string endpoint;
  std::vector<std::string> arguments = {};  // further ones that the row needs
  std::vector<std::shared_ptr<void>> servers = {};
};

using StartPeer = std::function<LivePeer(const PeerKit&)>;

struct BadPeer {
  std::string name;
  std::string protocol;  // "grpc", "http/protobuf", "http/json"
  Verdict verdict;
  StartPeer start;
  // What the peer does lasts until --timeout.
  bool is_endless = false;
};

// The rows by family. Names with their protocol are unique over all.
std::vector<BadPeer> plaintext_peers();
std::vector<BadPeer> http_answer_peers();
std::vector<BadPeer> grpc_answer_peers();
std::vector<BadPeer> tls_peers();
std::vector<BadPeer> address_peers();
// Those that need ::1.
std::vector<BadPeer> ipv6_peers();
// Those that need names of their own (own_names.hpp): these lines in /etc/hosts, and a mute name
// server at this address.
constexpr std::string_view k_own_hosts =
    "127.0.0.1 localhost\n127.0.0.2 pair.test\n127.0.0.1 pair.test\n"
    "::1 six.test\n::1 both.test\n127.0.0.1 both.test\n";
constexpr std::string_view k_mute_name_server = "127.53.0.1";
std::vector<BadPeer> name_peers();
// Those that need both.
std::vector<BadPeer> ipv6_name_peers();

// The command line after "otelctl", with the planted headers.
std::vector<std::string> command_line(const BadPeer& peer, const LivePeer& live,
                                      const std::string& timeout, const std::string& format);

// Makes rows of one family.
class PeerTable {
 public:
  // The next rows have these protocols.
  PeerTable& over(std::vector<std::string> protocols);
  // One row a protocol.
  PeerTable& add(const std::string& name, const Verdict& verdict, const StartPeer& start);
  PeerTable& add_endless(const std::string& name, const Verdict& verdict, const StartPeer& start);
  std::vector<BadPeer> rows() && { return std::move(m_rows); }

 private:
  std::vector<std::string> m_protocols;
  std::vector<BadPeer> m_rows;
};

// A server at http://localhost.
StartPeer plain(RawServer::Handler handler);
// A server at https://localhost whose identity the kit's authority has issued and is trusted.
StartPeer over_tls(RawServer::Handler handler, const std::string& alpn);

}  // namespace otelctl::test
