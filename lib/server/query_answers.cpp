// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/query_answers.hpp"

#include <cstddef>
#include <utility>

#include "otlp/json_text.hpp"

namespace otelctl::server {

HttpAnswer json_answer(std::string body) {
  return {.content_type = "application/json", .body = std::move(body)};
}

HttpAnswer text_answer(int status, std::string_view words) {
  return {.status = status, .body = std::string(words) + '\n'};
}

HttpAnswer not_found() {
  return text_answer(404, "404 page not found");
}

std::string json_list(const std::vector<std::string>& texts) {
  std::string json = "[";
  for (const std::string& text : texts) {
    json += json.size() == 1 ? "" : ",";
    otlp::append_json_string(json, text);
  }
  return json + ']';
}

HttpAnswer list_answer(const Store& store, std::vector<TraceId> ids, std::string head,
                       std::string tail, void (*append)(std::string&, std::string_view)) {
  HttpAnswer answer = json_answer(std::move(head));
  answer.more = [&store, ids = std::move(ids), tail = std::move(tail), append,
                 next = std::size_t{0}, is_first = true](std::string& piece) mutable {
    for (; next < ids.size(); ++next) {
      std::string payload;
      if (store.append_trace(ids[next], payload)) {
        piece += is_first ? "" : ",";
        is_first = false;
        append(piece, payload);
        ++next;
        return true;
      }
    }
    piece += tail;
    return false;
  };
  return answer;
}

}  // namespace otelctl::server
