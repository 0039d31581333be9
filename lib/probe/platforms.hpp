// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "settings/otlp_settings.hpp"

namespace otelctl::probe {

// Something about a target that is known before any packet: a platform's demand that the settings
// do not meet, a port that belongs to something else. Never holds a header's value.
struct Advice {
  std::string message;
  std::string hint;
};

// "Honeycomb", "Langfuse"...; "" when the host is none that is known.
std::string platform_of(const settings::OtlpSettings& settings);

// In order of weight; empty when nothing is known or all is well. It is knowledge of other people's
// services, which they may change: a warning, never a reason not to try.
std::vector<Advice> advise(const settings::OtlpSettings& settings);

// What to do about a refusal by a platform that is known; "" elsewhere. `code` is an
// ExportOutcome's: for 401, 403, UNAUTHENTICATED and PERMISSION_DENIED the hint names the header
// that the platform wants and where the key comes from; for 400, 404, 405, 415 and UNIMPLEMENTED
// the path and the protocols that it takes; "" for any other.
std::string refusal_hint(const settings::OtlpSettings& settings, std::string_view code);

}  // namespace otelctl::probe
