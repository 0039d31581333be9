// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.hpp"
#include "query/backend.hpp"
#include "settings/otlp_settings.hpp"
#include "smoke/look.hpp"
#include "trace/trace.hpp"

namespace otelctl::smoke {

// Why a canary that was accepted did not become visible as a whole, as an Error of kind not_seen:
// the message says what is missing, the hint where it can have been lost. Asks the backend once
// more, for the services that it knows: who knows none is another backend than the one that is
// exported to.
Error explain_absence(const settings::OtlpSettings& settings, query::Backend& backend,
                      const query::BackendInfo& info, const trace::Trace& sent,
                      const Sighting& sighting);

}  // namespace otelctl::smoke
