// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace otelctl::net {

// Bytes that a transport may read for as long as it has the owner.
struct HeldBytes {
  std::shared_ptr<const void> owner;
  std::string_view bytes;
};

inline HeldBytes hold(std::string text) {
  auto owner = std::make_shared<const std::string>(std::move(text));
  const std::string_view bytes = *owner;
  return {std::move(owner), bytes};
}

}  // namespace otelctl::net
