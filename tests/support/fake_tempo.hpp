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

// In what the servers that answer as Tempo differ.
struct FakeTempoOptions {
  std::string base_path = {};
  bool has_echo = true;
  bool knows_most_recent = true;  // else it is refused with 400
  bool has_service_stats = true;
  bool has_traces_v2 = true;
  bool has_tag_values_v2 = true;
  bool gives_protobuf = true;                         // where it is asked for; else JSON
  std::optional<std::string> partial = std::nullopt;  // the message of traces that are not whole
  std::string tenant = {};                            // 401 without it
  std::optional<std::size_t> cut_after = std::nullopt;
  int status_for_unknown = 404;  // of a route that it does not have
};

// A Tempo on 127.0.0.1 and a free port that holds the traces it is given. Searches give the oldest
// first, unless the most recent are wanted: whatever Tempo finds first. Trace ids lose their
// leading zeros, durations what is below a millisecond. Of TraceQL it understands the conditions
// that the tests send, by looking for them.
class FakeTempo {
 public:
  FakeTempo(FakeTempoOptions options, std::vector<trace::Trace> traces);
  ~FakeTempo();
  FakeTempo(const FakeTempo&) = delete;
  FakeTempo& operator=(const FakeTempo&) = delete;

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
