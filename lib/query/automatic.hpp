// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "query/backend.hpp"

namespace otelctl::query {

// Whatever is behind a URL, told at the first call by what it answers: each kind is asked whether
// the server speaks its API, first the one whose usual port it is. A server that refuses, or cannot
// be reached, is asked no further. From then on it is the backend of that kind.
class Automatic final : public Backend {
 public:
  // The settings must name a URL.
  explicit Automatic(const settings::QuerySettings& settings) : m_settings(settings) {}

  Result<BackendInfo> probe() override;
  bool ships_whole_traces() const override;
  Result<std::vector<std::string>> services() override;
  Result<std::vector<std::string>> operations(const std::string& service) override;
  Result<SearchAnswer> search(const Search& search) override;
  std::vector<Result<SearchAnswer>> search_all(const std::vector<Search>& searches) override;
  Result<trace::Trace> trace(const TraceId& id) override;
  std::string page_of(const TraceId& id) const override;
  std::vector<std::string> notes() const override;

 private:
  // What one kind said about the server.
  struct Refusal {
    std::string_view kind;
    Error error;
  };

  Result<Backend*> decide();
  Error nothing_found(std::vector<Refusal> refusals) const;

  settings::QuerySettings m_settings;
  std::unique_ptr<Backend> m_backend;  // once it is known
};

}  // namespace otelctl::query
