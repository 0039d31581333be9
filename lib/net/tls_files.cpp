// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/tls_files.hpp"

#include <array>
#include <string_view>

#include <unistd.h>

#include "base/text.hpp"
#include "net/pem.hpp"

namespace otelctl::net {

Result<void> check_tls_files(const TlsFiles& files, Time now) {
  if (!files.ca_file.empty()) {
    if (auto ca = read_certificate("CA file", files.ca_file); !ca) {
      return fail(ca.error());
    }
  }
  if (files.cert_file.empty() != files.key_file.empty()) {
    return fail(ErrorKind::settings,
                files.key_file.empty() ? "a client certificate is given without its key"
                                       : "a client key is given without its certificate",
                "mutual TLS needs both: --cert FILE --key FILE");
  }
  if (files.cert_file.empty()) {
    return {};
  }
  const auto identity = read_identity("client", files.cert_file, files.key_file);
  if (!identity) {
    return fail(identity.error());
  }
  const std::string problem = problem_of_dates(*identity->certificate.value, now);
  if (!problem.empty()) {
    const bool is_over = problem.starts_with("has expired");
    return fail(ErrorKind::settings,
                "client certificate " + escape_for_terminal(files.cert_file) + ": " + problem,
                is_over ? "get a new one from its authority" : "check this machine's clock");
  }
  return {};
}

std::string system_ca_file() {
  // Debian and Ubuntu; Fedora and RHEL; openSUSE; Alpine and the BSDs.
  static constexpr std::array<const char*, 4> k_places{
      "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
      "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};
  for (const char* place : k_places) {
    if (access(place, R_OK) == 0) {
      return place;
    }
  }
  return {};
}

}  // namespace otelctl::net
