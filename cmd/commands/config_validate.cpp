// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/commands/config_inputs.hpp"
#include "cmd/commands/config_mending.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "cmd/version.hpp"
#include "config/validate.hpp"
#include "report/findings.hpp"
#include "settings/env_file.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Checks telemetry configuration of every kind. What a file is, its content tells: an application's
file with a telemetry section, OTEL_* variables (.env files, shell scripts, the services of compose
files, the containers of Kubernetes manifests), an OpenTelemetry Collector's file, or a declarative
file of an SDK. It finds YAML that parsers read differently, misspelt keys, values of the wrong type
or outside of their range, references to variables, and settings that do not fit each other. Every
finding has a code, a place and what helps.

Without FILE the OTEL_* environment is checked and every *.yaml and *.yml of the current directory
that holds the section. With FILE the environment is checked only beside a .env file.
${NAME} and ${NAME:-default} in values are replaced from the environment; --no-env leaves it out, and
variables without value are not reported then. Secrets are never shown.

A line that cannot be read is left out with those that are indented under it, and the rest is
checked. A FIFO is read to its end, of anything no more than 64 MiB.

In a Collector file an error is what a Collector of --collector-version refuses, and a warning what
it takes and cannot work with.

A comment '# otelctl: ignore CODE, CODE why' hides findings on its line or, on a line of its own, on
the next one.

--fix mends what can be mended without a doubt and keeps comments, quotes and line ends; a change
that does not leave the file with fewer findings is not made, and values with ${...} stay as they
are. The report shows what is left. The text of standard input goes to standard output then, and the
report to stderr. --diff shows the changes instead, also where --fix is given, and writes nothing.

Exit status: 0 when nothing of the level of --fail-on was found, 1 when something was (with --diff:
when something would change), 2 when a file cannot be read or written.
)";

constexpr std::string_view k_files = R"(
*.yaml, *.yml
Without FILE, those of the current directory that hold the section are checked.
)";

constexpr std::string_view k_examples = R"(
Check the telemetry section of an application's file
otelctl config validate agentmap.yaml
The same for what production will see, warnings included
otelctl config validate --env-file prod.env --fail-on warning agentmap.yaml
From a pipe, for a program to read
otelctl config validate --format json - < agentmap.yaml
Everything that a service is deployed with, for GitHub to show
otelctl config validate --format github app.yaml prod.env collector.yaml
Show what can be mended by itself
otelctl config validate --diff agentmap.yaml
)";

class ConfigValidate final : public Command {
 public:
  void declare(Options& options) override {
    options.positionals("FILE", m_files, "YAML or .env files; '-' is standard input");
    options.completes("FILE", values::config_files);
    options.value("--section", m_section, "NAME",
                  "Key of the section, with dots for a path; '-' is the whole file (default: "
                  "telemetry)");
    options.completes("--section", values::sections);
    options.choice("--kind", m_kind, {"auto", "telemetry", "env", "collector", "sdk"},
                   "What the files are (default: auto, by their content)");
    options.choice("--fail-on", m_fail_on, {"error", "warning", "info", "never"},
                   "Least severity that makes the exit status 1 (default: error)");
    options.flag("--strict", m_is_strict,
                 "Fail on warnings; unset variables and OTEL_* names that nobody reads are "
                 "errors");
    options.heading("Findings");
    options.values("--select", m_select, "CODE,...", "Report only these, such as OTC317 or OTC3");
    options.completes("--select", values::rule_codes);
    options.values("--ignore", m_ignore, "CODE,...", "Do not report these");
    options.completes("--ignore", values::rule_codes);
    options.count("--max-findings", m_max_findings, "N",
                  "Findings of each file in text output (default: 50)", 1);
    options.heading("Mending");
    options.flag("--fix", m_is_fix, "Mend what can be mended safely, in the files themselves");
    options.flag("--diff", m_is_diff, "Show what --fix would change, and change nothing");
    options.heading("Environment");
    options.value("--env-file", m_env_file, "FILE",
                  "A .env file that fills in what the environment does not set");
    options.completes("--env-file", values::env_files);
    options.flag("--no-env", m_has_no_env, "Leave the environment of the process out");
    options.value("--env-name", m_env_name, "NAME",
                  "Judge as for this deployment environment, such as production");
    options.value("--collector-version", m_collector_version, "V",
                  "The Collector that shall take Collector files (default: 0.155)");
    options.completes("--collector-version", values::collector_versions);
    declare_output(options, m_output, report::findings_format_names());
    declare_reports(options, m_output, report::findings_format_names());
    declare_width(options, m_output);
  }

  Result<Exit> run(Context& context) override {
    if (auto usable = check_mode(); !usable) {
      return fail(std::move(usable).error());
    }
    const auto options = make_options(context);
    if (!options) {
      return fail(options.error());
    }
    auto reports =
        m_files.empty() ? check_folder(*options, context) : check_files(*options, context);
    if (!reports) {
      return fail(std::move(reports).error());
    }
    if (m_is_diff) {
      return m_mending.write_diff(m_output, context);
    }
    if (auto written = m_mending.write_files(context); !written) {
      return fail(std::move(written).error());
    }
    if (auto written = write_report(*reports, context); !written) {
      return fail(std::move(written).error());
    }
    return has_failed(*reports) ? Exit::failed : Exit::ok;
  }

 private:
  // Where standard output has the mended text of standard input, the report goes beside it.
  Result<void> write_report(const std::vector<config::FileReport>& reports,
                            Context& context) const {
    const bool is_beside = m_mending.has_standard_input() && !m_output.file;
    report::FindingsOptions options = report_options(context);
    return context.write_reports(m_output, [&](std::ostream& out, const OutputOptions& form) {
      const bool goes_beside = is_beside && !form.file;
      options.terminal = goes_beside ? context.err_terminal() : context.out_terminal(form);
      report::write_findings(goes_beside ? context.err() : out, reports, form.format, options);
    });
  }

  Result<void> check_mode() const {
    if (m_is_diff && m_output.format != "text") {
      return fail(ErrorKind::usage,
                  fmt::format("--diff and --format {} exclude each other", m_output.format),
                  "a diff has one form; leave --diff out for the findings");
    }
    if (m_is_diff && !m_output.reports.empty()) {
      return fail(ErrorKind::usage, "--diff and --report exclude each other",
                  "a diff has one form; leave --diff out for the findings");
    }
    return {};
  }

  bool is_mending() const { return m_is_fix || m_is_diff; }

  // `file` is its name on the command line.
  config::FileReport look_at(const std::string& file, ConfigInput input,
                             const config::ValidateOptions& options) {
    if (is_mending()) {
      return m_mending.mend(file, input.name, std::move(input.bytes), options);
    }
    return config::validate(std::move(input.name), std::move(input.bytes), options);
  }

  std::string section() const { return m_section.value_or("telemetry"); }

  std::optional<config::Kind> kind() const {
    const auto* const found =
        std::find_if(config::k_kinds.begin(), config::k_kinds.end(),
                     [&](config::Kind kind) { return config::name_of(kind) == m_kind; });
    return found == config::k_kinds.end() ? std::nullopt : std::optional(*found);
  }

  Result<config::ValidateOptions> make_options(Context& context) const {
    config::ValidateOptions options;
    options.kind = kind();
    options.section = section();
    options.reports_unset = !m_has_no_env;
    options.is_strict = m_is_strict;
    options.can_read_file = [](const std::string& path) {
      return read_file_start(path, 1).has_value();
    };
    options.environment_name = m_env_name;
    auto selection = config::Selection::parse(m_select, m_ignore);
    if (!selection) {
      return fail(std::move(selection).error());
    }
    options.selection = std::move(*selection);
    const Environment none;
    auto filled =
        settings::fill_environment(m_has_no_env ? none : context.environment(), m_env_file);
    if (!filled) {
      return fail(std::move(filled).error());
    }
    for (const std::string& note : filled->notes) {
      context.note(note);
    }
    options.environment = std::move(filled->variables);
    auto version = config::CollectorVersion::parse(m_collector_version);
    if (!version) {
      return fail(std::move(version).error());
    }
    options.collector_version = *version;
    return options;
  }

  Result<std::vector<config::FileReport>> check_files(const config::ValidateOptions& options,
                                                      Context& context) {
    if (std::count(m_files.begin(), m_files.end(), "-") > 1) {
      return fail(ErrorKind::usage, "'-' is given twice", "standard input can be read once");
    }
    std::vector<config::FileReport> reports;
    for (const std::string& file : m_files) {
      auto input = read_config_input(file, options.limits.bytes, context);
      if (!input) {
        return fail(std::move(input).error());
      }
      reports.push_back(look_at(file, std::move(*input), options));
      note_other_kind(reports.back(), context);
    }
    const bool has_variables = std::any_of(
        reports.begin(), reports.end(),
        [](const config::FileReport& report) { return report.kind == config::Kind::env; });
    if (has_variables) {
      add_environment(options, reports);
    }
    return reports;
  }

  void add_environment(const config::ValidateOptions& options,
                       std::vector<config::FileReport>& reports) const {
    auto report = m_has_no_env ? std::nullopt : config::validate_environment(options);
    if (report) {
      reports.push_back(std::move(*report));
    }
  }

  // Whoever names a section wants to know that it was not what was checked.
  void note_other_kind(const config::FileReport& report, Context& context) const {
    if (m_section && report.kind != config::Kind::telemetry) {
      context.note(fmt::format("{} has no section '{}': checked as {}", report.name, *m_section,
                               config::name_of(report.kind)));
    }
  }

  // Files of others that merely lie here too are passed over.
  Result<std::vector<config::FileReport>> check_folder(const config::ValidateOptions& options,
                                                       Context& context) {
    const std::vector<std::string> names = yaml_files_here();
    const std::string first_key = section().substr(0, section().find('.'));
    config::ValidateOptions of_section = options;
    of_section.kind = config::Kind::telemetry;
    std::vector<config::FileReport> reports;
    for (const std::string& name : names) {
      auto input = read_config_input(name, options.limits.bytes, context);
      if (!input) {
        return fail(std::move(input).error());
      }
      if (input->bytes.find(first_key) == std::string::npos) {
        continue;
      }
      // What is not checked is not mended either.
      if (is_mending() && config::validate(name, input->bytes, of_section).lacks_section) {
        continue;
      }
      auto report = look_at(name, std::move(*input), of_section);
      if (!report.lacks_section) {
        reports.push_back(std::move(report));
      }
    }
    // Whoever names a section does not want to hear that the environment is fine without it.
    if (!m_section || !reports.empty()) {
      add_environment(options, reports);
    }
    if (reports.empty()) {
      return fail(
          ErrorKind::settings,
          fmt::format("no file here holds the section '{}'{}", escape_for_terminal(section()),
                      m_section ? "" : ", and no OTEL_* variable is set"),
          names.empty() ? std::string("there is no *.yaml or *.yml in the current directory: name "
                                      "the file")
                        : fmt::format("looked at {}; name another file, or the section with "
                                      "--section",
                                      join(names, ", ")));
    }
    std::vector<std::string> checked;
    for (const config::FileReport& report : reports) {
      checked.push_back(report.name);
    }
    context.note("checked " + join(checked, ", "));
    return reports;
  }

  // The least severity that is a failure; nothing when none is.
  std::optional<config::Severity> failing_severity() const {
    using config::Severity;
    if (m_fail_on == "never") {
      return m_is_strict ? std::optional(Severity::warning) : std::nullopt;
    }
    if (m_fail_on == "info") {
      return Severity::info;
    }
    return m_is_strict || m_fail_on == "warning" ? Severity::warning : Severity::error;
  }

  bool has_failed(const std::vector<config::FileReport>& reports) const {
    using config::Severity;
    const auto least = failing_severity();
    return least && std::any_of(reports.begin(), reports.end(), [&](const auto& report) {
             return std::any_of(report.findings.begin(), report.findings.end(),
                                [&](const auto& finding) { return finding.severity >= *least; });
           });
  }

  report::FindingsOptions report_options(const Context& context) const {
    std::error_code ignored;
    return {.terminal = context.out_terminal(m_output),
            .max_findings = m_max_findings,
            // A report whose reader decides in place of the exit status shows errors as such.
            .fails_from = failing_severity().value_or(config::Severity::error),
            .version = k_version,
            .folder = std::filesystem::current_path(ignored).string()};
  }

  std::vector<std::string> m_files;
  std::optional<std::string> m_section;
  std::string m_kind = "auto";
  std::string m_fail_on = "error";
  bool m_is_strict = false;
  std::vector<std::string> m_select;
  std::vector<std::string> m_ignore;
  std::uint64_t m_max_findings = 50;
  std::optional<std::string> m_env_file;
  bool m_has_no_env = false;
  std::optional<std::string> m_env_name;
  std::string m_collector_version = "0.155";
  OutputOptions m_output;
  bool m_is_fix = false;
  bool m_is_diff = false;
  ConfigMending m_mending;
};

}  // namespace

CommandSpec config_validate_command() {
  return {.name = "config validate",
          .topic = topic::k_config,
          .summary = "Check telemetry configuration of every kind",
          .description = k_description,
          .examples = k_examples,
          .make = make_command<ConfigValidate>,
          .files = k_files};
}

}  // namespace otelctl
