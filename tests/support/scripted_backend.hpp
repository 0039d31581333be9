// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "query/backend.hpp"

namespace otelctl::test {

// A backend that gives the answers that it was told, in their order, the last one for ever.
class ScriptedBackend final : public query::Backend {
 public:
  std::deque<Result<trace::Trace>> answers;
  Result<std::vector<std::string>> known_services = std::vector<std::string>();
  std::size_t questions = 0;

  Result<query::BackendInfo> probe() override {
    return query::BackendInfo{"memory", "", "memory://"};
  }
  bool ships_whole_traces() const override { return false; }
  Result<std::vector<std::string>> services() override { return known_services; }
  Result<std::vector<std::string>> operations(const std::string& /*service*/) override {
    return std::vector<std::string>();
  }
  Result<query::SearchAnswer> search(const query::Search& /*search*/) override {
    return query::SearchAnswer();
  }
  Result<trace::Trace> trace(const TraceId& /*id*/) override {
    ++questions;
    auto answer = answers.front();
    if (answers.size() > 1) {
      answers.pop_front();
    }
    return answer;
  }
};

inline tl::unexpected<Error> not_there() {
  return fail(ErrorKind::not_seen, "the backend has no such trace");
}

}  // namespace otelctl::test
