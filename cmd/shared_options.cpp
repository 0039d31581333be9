// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/shared_options.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/completion/sources.hpp"
#include "terminal/terminal.hpp"

namespace otelctl {

void declare_output(Options& options, OutputOptions& output,
                    const std::vector<std::string>& formats) {
  output.format = formats.front();
  options.heading("Output");
  options.choice("--format", output.format, formats,
                 fmt::format("Form of the result (default: {})", formats.front()));
  options.value("-o,--output", output.file, "FILE",
                "Write the result to FILE, whole or not at all");
}

void declare_reports(Options& options, OutputOptions& output,
                     const std::vector<std::string>& formats) {
  options.heading("Output");
  options.parsed_values(
      "--report", "FORMAT=FILE", "Write the result to FILE in another form too; repeatable",
      [&output, formats](std::string_view text) -> Result<void> {
        const std::size_t sign = text.find('=');
        if (sign == std::string_view::npos || sign + 1 == text.size()) {
          return fail(ErrorKind::usage, fmt::format("'{}' is not FORMAT=FILE", text),
                      fmt::format("such as {0}=report.{0}", formats.back()));
        }
        if (auto known = check_choice(text.substr(0, sign), formats); !known) {
          return known;
        }
        output.reports.push_back(
            {std::string(text.substr(0, sign)), std::string(text.substr(sign + 1))});
        return {};
      });
}

void declare_width(Options& options, OutputOptions& output) {
  options.heading("Output");
  options.parsed(
      "--width", "N", "Columns to draw in (default: the terminal's, else 120)",
      [&output](std::string_view text) -> Result<void> {
        std::size_t width = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
        if (error != std::errc{} || end != text.data() + text.size() || width < 20 ||
            width > terminal::k_widest) {
          return fail(ErrorKind::usage, fmt::format("'{}' is not a width", text),
                      fmt::format("give a number of columns from 20 to {}", terminal::k_widest));
        }
        output.width = width;
        return {};
      });
}

void declare_pager(Options& options, OutputOptions& output) {
  output.pager = OutputOptions::Pager::for_text;
  options.heading("Output");
  options.flag("--no-pager", output.no_pager,
               "Never show text that is taller than the terminal in OTELCTL_PAGER, "
               "PAGER or 'less -FRX'");
}

void declare_connection(Options& options, settings::OtlpFlags& flags,
                        std::string_view default_timeout) {
  options.heading("Connection");
  options.value("--endpoint", flags.endpoint, "URL",
                "Where to send (default: OTEL_EXPORTER_OTLP_ENDPOINT, else http://localhost:4317)");
  options.completes("--endpoint", values::endpoints);
  options.value("--protocol", flags.protocol, "grpc|http/protobuf|http/json",
                "How to speak (default: grpc on port 4317 and without an endpoint, else "
                "http/protobuf)");
  options.values("--header", flags.headers, "KEY=VALUE",
                 "Send this header; @FILE: those in a file, one a line; repeatable");
  options.value("--ca", flags.ca_file, "FILE", "Trust the certificates in this PEM file");
  options.value("--cert", flags.cert_file, "FILE", "Client certificate (PEM), with --key");
  options.value("--key", flags.key_file, "FILE", "Private key of the client certificate (PEM)");
  options.flag("--insecure-skip-verify", flags.insecure_skip_verify,
               "Take any server certificate; for tests only");
  options.value("--compression", flags.compression, "none|gzip", "Compress requests");
  options.duration("--timeout", flags.timeout,
                   fmt::format("For one export with its retries (default: {})", default_timeout));
  options.value("--service", flags.service, "NAME", "service.name of what is sent");
  options.values("--resource", flags.resource, "KEY=VALUE",
                 "Resource attribute of what is sent; repeatable");
  options.completes("--resource", values::attribute_names);
  options.value("--env-file", flags.env_file, "FILE",
                "Variables to fill in where the environment has none");
  options.completes("--env-file", values::env_files);
  options.value("--config", flags.config_file, "FILE",
                "File whose section, or SDK exporter, gives settings");
  options.completes("--config", values::yaml_files);
  options.value("--section", flags.section, "NAME", "That section's name (default: telemetry)");
  options.completes("--section", values::sections);
}

void declare_query(Options& options, settings::QueryFlags& flags) {
  options.heading("Backend");
  options.value("--backend", flags.backend, "URL|FILE",
                "Query API or file to read from, '-' is standard input (default: OTELCTL_BACKEND, "
                "else http://localhost:16686)");
  options.completes("--backend", values::backends);
  options.value("--backend-kind", flags.backend_kind, join(settings::backend_kind_names(), "|"),
                "What the backend is (default: auto, told by its behaviour)");
  options.values("--backend-header", flags.headers, "KEY=VALUE",
                 "Send this header with queries; @FILE: those in a file, one a line; repeatable");
  options.value("--tenant", flags.tenant, "NAME", "Tenant to read from");
  options.value("--backend-ca", flags.ca_file, "FILE", "Trust the certificates in this PEM file");
  options.value("--backend-cert", flags.cert_file, "FILE", "Client certificate (PEM)");
  options.value("--backend-key", flags.key_file, "FILE", "Its private key (PEM)");
  options.duration("--query-timeout", flags.timeout, "For one query (default: 30s)");
}

Result<void> check_section(std::string_view section) {
  for (const std::string_view part : split(section, '.')) {
    if (part.empty()) {
      return fail(ErrorKind::usage, "--section has an empty name",
                  "give a key, or a path with dots such as app.telemetry");
    }
  }
  return {};
}

}  // namespace otelctl
