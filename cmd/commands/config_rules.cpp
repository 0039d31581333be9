// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/shared_options.hpp"
#include "report/rules.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Lists every rule that config validate knows: its code, its severity, the kinds of files that it looks
at, and whether --fix can mend what it finds ('*').
)";

constexpr std::string_view k_examples = R"(
All rules
otelctl config rules
Their codes, for a script
otelctl config rules --format json | jq -r '.rules[].code'
)";

class ConfigRules final : public Command {
 public:
  void declare(Options& options) override { declare_output(options, m_output, {"text", "json"}); }

  Result<Exit> run(Context& context) override {
    auto written = context.write_result(m_output, [&](std::ostream& out) {
      if (m_output.is_json()) {
        report::write_rules_json(out);
      } else {
        report::write_rules_text(out);
      }
    });
    if (!written) {
      return fail(std::move(written).error());
    }
    return Exit::ok;
  }

 private:
  OutputOptions m_output;
};

}  // namespace

CommandSpec config_rules_command() {
  return {"config rules", topic::k_config, "List the rules of config validate",
          k_description,  k_examples,      make_command<ConfigRules>};
}

}  // namespace otelctl
