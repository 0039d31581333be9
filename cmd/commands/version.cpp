// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/version.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "cmd/build_origin.hpp"
#include "cmd/built_with.hpp"
#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/context.hpp"
#include "cmd/shared_options.hpp"
#include "net/loaded_libraries.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Prints the version of otelctl and the commit it was built from, where that is known; "-dirty" says that
files differed from the commit. With --verbose the versions of its libraries follow: those built in, then
those loaded from the system. JSON has all of it.
)";

constexpr std::string_view k_examples = R"(
The version alone, for a script
otelctl version --format json | jq -r .version
For a bug report
otelctl version --verbose
)";

constexpr std::size_t k_shown_digits = 12;

void write_text(std::ostream& out, const BuildOrigin& origin, bool with_libraries) {
  out << fmt::format("otelctl {}", k_version);
  if (!origin.commit.empty()) {
    out << fmt::format(" ({}{})", origin.commit.substr(0, k_shown_digits),
                       origin.is_dirty ? "-dirty" : "");
  }
  out << '\n';
  if (!with_libraries) {
    return;
  }
  constexpr std::string_view k_line = "{:<12} {}\n";
  for (const auto& [name, version] : k_built_with) {
    out << fmt::format(k_line, name, version);
  }
  for (const net::LoadedLibrary& library : net::loaded_libraries()) {
    out << fmt::format(k_line, library.name, library.version.value_or("cannot be loaded"));
  }
}

void write_json(std::ostream& out, const BuildOrigin& origin) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.version/1").member("version", k_version);
  if (!origin.commit.empty()) {
    json.member("commit", origin.commit).member("dirty", origin.is_dirty);
  }
  json.key("libraries").begin_array();
  const auto write_library = [&json](std::string_view name, std::string_view version,
                                     bool is_loaded) {
    json.begin_object().member("name", name);
    if (!version.empty()) {
      json.member("version", version);
    }
    json.member("loaded", is_loaded).end_object();
  };
  for (const auto& [name, version] : k_built_with) {
    write_library(name, version, false);
  }
  for (const net::LoadedLibrary& library : net::loaded_libraries()) {
    write_library(library.name, library.version.value_or(""), true);
  }
  json.end_array().end_object();
}

class Version final : public Command {
 public:
  void declare(Options& options) override { declare_output(options, m_output, {"text", "json"}); }

  Result<Exit> run(Context& context) override {
    auto written = context.write_result(m_output, [this, &context](std::ostream& out) {
      if (m_output.is_json()) {
        write_json(out, context.origin());
      } else {
        write_text(out, context.origin(), context.global().is_verbose);
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
