// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "server/http_listener.hpp"
#include "server/store.hpp"

namespace otelctl::server {

// What the query APIs' answers have in common.

HttpAnswer json_answer(std::string body);
// An error's words as plain text.
HttpAnswer text_answer(int status, std::string_view words);
HttpAnswer not_found();

// The texts as a JSON array.
std::string json_list(const std::vector<std::string>& texts);

// An answer that holds many traces, made one by one while it is sent: `append` writes one from its
// payload, a serialized TracesData. A trace that was evicted since it was found is left out.
HttpAnswer list_answer(const Store& store, std::vector<TraceId> ids, std::string head,
                       std::string tail, void (*append)(std::string&, std::string_view));

}  // namespace otelctl::server
