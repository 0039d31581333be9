// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.hpp"
#include "base/result.hpp"
#include "query/json_events.hpp"
#include "trace/builder.hpp"

namespace otelctl::test {

// Feeds a whole text to a reader, in pieces of so many bytes.
inline Result<std::vector<trace::Trace>> read_traces(trace::TraceBuilder& builder,
                                                     query::ByteReader& reader,
                                                     std::string_view text,
                                                     std::size_t piece = std::string_view::npos) {
  for (std::size_t at = 0; at < text.size(); at += std::min(piece, text.size() - at)) {
    if (auto fed = reader.feed(text.substr(at, piece)); !fed) {
      return fail(fed.error());
    }
  }
  if (auto finished = reader.finish(); !finished) {
    return fail(finished.error());
  }
  return builder.finish();
}

// The same for the readers of JSON.
template <typename Reader>
Result<std::vector<trace::Trace>> read_traces(std::string_view text,
                                              std::size_t piece = std::string_view::npos) {
  trace::TraceBuilder builder;
  Reader reader(builder);
  query::JsonFeed feed(reader);
  return read_traces(builder, feed, text, piece);
}

inline std::string test_data(const std::string& name) {
  return read_file(std::string(OTELCTL_TEST_DATA) + "/" + name, 1 << 20).value();
}

}  // namespace otelctl::test
