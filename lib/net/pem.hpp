// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/result.hpp"
#include "base/time.hpp"

// PEM files (RFC 7468) as OpenSSL reads them, with words of our own: for this module alone.
namespace otelctl::net {

struct PemDeleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

// The file as it is, and the first thing of its kind that stands in it.
template <typename T>
struct PemFile {
  std::string text;
  std::unique_ptr<T, PemDeleter> value;
};

// `what` begins the messages: "client certificate", "CA file". Error kind: settings.
Result<PemFile<X509>> read_certificate(std::string_view what, const std::string& path);
// The key must have no password. Error kind: settings.
Result<PemFile<EVP_PKEY>> read_private_key(std::string_view what, const std::string& path);
// A certificate and its key: each can be read, and they belong together. `whose` is "client" or
// "server". Error kind: settings.
struct PemIdentity {
  PemFile<X509> certificate;
  PemFile<EVP_PKEY> key;
};
Result<PemIdentity> read_identity(std::string_view whose, const std::string& cert_path,
                                  const std::string& key_path);

// What is wrong with the certificate's dates at `now`: "has expired on 2026-01-01T00:00:00Z",
// "is not valid before ..."; "" when nothing is.
std::string problem_of_dates(const X509& certificate, Time now);

}  // namespace otelctl::net
