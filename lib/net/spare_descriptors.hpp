// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

namespace otelctl::net {

// Whether the process may open as many files as gRPC needs before it has a connection: where it
// cannot have its epoll and eventfd it aborts the process. To be asked before gRPC is first used.
// Error kind: settings.
Result<void> check_spare_descriptors();

}  // namespace otelctl::net
