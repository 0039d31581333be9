// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/issue.hpp"

namespace otelctl::config {

// A header that carries credentials: by its name, or by what its value looks like.
bool is_credential(const Item& header);

}  // namespace otelctl::config
