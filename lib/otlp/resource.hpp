// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "otlp/attribute.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::otlp {

// The resource attributes that the settings name, without service.name: those of --resource with
// the types that their keys ask for, the others as strings. Error kind: usage.
Result<std::vector<Attribute>> given_resource(const settings::OtlpSettings& settings);

// The same with service.name in front, `default_service` where nobody named one.
Result<std::vector<Attribute>> resource_of(const settings::OtlpSettings& settings,
                                           std::string_view default_service);

}  // namespace otelctl::otlp
