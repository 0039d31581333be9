// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What a port says, as bytes: who it is must be found without a fault, and shown safely.
#include <cstdint>
#include <string_view>

#include "probe/banner.hpp"
#include "probe/explain.hpp"
#include "probe/identify.hpp"
#include "settings/endpoint.hpp"
#include "tests/fuzz/require.hpp"

using namespace otelctl;
using fuzz::require;

namespace {

// As much of a server as a sentence can hold.
constexpr std::size_t k_longest_clause = 600;

void check_explanations(const probe::Peer& peer) {
  for (const auto protocol : {settings::Protocol::grpc, settings::Protocol::http_protobuf}) {
    settings::OtlpSettings settings;
    settings.protocol = protocol;
    settings.endpoint = settings::standard_endpoint(protocol, Signal::traces);
    for (const auto& cause :
         {probe::explain_plaintext(settings, peer), probe::explain_tls(settings, peer)}) {
      if (cause) {
        fuzz::require_printable(cause->message);
        require(!cause->hint.empty(), "a cause says what to do");
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  fuzz::require_printable(probe::shown_banner(bytes));
  const probe::HttpGreeting greeting = probe::read_greeting(bytes);
  fuzz::require_printable(probe::describe(greeting));
  require(probe::describe(greeting).size() <= k_longest_clause, "a description is short");
  auto peer = probe::peer_of_bytes(bytes);
  if (peer) {
    if (peer->kind == probe::PeerKind::http1) {
      peer->server = probe::describe(greeting);
    }
    fuzz::require_printable(probe::describe(*peer));
    require(probe::describe(*peer).size() <= k_longest_clause, "a description is short");
    check_explanations(*peer);
  }
  return 0;
}
