// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "net/deadline.hpp"
#include "net/resolver.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

// Whether one of OTLP's own ports, 4317 and 4318, is open on the host of a target that was not
// understood or refused the connection: "port 4318 is open there: try --endpoint ...". Nothing is
// sent, only a connection made. `addresses` are the host's; their ports do not count.
std::optional<std::string> open_sibling(const settings::OtlpSettings& settings,
                                        const std::vector<net::Address>& addresses,
                                        const net::Deadline& deadline);

}  // namespace otelctl::probe
