// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "query/backend.hpp"
#include "trace/trace.hpp"

namespace otelctl::query {

// The traces of one file, read whole with the first question (trace_file.hpp). Error kinds of all
// calls: settings, for a file that cannot be read; not_understood, for one that holds no traces.
class FileBackend final : public Backend {
 public:
  // "-" reads `input`, which must outlive this.
  FileBackend(std::string path, std::istream& input);

  Result<BackendInfo> probe() override;
  bool ships_whole_traces() const override { return false; }
  bool is_archive() const override { return true; }
  Result<std::vector<std::string>> services() override;
  Result<std::vector<std::string>> operations(const std::string& service) override;
  Result<SearchAnswer> search(const Search& search) override;
  Result<trace::Trace> trace(const TraceId& id) override;

 private:
  Result<void> load();
  Result<void> read();

  std::string m_path;
  std::istream& m_input;
  // What load() came to; nothing before it.
  std::optional<Result<void>> m_loaded;
  std::string m_format;
  std::vector<trace::Trace> m_traces;
};

}  // namespace otelctl::query
