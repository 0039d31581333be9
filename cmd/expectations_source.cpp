// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/expectations_source.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "check/golden.hpp"
#include "check/limits.hpp"
#include "check/read.hpp"
#include "cmd/context.hpp"
#include "cmd/input_files.hpp"
#include "trace/analysis.hpp"

namespace otelctl {
namespace {

// Its path is meant from the folder of the file of expectations.
std::string golden_path(const check::Expectation& expectation) {
  const std::filesystem::path folder = std::filesystem::path(expectation.file).parent_path();
  return (folder / expectation.golden->path).string();
}

Result<std::string> read_golden(const std::string& path) {
  if (!path_exists(path)) {
    return fail(ErrorKind::settings, fmt::format("{}: no such golden file", path),
                "--update-golden writes it from the trace that is there");
  }
  auto content = read_file(path, check::k_most_golden_bytes);
  if (content && !check::is_golden(*content)) {
    return fail(ErrorKind::settings, fmt::format("{}: not a golden file", path),
                fmt::format("its first line has to be '{}'; name another file, and let "
                            "--update-golden write it",
                            check::k_golden_head));
  }
  return content;
}

}  // namespace

Result<std::vector<check::Expectation>> read_expectations_source(const std::string& path,
                                                                 Golden golden, Context& context) {
  auto bytes = path == "-" ? read_stream_start(context.piped_input(), "standard input",
                                               check::k_most_file_bytes + 1)
                           : read_file_start(path, check::k_most_file_bytes + 1);
  if (!bytes) {
    return fail(std::move(bytes).error());
  }
  const std::string name = path == "-" ? "(standard input)" : path;
  auto file = check::read_expectations(name, std::move(*bytes), context.environment());
  std::vector<config::FileReport> reports;
  reports.push_back(std::move(file.report));
  print_input_findings(reports, file.is_valid, context);
  const bool lacks_variable =
      !file.is_valid && config::count(reports, config::Severity::error) == 0;
  if (lacks_variable) {
    return fail(ErrorKind::settings, fmt::format("{}: a variable in it has no value", name),
                "export it, or give the reference a default: ${NAME:-default}");
  }
  if (!file.is_valid) {
    return fail(ErrorKind::settings, fmt::format("{}: not a valid file of expectations", name),
                "'otelctl check-traces --from-trace last' drafts one from a good trace");
  }
  for (check::Expectation& expectation : file.expectations) {
    if (path == "-") {
      expectation.file.clear();
    }
    if (!expectation.golden || golden == Golden::update) {
      continue;
    }
    auto content = read_golden(golden_path(expectation));
    if (!content) {
      return fail(std::move(content).error());
    }
    expectation.golden->content = std::move(*content);
  }
  return std::move(file.expectations);
}

Result<void> update_golden(const std::vector<check::Expectation>& expectations,
                           const check::CheckReport& report, Context& context) {
  for (std::size_t index = 0; index < report.outcomes.size(); ++index) {
    const check::Outcome& outcome = report.outcomes[index];
    const check::Expectation& expectation = expectations[index];
    if (!expectation.golden || outcome.error || outcome.traces.empty()) {
      continue;
    }
    const std::string path = golden_path(expectation);
    const trace::Analysis analysis(outcome.traces.front().trace);
    auto content = check::write_golden(analysis, *expectation.golden);
    if (!content) {
      return fail(std::move(content).error());
    }
    if (path_exists(path)) {
      auto before = read_golden(path);
      if (!before) {
        return fail(std::move(before).error());
      }
      if (*before == *content) {
        context.note(path + " is as it was");
        continue;
      }
    }
    if (auto written = write_file(path, *content); !written) {
      return fail(std::move(written).error());
    }
    context.note(path + " is written anew");
  }
  return {};
}

}  // namespace otelctl
