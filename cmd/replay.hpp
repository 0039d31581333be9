// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "cmd/scenario_source.hpp"
#include "settings/otlp_settings.hpp"
#include "synth/replay.hpp"

// A replay of what --scenario named, for the commands that send.
namespace otelctl {

class Context;

// An option that has no meaning in a replay, which changes nothing but ids and times.
struct OptionInReplay {
  std::string_view name;
  bool is_given;
};

// Reads the capture, whose bytes are not needed after that. Notes on stderr what of it is passed
// over, and that a service name that the environment gives is ignored. Error kind: usage, for the
// first of `options` that is given; settings, for a capture that cannot be read or has nothing of
// the signal.
Result<synth::Replay> read_replay(CapturedFile capture, Signal signal, std::uint64_t seed,
                                  const std::vector<OptionInReplay>& options,
                                  const settings::OtlpSettings& target, Context& context);

}  // namespace otelctl
