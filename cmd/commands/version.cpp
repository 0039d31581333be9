// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/version.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/shared_options.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Prints the version of otelctl.
)";

constexpr std::string_view k_examples = R"(
The version alone, for a script
otelctl version --format json | jq -r .version
For a bug report
otelctl version --verbose
)";

class Version final : public Command {
 public:
  void declare(Options& options) override { declare_output(options, m_output, {"text", "json"}); }

  Result<Exit> run(Context& context) override {
    auto written = context.write_result(m_output, [this](std::ostream& out) {
      if (m_output.is_json()) {
        JsonWriter(out)
            .begin_object()
            .member("schema", "otelctl.version/1")
            .member("version", k_version)
            .end_object();
      } else {
        out << fmt::format("otelctl {}\n", k_version);
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

CommandSpec version_command() {
  return {"version",     topic::k_more, "Print the version",
          k_description, k_examples,    make_command<Version>};
}

}  // namespace otelctl
