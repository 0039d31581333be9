// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/tls_files.hpp"

#include <array>
#include <cstdint>
#include <ctime>
#include <memory>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <unistd.h>

#include "base/file.hpp"
#include "base/text.hpp"

namespace otelctl::net {
namespace {

// A bundle of every public authority has 220 kB.
constexpr std::uint64_t k_max_file_bytes = std::uint64_t{16} * 1024 * 1024;

struct Deleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

// OpenSSL would ask for the password of an encrypted key on the terminal.
int no_password(char*, int, int, void*) {
  return 0;
}

Owned<BIO> open_text(const std::string& text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Error about(std::string_view what, const std::string& path, std::string_view problem,
            std::string hint) {
  return {ErrorKind::settings,
          std::string(what) + " " + escape_for_terminal(path) + ": " + std::string(problem),
          std::move(hint)};
}

Result<Owned<X509>> read_certificate(std::string_view what, const std::string& path) {
  auto text = read_file(path, k_max_file_bytes);
  if (!text) {
    return fail(std::move(text.error()).within(what));
  }
  Owned<X509> certificate(
      PEM_read_bio_X509(open_text(*text).get(), nullptr, &no_password, nullptr));
  ERR_clear_error();
  if (certificate == nullptr) {
    return fail(about(what, path, "holds no PEM certificate",
                      "it must begin with -----BEGIN CERTIFICATE-----"));
  }
  return certificate;
}

Result<Owned<EVP_PKEY>> read_key(const std::string& path) {
  auto text = read_file(path, k_max_file_bytes);
  if (!text) {
    return fail(std::move(text.error()).within("client key"));
  }
  Owned<EVP_PKEY> key(
      PEM_read_bio_PrivateKey(open_text(*text).get(), nullptr, &no_password, nullptr));
  ERR_clear_error();
  if (key == nullptr) {
    const bool locked = text->find("ENCRYPTED") != std::string::npos;
    return fail(about("client key", path, locked ? "is encrypted" : "holds no PEM private key",
                      locked ? "otelctl asks for no passwords: give a key without one"
                             : "it must begin with -----BEGIN PRIVATE KEY-----"));
  }
  return key;
}

// RFC 3339 in UTC, as dates are written everywhere.
std::string date(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) {
    return "a date that cannot be read";
  }
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

Result<void> check_dates(const std::string& path, const X509* certificate, Time now) {
  auto seconds = static_cast<time_t>(
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
  const ASN1_TIME* not_after = X509_get0_notAfter(certificate);
  const ASN1_TIME* not_before = X509_get0_notBefore(certificate);
  if (X509_cmp_time(not_after, &seconds) < 0) {
    return fail(about("client certificate", path, "has expired on " + date(not_after),
                      "get a new one from its authority"));
  }
  if (X509_cmp_time(not_before, &seconds) > 0) {
    return fail(about("client certificate", path, "is not valid before " + date(not_before),
                      "check this machine's clock"));
  }
  return {};
}

}  // namespace

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
  const auto certificate = read_certificate("client certificate", files.cert_file);
  if (!certificate) {
    return fail(certificate.error());
  }
  const auto key = read_key(files.key_file);
  if (!key) {
    return fail(key.error());
  }
  const bool fits = X509_check_private_key(certificate->get(), key->get()) == 1;
  ERR_clear_error();
  if (!fits) {
    return fail(about("client key", files.key_file,
                      "does not belong to " + escape_for_terminal(files.cert_file),
                      "give the key with which the certificate was requested"));
  }
  return check_dates(files.cert_file, certificate->get(), now);
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
