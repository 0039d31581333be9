// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/shells.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
What the scripts of 'otelctl completion' ask: what may stand under the cursor. WORDS are those behind
the program's name up to the cursor; for bash two: the word that it will replace, and the line up to
the cursor.
)";

class Complete final : public Command {
 public:
  void declare(Options& options) override {
    options.choice("--shell", m_shell, {"bash", "zsh", "fish"}, "Who asks");
    options.duration("--within", m_bound, "How long a backend may take (default: 1s)");
    options.program(m_words, "The words of the command line");
  }

  Result<Exit> run(Context& context) override {
    if (m_shell == "bash") {
      answer_bash(m_words.back(), m_words.front(), context, m_bound);
    } else if (m_shell == "zsh") {
      answer_zsh(m_words, context, m_bound);
    } else {
      answer_fish(m_words, context, m_bound);
    }
    // A backend that does not answer may still be waited for.
    context.leave();
    return Exit::ok;
  }

 private:
  std::string m_shell = "fish";
  // As long as a person waits for a list behind a key.
  nanoseconds m_bound = std::chrono::seconds(1);
  std::vector<std::string> m_words;
};

}  // namespace

CommandSpec complete_command() {
  return {.name = "complete",
          .topic = topic::k_more,
          .summary = "Answer a shell that completes a command line",
          .description = k_description,
          .examples = "",
          .make = make_command<Complete>,
          .is_hidden = true,
          .runs_program = true};
}

}  // namespace otelctl
