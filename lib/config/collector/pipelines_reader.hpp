// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "config/collector/collector.hpp"
#include "config/collector/map_notes.hpp"
#include "yaml/document.hpp"

namespace otelctl::config::collector {

// A list of names of components, as pipelines and service.extensions have it.
ReferenceList read_references(MapNotes& notes, const yaml::Document::Entry& entry,
                              const std::string& path);

// service.pipelines, into the Collector's.
void read_pipelines(MapNotes& notes, const yaml::Document::Entry& entry, const std::string& path,
                    Collector& collector);

}  // namespace otelctl::config::collector
