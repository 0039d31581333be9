// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/remote_kinds.hpp"

#include <array>

namespace otelctl::query {

#define OTELCTL_BACKEND(name) RemoteKind name##_backend();
#include "settings/backend_kinds.def"
#undef OTELCTL_BACKEND

std::span<const RemoteKind> remote_kinds() {
  static const std::array k_kinds{
#define OTELCTL_BACKEND(name) name##_backend(),
#include "settings/backend_kinds.def"
#undef OTELCTL_BACKEND
  };
  return k_kinds;
}

}  // namespace otelctl::query
