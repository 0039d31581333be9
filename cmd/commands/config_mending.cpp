// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/commands/config_mending.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "config/diff.hpp"
#include "report/diff.hpp"

namespace otelctl {

config::FileReport ConfigMending::mend(const std::string& file, const std::string& name,
                                       std::string bytes, const config::ValidateOptions& options) {
  Mended mended;
  mended.is_cut = bytes.size() > options.limits.bytes;
  config::FixResult result = config::fix(name, std::move(bytes), options);
  mended.file = file;
  mended.name = name;
  mended.count = result.mended;
  if (mended.has_changed()) {
    mended.after =
        config::validate(name, std::string(result.after.document.source()), options).document;
  }
  mended.before = std::move(result.before.document);
  m_files.push_back(std::move(mended));
  return std::move(result.after);
}

bool ConfigMending::has_standard_input() const {
  return std::any_of(m_files.begin(), m_files.end(),
                     [](const Mended& file) { return file.file == "-"; });
}

Result<void> ConfigMending::write_files(Context& context) const {
  for (const Mended& file : m_files) {
    const std::string_view before = file.before.source();
    const std::string_view after = file.has_changed() ? file.after.source() : before;
    if (file.file == "-") {
      if (file.is_cut) {
        return fail(ErrorKind::settings,
                    file.name + ": only a part was read, so nothing is written",
                    "it is larger than the limit: split it");
      }
      auto written = context.write_result({}, [&](std::ostream& out) { out << after; });
      if (!written) {
        return written;
      }
    } else if (file.has_changed()) {
      auto written = rewrite_file(file.file, before, after);
      if (!written) {
        return written;
      }
    }
    if (file.has_changed()) {
      context.note(fmt::format("fixed {} in {}", counted(file.count, "finding"), file.name));
    }
  }
  return {};
}

Result<Exit> ConfigMending::write_diff(const OutputOptions& output, Context& context) const {
  bool has_changed = false;
  auto written = context.write_result(output, [&](std::ostream& out) {
    for (const Mended& file : m_files) {
      if (!file.has_changed()) {
        continue;
      }
      has_changed = true;
      const auto diff =
          config::unified_diff(file.file == "-" ? "stdin" : file.file, file.before, file.after);
      report::write_diff_text(out, diff, context.out_terminal(output));
      context.note(
          fmt::format("--fix would fix {} in {}", counted(file.count, "finding"), file.name));
      if (diff.is_redacted) {
        context.note(
            fmt::format("{}: secrets are left out of the lines above, so this diff cannot "
                        "be applied; --fix can",
                        file.name));
      }
    }
  });
  if (!written) {
    return fail(std::move(written).error());
  }
  return has_changed ? Exit::failed : Exit::ok;
}

}  // namespace otelctl
