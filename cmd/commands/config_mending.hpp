// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cmd/context.hpp"
#include "cmd/shared_options.hpp"
#include "config/fix.hpp"

namespace otelctl {

// What --fix and --diff make of the files of `config validate`. Nothing is written before every
// file was looked at.
class ConfigMending {
 public:
  // Mends one file in memory. `file` is what the command line calls it; "-" is standard input.
  // Returns what is left to report.
  config::FileReport mend(const std::string& file, const std::string& name, std::string bytes,
                          const config::ValidateOptions& options);

  // Writes files in place, and says on stderr how much was mended. Of standard input the text goes
  // to standard output, mended or not.
  Result<void> write_files(Context& context) const;
  bool has_standard_input() const;

  // Writes the changes as one unified diff in place of the report. Failed when there is any.
  Result<Exit> write_diff(const OutputOptions& output, Context& context) const;

 private:
  struct Mended {
    std::string file;
    std::string name;
    yaml::Document before;
    yaml::Document after;
    std::size_t count = 0;
    // There was more of it than is read.
    bool is_cut = false;

    bool has_changed() const { return count > 0; }
  };

  std::vector<Mended> m_files;
};

}  // namespace otelctl
