// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "config/section/json_schema.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Prints a JSON Schema (draft 2020-12) of the telemetry section, for editors and for validators in other
languages. Other keys beside the section are allowed, unknown ones inside of it are not, and ${NAME}
may stand for any value.

With this line at the top of a YAML file the YAML language server checks and completes as you type:

# yaml-language-server: $schema=telemetry.schema.json
)";

constexpr std::string_view k_examples = R"(
A schema for the editor
otelctl config schema -o telemetry.schema.json
The section has another name
otelctl config schema --section app.telemetry
)";

class ConfigSchema final : public Command {
 public:
  void declare(Options& options) override {
    options.value("--section", m_section, "NAME",
                  "Key of the section, with dots for a path; '-' is the whole file (default: "
                  "telemetry)");
    declare_output(options, m_output, {"json"});
  }

  Result<Exit> run(Context& context) override {
    if (auto section = check_section(m_section); !section) {
      return fail(std::move(section).error());
    }
    auto written = context.write_result(
        m_output, [&](std::ostream& out) { config::write_section_schema(out, m_section); });
    if (!written) {
      return fail(std::move(written).error());
    }
    return Exit::ok;
  }

 private:
  std::string m_section = "telemetry";
  OutputOptions m_output{.format = "json"};
};

}  // namespace

CommandSpec config_schema_command() {
  return {"config schema", topic::k_config, "Print a JSON Schema of the telemetry section",
          k_description,   k_examples,      make_command<ConfigSchema>};
}

}  // namespace otelctl
