// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/collector/collector.hpp"

namespace otelctl::config::collector {

// Something of the Collector that listens for connections.
struct Listener {
  std::string owner;  // "otlp (grpc)", for messages
  std::string host;
  int port = 0;
  Place place;
  // Exporters are read from, all others are sent to.
  Section section = Section::receivers;
  // The endpoint is in the file; else it is the default.
  bool is_given = false;
  // A pipeline or service.extensions has it started.
  bool is_used = false;
  // Why it cannot; empty where it can.
  std::string_view flaw = {};
};

// The servers of the receivers, exporters and extensions whose keys are known; those of which a
// variable hides the address are left out.
std::vector<Listener> listeners_of(const Collector& model);

}  // namespace otelctl::config::collector
