// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

using collector::Component;
using collector::Settings;

void check_block(const Component& component, const std::string& path, bool is_server,
                 Reporter& report) {
  const Settings& settings = component.settings;
  const auto has = [&](std::string_view key) {
    const std::string at = path + std::string(key);
    return settings.is_unknown(at) || !settings.text(at).value_or("").empty();
  };
  const auto add = [&](std::string_view key, std::string message, std::string help) {
    report.add(settings.place(path + std::string(key),
                              settings.place(path.substr(0, path.size() - 1), component.place)),
               std::move(message), std::move(help));
  };
  for (const std::string_view what : {"ca", "cert", "key"}) {
    if (has(fmt::format("{}_file", what)) && has(fmt::format("{}_pem", what))) {
      add(fmt::format("{}_pem", what), fmt::format("both {0}_file and {0}_pem are set", what),
          "remove one of them");
    }
  }
  const bool has_cert = has("cert_file") || has("cert_pem");
  const bool has_key = has("key_file") || has("key_pem");
  if (has_cert != has_key) {
    add(has_cert ? (has("cert_file") ? "cert_file" : "cert_pem")
                 : (has("key_file") ? "key_file" : "key_pem"),
        has_cert ? "the certificate has no key" : "the key has no certificate",
        has_cert ? "add key_file" : "add cert_file");
  } else if (is_server && !has_cert) {
    add("", "a server needs a certificate and its key", "add cert_file and key_file");
  }
  static const std::vector<std::string> k_versions{"1.0", "1.1", "1.2", "1.3"};
  for (const std::string_view key : {"min_version", "max_version"}) {
    const auto version = settings.text(path + std::string(key));
    if (version && !version->empty() &&
        std::find(k_versions.begin(), k_versions.end(), *version) == k_versions.end()) {
      add(key, fmt::format("{} {} is no version of TLS", key, shown(*version)),
          "write \"1.2\" or \"1.3\"");
    }
  }
  const std::string least = settings.text(path + "min_version").value_or("1.2");
  const std::string most = settings.text(path + "max_version").value_or("");
  if (!most.empty() && most < least && most.size() == least.size()) {
    add("min_version", "min_version is above max_version", "swap them, or remove max_version");
  }
}

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const collector::Section section : collector::k_sections) {
    for (const Component& component : model.list(section).items) {
      const bool is_server = section != collector::Section::exporters;
      for (const std::string path : {"tls", "protocols.grpc.tls", "protocols.http.tls"}) {
        if (component.settings.is_on(path)) {
          check_block(component, path + ".", is_server, report);
        }
      }
    }
  }
}

}  // namespace

Rule otc719_tls_settings() {
  return {
      .code = "OTC719",
      .name = "tls-settings",
      .severity = Severity::error,
      .summary = "TLS settings contradict each other or are not whole",
      .rationale =
          "A key goes with its certificate, each comes from a file or as PEM text but not both, a "
          "server has both, and the versions are 1.0 to 1.3 in order; the Collector refuses "
          "anything else (configtls 1.61.0).",
      .bad = R"(tls:
  key_file: key.pem
)",
      .good = R"(tls:
  cert_file: cert.pem
  key_file: key.pem
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
