// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/environment.hpp"
#include "base/result.hpp"
#include "base/signal.hpp"
#include "settings/section.hpp"
#include "yaml/document.hpp"

namespace otelctl::settings {

// Whether the document is declarative configuration of an SDK: it has the key `file_format`.
bool is_sdk_file(const yaml::Document& document);

// What such a file says to the OTLP exporter of one signal (the first that its provider has), and
// who the service is. Error kind: settings, with the place in the message.
Result<OtlpSection> read_sdk_file(const yaml::Document& document, const std::string& path,
                                  const Environment& environment, Signal signal);

}  // namespace otelctl::settings
