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

bash: put it into ~/.local/share/bash-completion/completions/otelctl. zsh: put it as _otelctl into a
folder of $fpath. fish: put it into ~/.config/fish/completions/otelctl.fish.
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
  return {"completion",  topic::k_more, "Print a completion script for a shell",
          k_description, k_examples,    make_command<Completion>};
}

}  // namespace otelctl
