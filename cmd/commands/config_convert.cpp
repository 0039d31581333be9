// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "config/convert/convert.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Says a telemetry configuration in another dialect: the telemetry section of an application
(telemetry), OTEL_* variables as a .env file (env), or declarative configuration of the SDKs (sdk).
What FILE is, is told by its content.

References such as ${NAME:-default} are carried over as they stand and never resolved. Secrets are
not: in place of the literal value of a header, or of another secret, stands ${NAME}, and the
variable to set is named. What the other dialect cannot say is listed on stderr, one line each.

Exit status: 0 when everything was carried over, 1 when something was not, 2 when the file cannot be
read or the result not be written.
)";

constexpr std::string_view k_examples = R"(
The section of an application as a declarative file
otelctl config convert agentmap.yaml --to sdk -o otel.yaml
The same as variables
otelctl config convert agentmap.yaml --to env
Variables as a section of another name
otelctl config convert prod.env --to telemetry --section app.telemetry
)";

// A configuration is written by hand; the validator takes larger ones.
constexpr std::uint64_t k_most_bytes = std::uint64_t{4} * 1024 * 1024;

class ConfigConvert final : public Command {
 public:
  void declare(Options& options) override {
    options.positional("FILE", m_file, "The file to convert; '-' is standard input",
                       Options::Required::yes);
    options.completes("FILE", values::config_files);
    options.choice("--to", m_to, {"telemetry", "env", "sdk"}, "The dialect to convert it to");
    options.value("--section", m_section, "NAME",
                  "Key of the section that is read or written, with dots for a path; '-' is the "
                  "whole file (default: telemetry)");
    options.completes("--section", values::sections);
    declare_output(options, m_output, {"text"});
  }

  Result<Exit> run(Context& context) override {
    if (m_to.empty()) {
      return fail(ErrorKind::usage, "--to is missing", "give --to telemetry, env or sdk");
    }
    if (auto section = check_section(m_section); !section) {
      return fail(std::move(section).error());
    }
    const bool is_stdin = m_file == "-";
    auto bytes = is_stdin ? read_stream(context.piped_input(), "standard input", k_most_bytes)
                          : read_file(m_file, k_most_bytes);
    if (!bytes) {
      return fail(std::move(bytes).error());
    }
    const std::string name = is_stdin ? "standard input" : m_file;
    auto converted = config::convert::convert(name, std::move(*bytes), make_options());
    if (!converted) {
      return fail(std::move(converted).error().within(escape_for_terminal(name)));
    }
    auto written =
        context.write_result(m_output, [&](std::ostream& out) { out << converted->text; });
    if (!written) {
      return fail(std::move(written).error());
    }
    for (const std::string& note : converted->notes) {
      context.note(note);
    }
    for (const config::convert::Loss& loss : converted->losses) {
      context.err() << fmt::format("otelctl: not carried over: {}: {}\n",
                                   escape_for_terminal(loss.path), loss.why);
    }
    return converted->losses.empty() ? Exit::ok : Exit::failed;
  }

 private:
  config::convert::ConvertOptions make_options() const {
    const config::Kind to = m_to == "sdk"   ? config::Kind::sdk
                            : m_to == "env" ? config::Kind::env
                                            : config::Kind::telemetry;
    return {to, m_section};
  }

  std::string m_file;
  std::string m_to;
  std::string m_section = "telemetry";
  OutputOptions m_output;
};

}  // namespace

CommandSpec config_convert_command() {
  return {"config convert", topic::k_config, "Say a configuration in another dialect",
          k_description,    k_examples,      make_command<ConfigConvert>};
}

}  // namespace otelctl
