// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/context.hpp"

#include <sstream>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "cmd/pager.hpp"
#include "cmd/shared_options.hpp"
#include "cmd/version.hpp"

namespace otelctl {

std::string hint_of(const Error& error) {
  return error.kind != ErrorKind::internal
             ? error.hint
             : fmt::format(
                   "this is a bug in otelctl {}: please report it, with the command line "
                   "and what it read, where this otelctl comes from",
                   k_version);
}

terminal::Terminal Context::out_terminal(const OutputOptions& output) const {
  const terminal::StreamFacts facts = output.file ? terminal::StreamFacts{} : m_parts.out_facts;
  return terminal::describe(facts, m_parts.environment, m_global.color, output.width);
}

terminal::Terminal Context::err_terminal() const {
  return terminal::describe(m_parts.err_facts, m_parts.environment, m_global.color, std::nullopt);
}

std::istream& Context::piped_input() {
  if (m_parts.in_facts.is_terminal) {
    note("reading standard input from this terminal; Ctrl-D on a line of its own ends it");
  }
  return m_parts.in;
}

void Context::note(std::string_view text) {
  if (!m_global.is_quiet) {
    m_parts.err << "otelctl: note: " << escape_for_terminal(text) << '\n';
  }
}

void Context::print_error(const Error& error) {
  const terminal::Style style(err_terminal().colour);
  m_parts.err << style.bold_red("otelctl:") << ' ' << escape_for_terminal(error.message) << '\n';
  if (const std::string hint = hint_of(error); !hint.empty()) {
    m_parts.err << style.bold("hint:") << ' ' << escape_for_terminal(hint) << '\n';
  }
}

bool Context::may_page(const OutputOptions& output) const {
  return output.pager == OutputOptions::Pager::for_text && !output.no_pager &&
         output.format == "text" && m_parts.out_facts.is_terminal;
}

Result<void> Context::write_result(const OutputOptions& output,
                                   const std::function<void(std::ostream&)>& write) {
  if (output.file) {
    return write_file(*output.file, write);
  }
  m_has_shown_result = true;
  if (may_page(output)) {
    std::ostringstream text;
    write(text);
    if (is_taller(text.view(), out_terminal(output)) && m_parts.page(text.view())) {
      return {};
    }
    m_parts.out << text.view();
  } else {
    write(m_parts.out);
  }
  m_parts.out.flush();
  if (!m_parts.out) {
    return fail(ErrorKind::settings, "standard output: cannot be written",
                "is the disk full, or was the output closed?");
  }
  return {};
}

Result<void> Context::write_reports(
    const OutputOptions& output,
    const std::function<void(std::ostream&, const OutputOptions&)>& write) {
  auto written = write_result(output, [&](std::ostream& out) { write(out, output); });
  for (const OutputOptions::Report& report : output.reports) {
    if (!written) {
      break;
    }
    OutputOptions other = output;
    other.format = report.format;
    other.file = report.file;
    written = write_result(other, [&](std::ostream& out) { write(out, other); });
  }
  return written;
}

Result<void> Context::check_output(const OutputOptions& output) {
  auto checked = output.file ? check_writable(*output.file) : Result<void>{};
  for (const OutputOptions::Report& report : output.reports) {
    if (checked) {
      checked = check_writable(report.file);
    }
  }
  return checked;
}

}  // namespace otelctl
