// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/certificates.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace otelctl::test {
namespace {

struct Deleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

void check(bool good) {
  if (!good) {
    throw std::runtime_error("OpenSSL cannot make a test certificate");
  }
}

std::string contents(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

std::string to_pem(X509* certificate) {
  const Owned<BIO> out(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_X509(out.get(), certificate) == 1);
  return contents(out.get());
}

std::string to_pem(EVP_PKEY* key) {
  const Owned<BIO> out(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return contents(out.get());
}

void extend(X509* certificate, int nid, const std::string& value) {
  const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
  check(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

// As text: X509_gmtime_adj knows no years before 1900.
void set_time(ASN1_TIME* time, std::chrono::seconds from_now) {
  namespace chrono = std::chrono;
  const chrono::sys_seconds moment =
      chrono::floor<chrono::seconds>(chrono::system_clock::now()) + from_now;
  const auto day = chrono::floor<chrono::days>(moment);
  const chrono::year_month_day date{day};
  const chrono::hh_mm_ss clock{moment - day};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d%02u%02u%02d%02d%02dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  check(ASN1_TIME_set_string_X509(time, text.data()) == 1);
}

Owned<X509> make(const std::string& common_name, EVP_PKEY* key, const CertificateWish& wish,
                 bool is_authority, X509* issuer, EVP_PKEY* issuer_key) {
  Owned<X509> certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  std::uint64_t serial = 0;
  check(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
  set_time(X509_getm_notBefore(certificate.get()), wish.from);
  set_time(X509_getm_notAfter(certificate.get()), wish.until);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(certificate.get(), issuer == nullptr ? name : X509_get_subject_name(issuer));
  check(X509_set_pubkey(certificate.get(), key) == 1);
  if (is_authority) {
    extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  } else {
    extend(certificate.get(), NID_subject_alt_name, wish.names);
  }
  check(X509_sign(certificate.get(), issuer_key == nullptr ? key : issuer_key,
                  wish.sha1 ? EVP_sha1() : EVP_sha256()) > 0);
  return certificate;
}

Owned<EVP_PKEY> new_key(unsigned rsa_bits = 0) {
  return Owned<EVP_PKEY>(rsa_bits == 0 ? EVP_EC_gen("P-256") : EVP_RSA_gen(std::size_t{rsa_bits}));
}

}  // namespace

class Authority::Impl {
 public:
  explicit Impl(const std::string& name, const Impl* issuer = nullptr) : m_key(new_key()) {
    m_certificate =
        make(name, m_key.get(), {}, true, issuer == nullptr ? nullptr : issuer->m_certificate.get(),
             issuer == nullptr ? nullptr : issuer->m_key.get());
    m_pem = to_pem(m_certificate.get());
  }

  const std::string& pem() const { return m_pem; }

  Identity issue(const CertificateWish& wish) const {
    const auto key = new_key(wish.rsa_bits);
    const auto certificate =
        make("otelctl test", key.get(), wish, false, m_certificate.get(), m_key.get());
    return {to_pem(certificate.get()), to_pem(key.get())};
  }

 private:
  Owned<EVP_PKEY> m_key;
  Owned<X509> m_certificate;
  std::string m_pem;
};

Authority::Authority(const std::string& name) : m_impl(std::make_unique<Impl>(name)) {}
Authority::Authority(const std::string& name, const Authority& issuer)
    : m_impl(std::make_unique<Impl>(name, issuer.m_impl.get())) {}
Authority::~Authority() = default;
const std::string& Authority::certificate() const {
  return m_impl->pem();
}
Identity Authority::issue(const CertificateWish& wish) const {
  return m_impl->issue(wish);
}

Identity self_signed(const CertificateWish& wish) {
  const auto key = new_key(wish.rsa_bits);
  const auto certificate = make("otelctl test", key.get(), wish, false, nullptr, nullptr);
  return {to_pem(certificate.get()), to_pem(key.get())};
}

}  // namespace otelctl::test
