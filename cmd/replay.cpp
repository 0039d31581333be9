// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/replay.hpp"

#include <string>

#include <fmt/format.h>

#include "cmd/context.hpp"

namespace otelctl {

Result<synth::Replay> read_replay(CapturedFile capture, Signal signal, std::uint64_t seed,
                                  const std::vector<OptionInReplay>& options,
                                  const settings::OtlpSettings& target, Context& context) {
  for (const OptionInReplay& option : options) {
    if (option.is_given) {
      return fail(ErrorKind::usage,
                  fmt::format("{}: a replay changes nothing but ids and times", option.name),
                  fmt::format("leave it out; {} is captured telemetry", capture.name));
    }
  }
  if (!target.service_name.empty()) {
    context.note(fmt::format("the service name '{}' is ignored: a replay has those of its capture",
                             target.service_name));
  }
  auto replay = synth::Replay::read(capture.bytes, capture.name, signal, {.seed = seed});
  if (!replay) {
    return fail(std::move(replay).error().within("--scenario"));
  }
  for (const std::string& note : replay->notes()) {
    context.note(fmt::format("{}: {}", capture.name, note));
  }
  return replay;
}

}  // namespace otelctl
