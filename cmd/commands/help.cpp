// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/help.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Tells about one command: what it does, its options, examples, variables and exit statuses. Without a
command it lists all of them.
)";

constexpr std::string_view k_examples = R"(
All commands
otelctl help
What send-spans can do
otelctl help send-spans
)";

class Help final : public Command {
 public:
  void declare(Options& options) override {
    options.positionals("COMMAND", m_words, "The command to tell about");
    options.completes("COMMAND", values::commands);
  }

  Result<Exit> run(Context& context) override {
    const std::string name = join(m_words, " ");
    if (m_words.empty()) {
      context.out() << overview();
    } else if (is_command_group(name)) {
      context.out() << group_help(name);
    } else if (const CommandSpec* spec = find_spec(name)) {
      context.out() << command_help(*spec);
    } else {
      return fail(ErrorKind::usage, fmt::format("unknown command '{}'", name),
                  hint_for_unknown(name));
    }
    return Exit::ok;
  }

 private:
  std::vector<std::string> m_words;
};

}  // namespace

CommandSpec help_command() {
  return {"help",        topic::k_more, "Tell about a command",
          k_description, k_examples,    make_command<Help>};
}

}  // namespace otelctl
