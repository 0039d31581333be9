// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/headers.hpp"

#include "base/redact.hpp"

namespace otelctl::config {

bool is_credential(const Item& header) {
  return is_secret_name(header.name) || looks_secret(header.text);
}

}  // namespace otelctl::config
