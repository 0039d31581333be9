// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/commands/config_inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/file.hpp"

namespace otelctl {

Result<ConfigInput> read_config_input(const std::string& file, std::uint64_t most_bytes,
                                      Context& context) {
  const bool is_stdin = file == "-";
  auto bytes = is_stdin ? read_stream_start(context.piped_input(), "standard input", most_bytes + 1)
                        : read_file_start(file, most_bytes + 1);
  if (!bytes) {
    return fail(std::move(bytes).error());
  }
  return ConfigInput{is_stdin ? "(standard input)" : file, std::move(*bytes)};
}

std::vector<std::string> yaml_files_here() {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(".", error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    const std::string extension = entry->path().extension().string();
    if ((extension == ".yaml" || extension == ".yml") && entry->is_regular_file(ignored)) {
      names.push_back(entry->path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace otelctl
