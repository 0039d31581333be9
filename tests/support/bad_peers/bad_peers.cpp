// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/bad_peers/bad_peers.hpp"

#include <stdexcept>
#include <utility>

#include "base/file.hpp"

namespace otelctl::test {

std::string echoing(std::string_view words) {
  return std::string(words) + " (authorization: " + std::string(k_planted_authorization) +
         ", x-api-key: " + std::string(k_planted_key) + ")";
}

Verdict not_reachable(std::string stage, std::string words, std::string hint) {
  return {std::move(stage), "unreachable", 3, std::move(words), std::move(hint)};
}
Verdict refused(std::string stage, std::string words, std::string hint) {
  return {std::move(stage), "refused", 4, std::move(words), std::move(hint)};
}
Verdict not_understood(std::string stage, std::string words, std::string hint) {
  return {std::move(stage), "not_understood", 5, std::move(words), std::move(hint)};
}
Verdict unfit_settings(std::string stage, std::string words, std::string hint) {
  return {std::move(stage), "settings", 2, std::move(words), std::move(hint)};
}
Verdict rejected(std::string stage, std::string words, std::string hint) {
  return {std::move(stage), "failed", 1, std::move(words), std::move(hint)};
}
Verdict good(std::string stage, std::string words) {
  return {std::move(stage), "", 0, std::move(words)};
}

PeerKit::PeerKit() : m_ca(write("ca.pem", m_authority.certificate())) {}

std::string PeerKit::write(const std::string& name, std::string_view text) const {
  std::string path = m_folder.path(name);
  if (!write_file(path, text)) {
    throw std::runtime_error("cannot write " + path);
  }
  return path;
}

std::vector<std::string> command_line(const BadPeer& peer, const LivePeer& live,
                                      const std::string& timeout, const std::string& format) {
  std::vector<std::string> line{"test-connection",
                                "--endpoint",
                                live.endpoint,
                                "--protocol",
                                peer.protocol,
                                "--timeout",
                                timeout,
                                "--format",
                                format,
                                "--header",
                                "authorization=" + std::string(k_planted_authorization),
                                "--header",
                                "x-api-key=" + std::string(k_planted_key)};
  line.insert(line.end(), live.arguments.begin(), live.arguments.end());
  return line;
}

PeerTable& PeerTable::over(std::vector<std::string> protocols) {
  m_protocols = std::move(protocols);
  return *this;
}

PeerTable& PeerTable::add(const std::string& name, const Verdict& verdict, const StartPeer& start) {
  for (const std::string& protocol : m_protocols) {
    m_rows.push_back({name, protocol, verdict, start});
  }
  return *this;
}

PeerTable& PeerTable::add_endless(const std::string& name, const Verdict& verdict,
                                  const StartPeer& start) {
  add(name, verdict, start);
  for (std::size_t i = m_rows.size() - m_protocols.size(); i < m_rows.size(); ++i) {
    m_rows[i].is_endless = true;
  }
  return *this;
}

StartPeer plain(RawServer::Handler handler) {
  return [handler = std::move(handler)](const PeerKit&) {
    auto server = std::make_shared<RawServer>(handler);
    return LivePeer{"http://localhost:" + std::to_string(server->port()), {}, {server}};
  };
}

StartPeer over_tls(RawServer::Handler handler, const std::string& alpn) {
  return [handler = std::move(handler), alpn](const PeerKit& kit) {
    auto server = std::make_shared<RawServer>(handler, TlsWish{kit.authority().issue(), "", alpn});
    return LivePeer{
        "https://localhost:" + std::to_string(server->port()), {"--ca", kit.ca()}, {server}};
  };
}

}  // namespace otelctl::test
