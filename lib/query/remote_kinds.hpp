// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "query/backend.hpp"

namespace otelctl::query {

// A kind of backend that is asked over the network.
struct RemoteKind {
  settings::BackendKind kind;
  std::uint16_t usual_port;
  // The settings must name a URL. Nothing is asked yet.
  std::unique_ptr<Backend> (*open)(const settings::QuerySettings& settings);
};

// In the order in which `auto` tries them on a port that tells nothing.
std::span<const RemoteKind> remote_kinds();

}  // namespace otelctl::query
