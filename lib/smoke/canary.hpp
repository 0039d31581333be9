// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "probe/canary.hpp"
#include "settings/otlp_settings.hpp"
#include "trace/trace.hpp"

namespace otelctl::smoke {

// A trace of six spans over two services that uses every field that OTLP has for spans: all kinds,
// the three statuses, parents here and in another process, attributes of each type, events, a link,
// trace state, times that are no whole microseconds. Every span has otelctl.canary=true.
struct Canary {
  probe::Canary request;  // what is sent
  trace::Trace trace;     // the same, as it should be read again
};

// The first service is the one that the settings name ("otelctl-canary" where they name none), the
// second is called the same with "-callee". The trace began some milliseconds before `now` and has
// ended by then. Error kind: usage, for a --resource whose value is not of its type.
Result<Canary> make_canary(const settings::OtlpSettings& settings, Random& random, Time now);

}  // namespace otelctl::smoke
