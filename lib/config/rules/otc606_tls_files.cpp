// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/sdk/model.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

// Also as Windows has it: C:\certs\ca.pem, \\host\share.
bool is_absolute(std::string_view path) {
  const bool has_drive = path.size() > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/');
  return path.starts_with('/') || path.starts_with("\\\\") || has_drive;
}

void check_tls(const sdk::Model& model, sdk::Part tls, Reporter& report) {
  static constexpr std::array<std::string_view, 3> k_files{"ca_file", "key_file", "cert_file"};
  for (const std::string_view key : k_files) {
    const auto path = model.text(tls, key);
    if (path && !path->empty() && !is_absolute(*path)) {
      report.add(model.place(*model.child(tls, key)),
                 fmt::format("{} is a relative path: {}", key, shown(*path)),
                 "write the whole path, from / on");
    }
  }
  for (const auto& [have, need] : {std::pair{"key_file", "cert_file"}, {"cert_file", "key_file"}}) {
    const auto other = model.child(tls, need);
    const bool is_missing = !other || model.node(*other).kind == yaml::NodeKind::null;
    if (model.text(tls, have) && is_missing) {
      report.add(model.key_place(*model.child(tls, have)), fmt::format("{} without {}", have, need),
                 "a client certificate needs both");
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const char* definition : {"HttpTls", "GrpcTls"}) {
    for (const sdk::Part tls : subject.sdk->all(definition)) {
      check_tls(*subject.sdk, tls, report);
    }
  }
}

}  // namespace

Rule otc606_tls_files() {
  return {
      .code = "OTC606",
      .name = "tls-files",
      .severity = Severity::error,
      .summary = "The TLS files are not complete or not absolute",
      .rationale =
          "The schema says in prose that these paths are absolute and that key_file and cert_file "
          "come together; an SDK should refuse what is not. A relative path depends on where the "
          "process was started.",
      .bad = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_grpc:
            endpoint: https://collector:4317
            tls:
              ca_file: certs/ca.pem
)",
      .good = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_grpc:
            endpoint: https://collector:4317
            tls:
              ca_file: /etc/otel/ca.pem
)",
      .check = check,
      .kinds = {Kind::sdk},
  };
}

}  // namespace otelctl::config
