// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/remote_kinds.hpp"

#include <array>

#include "query/jaeger.hpp"
#include "query/tempo.hpp"
#include "query/zipkin.hpp"

namespace otelctl::query {
namespace {

using settings::BackendKind;

template <typename Kind>
std::unique_ptr<Backend> open(const settings::QuerySettings& settings) {
  return std::make_unique<Kind>(settings);
}

constexpr std::array k_kinds = {
    RemoteKind{BackendKind::jaeger, 16686, open<Jaeger>},
    RemoteKind{BackendKind::tempo, 3200, open<Tempo>},
    RemoteKind{BackendKind::zipkin, 9411, open<Zipkin>},
};

}  // namespace

std::span<const RemoteKind> remote_kinds() {
  return k_kinds;
}

}  // namespace otelctl::query
