// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/jaeger_text.hpp"
#include "trace/trace.hpp"

namespace otelctl::test {

// In what the servers that answer as Jaeger differ.
struct FakeJaegerOptions {
  bool has_v3 = true;
  bool has_summaries = true;       // Jaeger since 2.19
  bool has_legacy_search = true;   // Jaeger until 2.20, and its copies
  bool filters_attributes = true;  // api_v3 since 2.19
  bool has_operations = true;      // the legacy API's; else only its older route with a path
  // The user interface's page with 200 for what is not there, as before 2.16; else this status, and
  // this text: VictoriaTraces answers 400, a gateway with words of its own.
  bool has_page_for_unknown = false;
  int status_for_unknown = 404;
  std::string words_for_unknown = "404 page not found\n";
  // A search for more traces is refused, by a store in memory with such a max_traces.
  std::optional<std::size_t> most_traces = std::nullopt;
  // Searching without a service: refused with 400, or answered with nothing.
  bool needs_service = false;
  bool is_empty_without_service = false;
  // Searches give the oldest first, so that a limit cuts the newest off.
  bool gives_oldest_first = false;
  // What is not found: 200 and no traces, instead of 404 as api_v3 has it since 1.65.
  bool gives_empty_with_200 = false;
  // Refuses with 401 as text who names no tenant in x-tenant.
  bool needs_tenant = false;
  // Answers with spans come chunked, in small pieces, and slowly; or packed.
  bool is_slow = false;
  bool is_gzip = false;
  // So many answers are 503 before the others.
  std::size_t failing_answers = 0;
  JaegerText text = {};
  std::string base_path = {};
  // Every answer is this one.
  std::optional<int> status = std::nullopt;
  std::string body = {};
  std::string location = {};
  // Answers with spans end after so many bytes: as whole HTTP answers, or by hanging up.
  std::optional<std::size_t> cut_after = std::nullopt;
  bool hangs_up = false;
};

// A Jaeger query service on 127.0.0.1 and a free port that holds the traces it is given.
class FakeJaeger {
 public:
  FakeJaeger(FakeJaegerOptions options, std::vector<trace::Trace> traces);
  ~FakeJaeger();
  FakeJaeger(const FakeJaeger&) = delete;
  FakeJaeger& operator=(const FakeJaeger&) = delete;

  // "http://127.0.0.1:PORT", without the base path.
  std::string url() const;
  // The paths that were asked for, in their order, without parameters and with them.
  std::vector<std::string> paths() const;
  std::vector<std::string> targets() const;
  // Further traces, as they are stored while it runs.
  void add(trace::Trace trace);
  // The value of a header of the last request, "" when it was not there.
  std::string last_header(const std::string& name) const;

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::test
