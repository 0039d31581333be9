// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "base/file.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/docs/completion.hpp"
#include "cmd/docs/man.hpp"
#include "cmd/options.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Writes the man pages into DIRECTORY/man and the completion scripts into DIRECTORY/completions, from
what the commands declare. scripts/regenerate calls it.
)";

class Docs final : public Command {
 public:
  void declare(Options& options) override {
    options.positional("DIRECTORY", m_directory, "Where man/ and completions/ are",
                       Options::Required::yes);
  }

  Result<Exit> run(Context&) override {
    auto files = man_pages();
    for (auto& [name, text] : files) {
      name.insert(0, "man/");
    }
    files.emplace_back("completions/otelctl.bash", bash_completion());
    files.emplace_back("completions/_otelctl", zsh_completion());
    files.emplace_back("completions/otelctl.fish", fish_completion());
    for (const auto& [name, text] : files) {
      if (auto written = write_file(m_directory + "/" + name, text); !written) {
        return fail(std::move(written).error());
      }
    }
    return Exit::ok;
  }

 private:
  std::string m_directory;
};

}  // namespace

CommandSpec docs_command() {
  return {"docs",
          topic::k_more,
          "Write man pages and completions",
          k_description,
          "",
          make_command<Docs>,
          true};
}

}  // namespace otelctl
