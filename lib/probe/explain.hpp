// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/deadline.hpp"
#include "probe/identify.hpp"
#include "probe/reach.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

// Why a plaintext export got no answer of an OTLP server, from what the port was found to speak;
// nothing when that explains nothing.
std::optional<Error> explain_plaintext(const settings::OtlpSettings& settings, const Peer& peer);

// What was found out about an export that nobody answered although the way is good.
struct Silence {
  std::optional<Error> cause = std::nullopt;
  std::optional<Peer> peer = std::nullopt;  // when the port was asked who it is
};

// `error` is what the transport said. Asks the port who it is, except through a proxy and over TLS,
// where the way itself has shown enough.
Silence explain_silence(const settings::OtlpSettings& settings, const Reach& way,
                        const Error& error, const net::Deadline& deadline, const Clock& clock);

// What to do where a proxy stands in the way: "except HOST with no_proxy, or correct VARIABLE".
std::string proxy_hint(const settings::OtlpSettings& settings);

// Why a TLS handshake came to nothing, in the same way.
std::optional<Error> explain_tls(const settings::OtlpSettings& settings, const Peer& peer);

}  // namespace otelctl::probe
