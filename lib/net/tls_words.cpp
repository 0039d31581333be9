// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/tls_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <openssl/x509_vfy.h>

#include "base/text.hpp"

namespace otelctl::net {
namespace {

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Error unknown_authority(std::optional<std::size_t> sent) {
  std::string hint =
      "give the authority's certificate with --ca FILE (OTEL_EXPORTER_OTLP_CERTIFICATE)";
  if (sent.value_or(1) <= 1) {
    hint +=
        "; if it was given, have the server send its intermediate certificates too (fullchain.pem)";
  }
  return {ErrorKind::unreachable, "the server's certificate was issued by an unknown authority",
          std::move(hint)};
}

// What OpenSSL's security level refuses: from level 1 on RSA below 1024 bits and MD5, from level 2
// on, which Debian and Ubuntu set, RSA below 2048 bits and SHA-1.
std::optional<Error> weakness(long verify_result) {
  const std::string in_place = "RSA with 2048 bits or more, or P-256";
  switch (verify_result) {
    case X509_V_ERR_EE_KEY_TOO_SMALL:
      return Error{ErrorKind::unreachable, "the server's key is too weak",
                   "make a new one - " + in_place + " - and have a certificate issued for it"};
    case X509_V_ERR_CA_KEY_TOO_SMALL:
      return Error{ErrorKind::unreachable,
                   "the key of the authority of the server's certificate is too weak",
                   "make the authority anew - " + in_place + " - and the certificate with it"};
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return Error{ErrorKind::unreachable,
                   "a signature over the server's certificates is too weak (SHA-1 or MD5)",
                   "have the certificate issued anew over SHA-256, and its intermediate ones if "
                   "they are older"};
    default:
      return std::nullopt;
  }
}

}  // namespace

Error certificate_error(long verify_result, std::string_view host,
                        std::optional<std::size_t> sent) {
  if (auto weak = weakness(verify_result)) {
    return *std::move(weak);
  }
  const std::string name(host);
  switch (verify_result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {ErrorKind::unreachable, "the server's certificate has expired",
              "renew it on the server; if it is valid, check this machine's clock"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {ErrorKind::unreachable, "the server's certificate is not valid yet",
              "check this machine's clock, and the date from which the certificate holds"};
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return {ErrorKind::unreachable, "the server's certificate is not for '" + name + "'",
              "use one of the names that the certificate holds in the endpoint"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return {ErrorKind::unreachable, "the server's certificate is self-signed and not trusted",
              "give it as the CA with --ca FILE (OTEL_EXPORTER_OTLP_CERTIFICATE)"};
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return unknown_authority(sent);
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return {
          ErrorKind::unreachable,
          "the server's certificate was issued by an authority that has the name of a trusted one "
          "and another key",
          "the authority was made anew: give its present certificate with --ca FILE"};
    case X509_V_ERR_CERT_REVOKED:
      return {ErrorKind::unreachable, "the server's certificate is revoked",
              "the server needs a new certificate"};
    default:
      return {ErrorKind::unreachable,
              std::string("the server's certificate is not accepted: ") +
                  X509_verify_cert_error_string(verify_result),
              "give the right authority with --ca FILE, or have the certificate replaced"};
  }
}

Error client_certificate_error(bool one_was_sent) {
  if (one_was_sent) {
    return {ErrorKind::refused, "the server does not accept the client certificate",
            "give one that an authority known to the server has issued, with --cert and --key"};
  }
  return {ErrorKind::refused, "the server demands a client certificate",
          "give one with --cert FILE --key FILE (OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and "
          "_CLIENT_KEY)"};
}

bool is_client_certificate_alert(std::string_view openssl_text) {
  static constexpr std::array<std::string_view, 8> k_alerts{
      "alert certificate required", "alert bad certificate",        "alert unknown ca",
      "alert certificate expired",  "alert certificate unknown",    "alert access denied",
      "alert certificate revoked",  "alert unsupported certificate"};
  return std::any_of(k_alerts.begin(), k_alerts.end(),
                     [&](std::string_view alert) { return has(openssl_text, alert); });
}

Error handshake_error(std::string_view openssl_text, std::string_view host_and_port) {
  const std::string place(host_and_port);
  if (is_client_certificate_alert(openssl_text)) {
    return client_certificate_error(!has(openssl_text, "certificate required"));
  }
  // What is left of a signature that does not fit: OpenSSL's queue begins with the cause's cause.
  if (has(openssl_text, "asn1 encoding routines") && has(openssl_text, "EVP lib")) {
    return certificate_error(X509_V_ERR_CERT_SIGNATURE_FAILURE, host_and_port);
  }
  if (has(openssl_text, "wrong version number") || has(openssl_text, "packet length too long") ||
      has(openssl_text, "http request") || has(openssl_text, "unknown protocol")) {
    return {ErrorKind::not_understood, place + " does not speak TLS",
            "the server is plaintext: write http:// in the endpoint, or find its TLS port"};
  }
  if (has(openssl_text, "unsupported protocol") || has(openssl_text, "alert protocol version")) {
    return {ErrorKind::not_understood, "no TLS version that both sides know",
            "have the server offer TLS 1.2 or 1.3; older versions are not safe any more"};
  }
  if (has(openssl_text, "alert unrecognized name")) {
    return {ErrorKind::unreachable, "the server knows no such name and ends the TLS handshake",
            "use the host name under which the server is published"};
  }
  if (has(openssl_text, "handshake failure")) {
    return {
        ErrorKind::unreachable, "the server ends the TLS handshake without agreeing",
        "it may demand a client certificate (--cert, --key), another host name or other ciphers"};
  }
  return {ErrorKind::unreachable,
          "the TLS handshake with " + place + " broke off" +
              (openssl_text.empty() ? "" : ": " + escape_for_terminal(openssl_text)),
          "a middlebox or a wrong port does that; check what listens there"};
}

bool says_that_it_is_tls(std::string_view answer) {
  static constexpr std::array<std::string_view, 4> k_words{
      "HTTP request to an HTTPS server", "sent to HTTPS port", "to an SSL-enabled server port",
      "combination of host and port requires TLS"};
  return std::any_of(k_words.begin(), k_words.end(),
                     [&](std::string_view words) { return has(answer, words); });
}

}  // namespace otelctl::net
