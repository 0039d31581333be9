// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cmd/build_origin.hpp"

namespace otelctl {

// The program in the real world: standard streams, environment, clock, randomness and signals of
// this process handed to run_app(). Returns the exit status.
int run_process(int argc, const char* const* argv, const char* const* environment,
                const BuildOrigin& origin);

}  // namespace otelctl
