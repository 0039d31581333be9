// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "trace/trace.hpp"

namespace otelctl::test {

class FakeHttp;

// In what the servers that answer as Zipkin differ.
struct FakeZipkinOptions {
  // The API is below this path; what is not there is 404 as text.
  std::string base_path = {};
  // What is not there is a page with 200.
  bool has_page_for_unknown = false;
  // Takes no notice of annotationQuery and durations.
  bool filters = true;
  // Answers with spans end after so many bytes.
  std::optional<std::size_t> cut_after = std::nullopt;
};

// A Zipkin server on 127.0.0.1 and a free port that holds the traces it is given, as Zipkin would:
// names in lower case, times in microseconds, ids of 64 bits short. Each part of a query may be met
// by another span. Maximal durations alone are refused.
class FakeZipkin {
 public:
  FakeZipkin(FakeZipkinOptions options, std::vector<trace::Trace> traces);
  ~FakeZipkin();
  FakeZipkin(const FakeZipkin&) = delete;
  FakeZipkin& operator=(const FakeZipkin&) = delete;

  std::string url() const;
  std::vector<std::string> paths() const;
  // The parameter of the last request that had it.
  std::string last_parameter(const std::string& name) const;
  std::string last_header(const std::string& name) const;

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::test
