// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.hpp"
#include "probe/identify.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

// Why a plaintext export got no answer of an OTLP server, from what the port was found to speak;
// nothing when that explains nothing.
std::optional<Error> explain_plaintext(const settings::OtlpSettings& settings, const Peer& peer);

// Why a TLS handshake came to nothing, in the same way.
std::optional<Error> explain_tls(const settings::OtlpSettings& settings, const Peer& peer);

}  // namespace otelctl::probe
