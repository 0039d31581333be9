// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/sdk/published_schema.hpp"

#include <stdexcept>

namespace otelctl::config::sdk {
namespace {

schema::Schema compiled() {
  auto schema = schema::Schema::parse(published_schema_text());
  if (!schema) {
    // The text is built in and tests compile it, so this is a broken build.
    throw std::logic_error(schema.error().message);
  }
  return std::move(*schema);
}

}  // namespace

const schema::Schema& published_schema() {
  static const schema::Schema schema = compiled();
  return schema;
}

}  // namespace otelctl::config::sdk
