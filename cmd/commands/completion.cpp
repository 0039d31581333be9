// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/docs/completion.hpp"

#include <string>

#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Prints a script that teaches a shell to complete otelctl's commands, options and values.

The script asks otelctl itself: names of services, operations and traces come from the backend that
--backend or OTELCTL_BACKEND names, and are left out where it does not answer within a second.

bash: put it into ~/.local/share/bash-completion/completions/otelctl, or source it. zsh: put it as
_otelctl into a folder of $fpath. fish: put it into ~/.config/fish/completions/otelctl.fish.
)";

constexpr std::string_view k_files = R"(
~/.local/share/bash-completion/completions/otelctl
For bash with the package bash-completion.
~/.config/fish/completions/otelctl.fish
For fish.
)";

constexpr std::string_view k_examples = R"(
For this bash session only
source <(otelctl completion bash)
For every fish session from now on
otelctl completion fish > ~/.config/fish/completions/otelctl.fish
)";

class Completion final : public Command {
 public:
  void declare(Options& options) override {
    options.positional("SHELL", m_shell, "The shell", Options::Required::yes,
                       {"bash", "zsh", "fish"});
  }

  Result<Exit> run(Context& context) override {
    context.out() << (m_shell == "bash"  ? bash_completion()
                      : m_shell == "zsh" ? zsh_completion()
                                         : fish_completion());
    return Exit::ok;
  }

 private:
  std::string m_shell;
};

}  // namespace

CommandSpec completion_command() {
  return {.name = "completion",
          .topic = topic::k_more,
          .summary = "Print a completion script for a shell",
          .description = k_description,
          .examples = k_examples,
          .make = make_command<Completion>,
          .files = k_files};
}

}  // namespace otelctl
