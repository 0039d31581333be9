// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "base/signal.hpp"
#include "synth/sender.hpp"

namespace otelctl::report {

// How a run stands, on one line without its end: time, records per second since `before` was shown,
// what became of them, latency. It has `width` columns at most: what does not fit is left out, from
// the right. ASCII, without colour.
std::string progress_line(const synth::SendProgress& now, const synth::SendProgress& before,
                          Signal signal, std::size_t width);

}  // namespace otelctl::report
