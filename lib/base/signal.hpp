// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace otelctl {

// The signals of OTLP that otelctl speaks.
enum class Signal { traces, metrics, logs };

constexpr std::string_view name_of(Signal signal) {
  switch (signal) {
    case Signal::traces:
      return "traces";
    case Signal::metrics:
      return "metrics";
    case Signal::logs:
      return "logs";
  }
  return "traces";
}

// What one record of it is called: "span", "data point", "log record".
constexpr std::string_view noun_of(Signal signal) {
  switch (signal) {
    case Signal::traces:
      return "span";
    case Signal::metrics:
      return "data point";
    case Signal::logs:
      return "log record";
  }
  return "record";
}

}  // namespace otelctl
