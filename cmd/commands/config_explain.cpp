// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "config/rules.hpp"
#include "report/rules.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Tells the story of a rule: what it finds and why that matters, with an example as it should not be and
the same as it should be.

CODE is what config validate prints, such as OTC301; otc301, 301 and the rule's name do too.
)";

constexpr std::string_view k_examples = R"(
What is wrong with the Jaeger agent exporter?
otelctl config explain OTC301
All that is known about a rule, for a program
otelctl config explain OTC301 --format json
)";

class ConfigExplain final : public Command {
 public:
  void declare(Options& options) override {
    options.positional("CODE", m_code, "Code of the rule", Options::Required::yes);
    options.completes("CODE", values::rule_codes);
    declare_output(options, m_output, {"text", "json"});
    declare_width(options, m_output);
  }

  Result<Exit> run(Context& context) override {
    const config::Rule* const rule = find();
    if (rule == nullptr) {
      return fail(unknown());
    }
    auto written = context.write_result(m_output, [&](std::ostream& out) {
      if (m_output.is_json()) {
        report::write_rule_json(out, *rule);
      } else {
        report::write_rule_text(out, *rule, context.out_terminal(m_output));
      }
    });
    if (!written) {
      return fail(std::move(written).error());
    }
    return Exit::ok;
  }

 private:
  const config::Rule* find() const {
    const auto& rules = config::all_rules();
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const config::Rule& rule) {
      return equals_ignoring_case(m_code, rule.code) || m_code == rule.code.substr(3) ||
             equals_ignoring_case(m_code, rule.name);
    });
    return found == rules.end() ? nullptr : &*found;
  }

  Error unknown() const {
    std::vector<std::string> known;
    for (const config::Rule& rule : config::all_rules()) {
      known.emplace_back(rule.code);
      known.emplace_back(rule.name);
    }
    // Codes are so alike that a mistyped one is near to many.
    constexpr std::size_t k_most_named = 3;
    const auto near = nearest(m_code, known);
    return {ErrorKind::usage, fmt::format("no rule has the code '{}'", escape_for_terminal(m_code)),
            near.empty() || near.size() > k_most_named ? "'otelctl config rules' lists them"
                                                       : did_you_mean(m_code, known)};
  }

  std::string m_code;
  OutputOptions m_output;
};

}  // namespace

CommandSpec config_explain_command() {
  return {"config explain", topic::k_config, "Explain a rule of config validate",
          k_description,    k_examples,      make_command<ConfigExplain>};
}

}  // namespace otelctl
