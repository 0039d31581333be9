// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace otelctl::test {

// A certificate with its private key, both PEM.
struct Identity {
  std::string certificate;
  std::string key;
};

struct CertificateWish {
  // As OpenSSL writes subject alternative names.
  std::string names = "DNS:localhost,IP:127.0.0.1";
  // Relative to now.
  std::chrono::seconds from = -std::chrono::hours(1);
  std::chrono::seconds until = std::chrono::hours(24 * 90);
  unsigned rsa_bits = 0;  // 0 is an elliptic curve (P-256)
  bool sha1 = false;      // signed over SHA-1 in place of SHA-256
};

// An authority made for one test, so that no key lies in the repository and nothing expires there.
class Authority {
 public:
  explicit Authority(const std::string& name = "otelctl test authority");
  // An intermediate one.
  Authority(const std::string& name, const Authority& issuer);
  ~Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  // The authority's own certificate: what a client must trust.
  const std::string& certificate() const;
  Identity issue(const CertificateWish& wish = {}) const;

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

Identity self_signed(const CertificateWish& wish = {});

}  // namespace otelctl::test
