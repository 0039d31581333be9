// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/attributes/attribute_names.hpp"

#include <algorithm>
#include <array>

namespace otelctl::config {
namespace {

// From the semantic conventions 1.44.0 (the gen_ai names from 1.41.1, the last with them, as they
// moved to a repository of their own): those that agent platforms still write.
constexpr std::array<Rename, 17> k_renames{{
    {"code.function", "code.function.name"},
    {"db.name", "db.namespace"},
    {"db.operation", "db.operation.name"},
    {"db.sql.table", "db.collection.name"},
    {"db.statement", "db.query.text"},
    {"db.system", "db.system.name"},
    {"deployment.environment", "deployment.environment.name"},
    {"gen_ai.system", "gen_ai.provider.name"},
    {"gen_ai.usage.completion_tokens", "gen_ai.usage.output_tokens"},
    {"gen_ai.usage.prompt_tokens", "gen_ai.usage.input_tokens"},
    {"http.method", "http.request.method"},
    {"http.status_code", "http.response.status_code"},
    {"http.url", "url.full"},
    {"http.user_agent", "user_agent.original"},
    {"messaging.destination", "messaging.destination.name"},
    {"messaging.message_id", "messaging.message.id"},
    {"net.host.name", "server.address"},
}};

}  // namespace

std::optional<Rename> find_rename(std::string_view name) {
  const auto* const found = std::find_if(k_renames.begin(), k_renames.end(),
                                         [&](const auto& row) { return row.old_name == name; });
  return found == k_renames.end() ? std::nullopt : std::optional(*found);
}

}  // namespace otelctl::config
