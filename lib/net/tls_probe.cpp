// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/tls_probe.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include "base/text.hpp"
#include "net/deadline.hpp"
#include "net/tls_words.hpp"
#include "net/url.hpp"

namespace otelctl::net {
namespace {

// For a server's alert after the handshake; on a slow line it may come later and is then seen by
// the export.
constexpr nanoseconds k_alert_wait = std::chrono::milliseconds(200);
// A certificate may hold thousands of names (CDNs do).
constexpr int k_max_names = 50;

struct Deleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* session) const { SSL_free(session); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

std::string last_openssl_text() {
  const unsigned long code = ERR_peek_error();
  ERR_clear_error();
  if (code == 0) {
    return {};
  }
  const char* reason = ERR_reason_error_string(code);
  return reason != nullptr ? reason : "error " + std::to_string(code);
}

std::string text_of(const X509_NAME* name) {
  Owned<BIO> out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::optional<Time> time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) {
    return std::nullopt;
  }
  // Dates such as 9999-12-31 ("never") and 0000-01-01 ("always") are beyond 64-bit nanoseconds.
  constexpr int k_first_year = 1700 - 1900;
  constexpr int k_last_year = 2200 - 1900;
  parts.tm_year = std::clamp(parts.tm_year, k_first_year, k_last_year);
  return Time(std::chrono::seconds(timegm(&parts)));
}

std::vector<std::string> names_of(X509* certificate) {
  const Owned<GENERAL_NAMES> list(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> names;
  const int count = std::min(sk_GENERAL_NAME_num(list.get()), k_max_names);
  for (int i = 0; i < count; ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(list.get(), i);
    if (name->type != GEN_DNS && name->type != GEN_IPADD) {
      continue;
    }
    const ASN1_STRING* value = name->type == GEN_DNS ? name->d.dNSName : name->d.iPAddress;
    const std::string bytes(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                            static_cast<std::size_t>(ASN1_STRING_length(value)));
    if (name->type == GEN_DNS) {
      names.push_back(bytes);
    } else if (bytes.size() == 4 || bytes.size() == 16) {
      std::array<char, INET6_ADDRSTRLEN> text{};
      inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text.data(), text.size());
      names.emplace_back(text.data());
    }
  }
  return names;
}

// "c.example." says that nothing is to be added to the name; certificates and SNI have it without
// that dot (RFC 6066, 3), and libcurl and gRPC leave it out.
std::string without_final_dot(std::string host) {
  if (host.ends_with('.')) {
    host.pop_back();
  }
  return host;
}

// One handshake.
class Handshake {
 public:
  Handshake(const Socket& socket, const TlsProbeRequest& request)
      : m_socket(socket),
        m_request(request),
        m_host(without_final_dot(request.host)),
        m_deadline(request.timeout) {}

  TlsProbeResult run() {
    TlsProbeResult result;
    ERR_clear_error();
    if (auto prepared = prepare(); !prepared) {
      result.error = prepared.error();
      return result;
    }
    if (auto done = until_done([this] { return SSL_connect(m_session.get()); }); !done) {
      result.error = done.error();
      return result;
    }
    result.facts = read_facts();
    if (result.facts->not_after) {
      result.days_left =
          std::chrono::floor<std::chrono::days>(*result.facts->not_after - m_request.now).count();
    }
    if (result.facts->verify_result != X509_V_OK && !m_request.files.skip_verify) {
      result.error = certificate_error(result.facts->verify_result, m_request.host,
                                       result.facts->chain_length);
      return result;
    }
    result.error = late_alert();
    return result;
  }

 private:
  Result<void> prepare() {
    m_context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_min_proto_version(m_context.get(), TLS1_2_VERSION);
    // The certificate is judged afterwards; a refusal here would end the handshake.
    SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_NONE, nullptr);
    const std::string roots =
        m_request.files.ca_file.empty() ? system_ca_file() : m_request.files.ca_file;
    if (!roots.empty() && SSL_CTX_load_verify_file(m_context.get(), roots.c_str()) != 1) {
      return fail(ErrorKind::settings, "the CA file cannot be used: " + last_openssl_text());
    }
    if (!m_request.files.cert_file.empty() &&
        (SSL_CTX_use_certificate_chain_file(m_context.get(), m_request.files.cert_file.c_str()) !=
             1 ||
         SSL_CTX_use_PrivateKey_file(m_context.get(), m_request.files.key_file.c_str(),
                                     SSL_FILETYPE_PEM) != 1)) {
      return fail(ErrorKind::settings,
                  "the client certificate cannot be used: " + last_openssl_text());
    }
    SSL_CTX_set_cert_cb(m_context.get(), &on_certificate_wanted, &m_wants_certificate);
    // Otherwise it reads on by itself as long as a server sends session tickets.
    SSL_CTX_clear_mode(m_context.get(), SSL_MODE_AUTO_RETRY);
    m_session.reset(SSL_new(m_context.get()));
    set_name();
    std::string offered;
    for (const std::string& protocol : m_request.protocols) {
      offered += static_cast<char>(protocol.size());
      offered += protocol;
    }
    SSL_set_alpn_protos(m_session.get(), reinterpret_cast<const unsigned char*>(offered.data()),
                        static_cast<unsigned>(offered.size()));
    SSL_set_fd(m_session.get(), m_socket.descriptor());
    return {};
  }

  // A client's session calls it when the server has asked for a certificate.
  static int on_certificate_wanted(SSL*, void* user) {
    *static_cast<bool*>(user) = true;
    return 1;
  }

  void set_name() {
    X509_VERIFY_PARAM* rules = SSL_get0_param(m_session.get());
    if (is_ip_address(m_host)) {
      X509_VERIFY_PARAM_set1_ip_asc(rules, m_host.c_str());
      return;  // RFC 6066: an address is no server name
    }
    X509_VERIFY_PARAM_set1_host(rules, m_host.data(), m_host.size());
    // What the macro SSL_set_tlsext_host_name does, whose cast our warnings reject; it copies.
    SSL_ctrl(m_session.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(m_host.c_str()));
  }

  // Repeats a call until it has succeeded, failed or used up the time.
  template <typename Call>
  Result<void> until_done(Call call) {
    for (;;) {
      errno = 0;
      const int status = call();
      if (status > 0) {
        return {};
      }
      const int problem = SSL_get_error(m_session.get(), status);
      if (problem != SSL_ERROR_WANT_READ && problem != SSL_ERROR_WANT_WRITE) {
        return fail(broken(problem));
      }
      pollfd item{m_socket.descriptor(),
                  static_cast<short>(problem == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0};
      poll(&item, 1, poll_milliseconds(m_deadline.left()));
      // Also where there is always something to read that does not lead to the end.
      if (m_deadline.is_over()) {
        return fail(
            ErrorKind::unreachable,
            m_request.host_and_port + " did not finish the TLS handshake within " +
                format_limit(m_request.timeout),
            "something accepts connections there and stays silent: a port forwarder without "
            "a server, or a port that does not speak TLS");
      }
    }
  }

  Error broken(int problem) const {
    const int os_error = errno;
    const std::string text = last_openssl_text();
    if (m_wants_certificate) {
      return client_certificate_error(!m_request.files.cert_file.empty());
    }
    if (problem == SSL_ERROR_SYSCALL || text.find("unexpected eof") != std::string::npos) {
      return {ErrorKind::unreachable,
              m_request.host_and_port + (os_error == ECONNRESET
                                             ? " reset the connection in the TLS handshake"
                                             : " closed the connection in the TLS handshake"),
              "a plaintext server does that (then write http://), or one that knows no such host "
              "name, or a middlebox: check host, port and the server's log"};
    }
    return handshake_error(text, m_request.host_and_port);
  }

  TlsFacts read_facts() const {
    TlsFacts facts;
    facts.version = SSL_get_version(m_session.get());
    facts.cipher = SSL_get_cipher_name(m_session.get());
    const unsigned char* alpn = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(m_session.get(), &alpn, &size);
    if (size > 0) {
      facts.alpn.assign(reinterpret_cast<const char*>(alpn), size);
    }
    const auto* chain = SSL_get_peer_cert_chain(m_session.get());
    facts.chain_length = chain == nullptr ? 0 : static_cast<std::size_t>(sk_X509_num(chain));
    facts.verify_result = SSL_get_verify_result(m_session.get());
    facts.wants_client_certificate = m_wants_certificate;
    if (const Owned<X509> certificate{SSL_get1_peer_certificate(m_session.get())}) {
      facts.subject = text_of(X509_get_subject_name(certificate.get()));
      facts.issuer = text_of(X509_get_issuer_name(certificate.get()));
      facts.names = names_of(certificate.get());
      facts.not_before = time_of(X509_get0_notBefore(certificate.get()));
      facts.not_after = time_of(X509_get0_notAfter(certificate.get()));
    }
    return facts;
  }

  // A server that wants a client certificate lets the TLS 1.3 handshake pass and ends the
  // connection afterwards. Silence is the good case, and so is anything that the server says.
  std::optional<Error> late_alert() {
    const Deadline deadline(m_deadline.at_most(k_alert_wait));
    for (;;) {
      char byte = 0;
      const int status = SSL_peek(m_session.get(), &byte, 1);
      if (status > 0) {
        return std::nullopt;
      }
      const int problem = SSL_get_error(m_session.get(), status);
      if (problem == SSL_ERROR_WANT_READ) {
        pollfd item{m_socket.descriptor(), POLLIN, 0};
        poll(&item, 1, poll_milliseconds(deadline.left()));
        if (deadline.is_over()) {
          return std::nullopt;
        }
        continue;
      }
      // Some servers send an alert (certificate required), others just hang up.
      ERR_clear_error();
      if (m_wants_certificate) {
        return client_certificate_error(!m_request.files.cert_file.empty());
      }
      return std::nullopt;
    }
  }

  const Socket& m_socket;
  const TlsProbeRequest& m_request;
  const std::string m_host;
  Deadline m_deadline;
  Owned<SSL_CTX> m_context;
  Owned<SSL> m_session;
  bool m_wants_certificate = false;
};

}  // namespace

TlsProbeResult probe_tls(const Socket& socket, const TlsProbeRequest& request) {
  return Handshake(socket, request).run();
}

Result<void> open_tunnel(const Socket& socket, std::string_view target, std::string_view proxy_url,
                         const Deadline& deadline) {
  constexpr std::size_t k_max_answer = std::size_t{16} * 1024;
  std::string request =
      "CONNECT " + std::string(target) + " HTTP/1.1\r\nHost: " + std::string(target) + "\r\n";
  if (const auto login = basic_credentials(proxy_url)) {
    request += "Proxy-Authorization: " + *login + "\r\n";
  }
  request += "\r\n";
  std::string answer;
  if (socket.send_all(request, deadline)) {
    while (answer.find("\r\n\r\n") == std::string::npos && answer.size() < k_max_answer) {
      const auto part = socket.receive(1, deadline);
      if (!part || part->empty()) {
        break;
      }
      answer += *part;
    }
  }
  const std::string line = answer.substr(0, answer.find('\r'));
  const auto space = line.find(' ');
  const std::string status = space == std::string::npos ? "" : line.substr(space + 1, 3);
  if (line.starts_with("HTTP/1.") && status.starts_with('2')) {
    return {};
  }
  return fail(
      status == "407" ? ErrorKind::refused : ErrorKind::unreachable,
      "the proxy does not let the connection to " + std::string(target) + " through" +
          (line.empty() ? ": it gives no answer" : ": " + escape_for_terminal(line.substr(0, 100))),
      "except the host with no_proxy, or correct the proxy variable");
}

}  // namespace otelctl::net
