// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/pem.hpp"

#include <array>
#include <cstdint>
#include <ctime>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "base/file.hpp"
#include "base/text.hpp"

namespace otelctl::net {
namespace {

// A bundle of every public authority has 220 kB.
constexpr std::uint64_t k_max_file_bytes = std::uint64_t{16} * 1024 * 1024;

// OpenSSL would ask for the password of an encrypted key on the terminal.
int no_password(char*, int, int, void*) {
  return 0;
}

std::unique_ptr<BIO, PemDeleter> open_text(const std::string& text) {
  return std::unique_ptr<BIO, PemDeleter>(
      BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Error about(std::string_view what, const std::string& path, std::string_view problem,
            std::string hint) {
  return {ErrorKind::settings,
          std::string(what) + " " + escape_for_terminal(path) + ": " + std::string(problem),
          std::move(hint)};
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

}  // namespace

Result<PemFile<X509>> read_certificate(std::string_view what, const std::string& path) {
  auto text = read_file(path, k_max_file_bytes);
  if (!text) {
    return fail(std::move(text.error()).within(what));
  }
  PemFile<X509> file{std::move(*text), nullptr};
  file.value.reset(PEM_read_bio_X509(open_text(file.text).get(), nullptr, &no_password, nullptr));
  ERR_clear_error();
  if (file.value == nullptr) {
    return fail(about(what, path, "holds no PEM certificate",
                      "it must begin with -----BEGIN CERTIFICATE-----"));
  }
  return file;
}

Result<PemFile<EVP_PKEY>> read_private_key(std::string_view what, const std::string& path) {
  auto text = read_file(path, k_max_file_bytes);
  if (!text) {
    return fail(std::move(text.error()).within(what));
  }
  PemFile<EVP_PKEY> file{std::move(*text), nullptr};
  file.value.reset(
      PEM_read_bio_PrivateKey(open_text(file.text).get(), nullptr, &no_password, nullptr));
  ERR_clear_error();
  if (file.value == nullptr) {
    const bool locked = file.text.find("ENCRYPTED") != std::string::npos;
    return fail(about(what, path, locked ? "is encrypted" : "holds no PEM private key",
                      locked ? "otelctl asks for no passwords: give a key without one"
                             : "it must begin with -----BEGIN PRIVATE KEY-----"));
  }
  return file;
}

Result<PemIdentity> read_identity(std::string_view whose, const std::string& cert_path,
                                  const std::string& key_path) {
  auto certificate = read_certificate(std::string(whose) + " certificate", cert_path);
  if (!certificate) {
    return fail(std::move(certificate).error());
  }
  const std::string key_name = std::string(whose) + " key";
  auto key = read_private_key(key_name, key_path);
  if (!key) {
    return fail(std::move(key).error());
  }
  const bool fits = X509_check_private_key(certificate->value.get(), key->value.get()) == 1;
  ERR_clear_error();
  if (!fits) {
    return fail(about(key_name, key_path, "does not belong to " + escape_for_terminal(cert_path),
                      "give the key with which the certificate was requested"));
  }
  return PemIdentity{std::move(*certificate), std::move(*key)};
}

std::string problem_of_dates(const X509& certificate, Time now) {
  auto seconds = static_cast<time_t>(
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
  const ASN1_TIME* not_after = X509_get0_notAfter(&certificate);
  const ASN1_TIME* not_before = X509_get0_notBefore(&certificate);
  if (X509_cmp_time(not_after, &seconds) < 0) {
    return "has expired on " + date(not_after);
  }
  if (X509_cmp_time(not_before, &seconds) > 0) {
    return "is not valid before " + date(not_before);
  }
  return "";
}

}  // namespace otelctl::net
