// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "query/backend.hpp"

namespace otelctl::query {

// A kind of backend that is asked over the network, as the file of its name gives it.
struct RemoteKind {
  settings::BackendKind kind;
  std::uint16_t usual_port;
  // The settings must name a URL. Nothing is asked yet.
  std::unique_ptr<Backend> (*open)(const settings::QuerySettings& settings);
};

template <typename Kind>
std::unique_ptr<Backend> open_remote(const settings::QuerySettings& settings) {
  return std::make_unique<Kind>(settings);
}

// All of them, in the order of settings/backend_kinds.def: that in which `auto` tries them on a
// port that tells nothing.
std::span<const RemoteKind> remote_kinds();

}  // namespace otelctl::query
