// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "config/show/effective_settings.hpp"
#include "config/show/section_variables.hpp"
#include "report/settings.hpp"
#include "settings/env_file.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Shows what takes effect, and where each value comes from: the line of a file, a variable, a default.

Of a file with a telemetry section every key there is is shown; of an SDK file (file_format) and of a
Collector's what it says, with ${NAME} replaced; of a .env file, of services in a compose file and of containers in a
Kubernetes manifest the OTEL_* variables with the defaults of the specification. Without FILE these
are shown of the environment. Secrets are redacted.

--format yaml is a file that says the same, with origins as comments. --format env is a .env file: of
variables, or of what a section comes to in variables.
)";

constexpr std::string_view k_examples = R"(
What does this file come to, here and now?
otelctl config show app.yaml
Which settings do not have their defaults?
otelctl config show app.yaml | grep -v 'default$'
What do the variables of a deployment come to?
otelctl config show --no-env --env-file prod.env
)";

class ConfigShow final : public Command {
 public:
  void declare(Options& options) override {
    options.positional("FILE", m_file, "The file; '-' is standard input", Options::Required::no);
    options.completes("FILE", values::config_files);
    options.value("--section", m_section, "NAME",
                  "Key of the section, with dots for a path; '-' is the whole file (default: "
                  "telemetry)");
    options.completes("--section", values::sections);
    options.heading("Environment");
    options.value("--env-file", m_env_file, "FILE",
                  "A .env file that fills in what the environment does not set");
    options.completes("--env-file", values::env_files);
    options.flag("--no-env", m_has_no_env, "Leave the environment of the process out");
    declare_output(options, m_output, {"text", "json", "yaml", "env"});
  }

  Result<Exit> run(Context& context) override {
    auto settings = resolve(context);
    if (!settings) {
      return fail(std::move(settings).error());
    }
    if (m_output.format == "env" && settings->kind == config::Kind::telemetry) {
      settings = config::section_variables(*settings);
    }
    if (m_output.format == "env" && settings->kind != config::Kind::env) {
      return fail(ErrorKind::usage,
                  fmt::format("--format env has no form for a file of kind {}",
                              config::name_of(settings->kind)),
                  "it is for sections and variables; give --format yaml or json");
    }
    auto written =
        context.write_result(m_output, [&](std::ostream& out) { write(out, *settings); });
    if (!written) {
      return fail(std::move(written).error());
    }
    return Exit::ok;
  }

 private:
  Result<config::EffectiveSettings> resolve(Context& context) const {
    config::ShowOptions options;
    options.section = m_section;
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
    options.variable_places = std::move(filled->places);
    if (m_file.empty()) {
      if (options.environment.get_nonempty("OTEL_CONFIG_FILE")) {
        context.note("OTEL_CONFIG_FILE is set: an SDK reads that file and none of the others");
      }
      return config::effective_variables(options);
    }
    const bool is_stdin = m_file == "-";
    auto bytes = is_stdin
                     ? read_stream(context.piped_input(), "standard input", options.limits.bytes)
                     : read_file(m_file, options.limits.bytes);
    if (!bytes) {
      return fail(std::move(bytes).error());
    }
    return config::effective_settings(is_stdin ? "(standard input)" : m_file, std::move(*bytes),
                                      options);
  }

  void write(std::ostream& out, const config::EffectiveSettings& settings) const {
    if (m_output.is_json()) {
      report::write_settings_json(out, settings);
    } else if (m_output.format == "yaml") {
      report::write_settings_yaml(out, settings);
    } else if (m_output.format == "env") {
      report::write_settings_env(out, settings);
    } else {
      report::write_settings_text(out, settings);
    }
  }

  std::string m_file;
  std::string m_section = "telemetry";
  std::optional<std::string> m_env_file;
  bool m_has_no_env = false;
  OutputOptions m_output;
};

}  // namespace

CommandSpec config_show_command() {
  return {"config show", topic::k_config, "Show what takes effect and where it comes from",
          k_description, k_examples,      make_command<ConfigShow>};
}

}  // namespace otelctl
