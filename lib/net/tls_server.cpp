// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/tls_server.hpp"

#include <algorithm>
#include <utility>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "net/pem.hpp"

namespace otelctl::net {
namespace {

constexpr std::string_view k_http = "\x08http/1.1";  // as ALPN has it: its length first

template <typename T>
using Owned = std::unique_ptr<T, PemDeleter>;

// A client that offers protocols and not this one gets the alert that RFC 7301 asks for.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned offered_length, void*) {
  unsigned char* choice = nullptr;
  const int found =
      SSL_select_next_proto(&choice, length, reinterpret_cast<const unsigned char*>(k_http.data()),
                            static_cast<unsigned>(k_http.size()), offered, offered_length);
  *chosen = choice;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

// Hands each certificate of the text to `use`; false as soon as that fails, or if there is none.
template <typename Use>
bool for_each_certificate(const std::string& text, Use use) {
  const Owned<BIO> in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  bool is_used = false;
  for (;;) {
    Owned<X509> certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    if (certificate == nullptr) {
      ERR_clear_error();  // the end of the text
      return is_used;
    }
    if (!use(std::move(certificate))) {
      ERR_clear_error();
      return false;
    }
    is_used = true;
  }
}

}  // namespace

Result<TlsServerPem> read_tls_server_files(const TlsServerFiles& files, Time now) {
  auto identity = read_identity("server", files.cert_file, files.key_file);
  if (!identity) {
    return fail(std::move(identity).error());
  }
  TlsServerPem pem;
  pem.problem = problem_of_dates(*identity->certificate.value, now);
  pem.certificate = std::move(identity->certificate.text);
  pem.key = std::move(identity->key.text);
  if (files.client_ca_file) {
    auto authority = read_certificate("client CA file", *files.client_ca_file);
    if (!authority) {
      return fail(std::move(authority).error());
    }
    pem.client_ca = std::move(authority->text);
  }
  return pem;
}

class TlsServerContext::Impl {
 public:
  Impl() : m_context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free) {}

  Result<void> set_up(const TlsServerPem& pem, Clients clients) {
    SSL_CTX_set_min_proto_version(m_context.get(), TLS1_2_VERSION);
    SSL_CTX_set_alpn_select_cb(m_context.get(), &choose_protocol, nullptr);
    if (!use_certificate(pem.certificate) || !use_key(pem.key)) {
      ERR_clear_error();
      return fail(ErrorKind::settings, "the server certificate cannot be used",
                  "TLS libraries refuse keys of less than 2048 bits (RSA) and SHA-1 signatures");
    }
    if (!pem.client_ca.empty() && !ask_clients(pem.client_ca, clients)) {
      return fail(ErrorKind::settings, "the client CA file cannot be used");
    }
    return {};
  }

  SSL_CTX* get() const { return m_context.get(); }

 private:
  bool use_certificate(const std::string& text) {
    bool is_first = true;
    return for_each_certificate(text, [&](Owned<X509> certificate) {
      if (std::exchange(is_first, false)) {
        return SSL_CTX_use_certificate(m_context.get(), certificate.get()) == 1;
      }
      return SSL_CTX_add1_chain_cert(m_context.get(), certificate.get()) == 1;
    });
  }

  bool use_key(const std::string& text) {
    const Owned<BIO> in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    return key != nullptr && SSL_CTX_use_PrivateKey(m_context.get(), key.get()) == 1;
  }

  bool ask_clients(const std::string& text, Clients clients) {
    const int needed = clients == Clients::need_certificate ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0;
    SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_PEER | needed, nullptr);
    // Where clients are verified, a session can only be resumed in a named context.
    const unsigned char name = 'o';
    SSL_CTX_set_session_id_context(m_context.get(), &name, 1);
    return for_each_certificate(text, [&](const Owned<X509>& authority) {
      return SSL_CTX_add_client_CA(m_context.get(), authority.get()) == 1 &&
             X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context.get()), authority.get()) == 1;
    });
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> m_context;
};

TlsServerContext::TlsServerContext(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TlsServerContext::~TlsServerContext() = default;

Result<std::shared_ptr<const TlsServerContext>> TlsServerContext::make(const TlsServerPem& pem,
                                                                       Clients clients) {
  auto impl = std::make_unique<Impl>();
  if (auto done = impl->set_up(pem, clients); !done) {
    return fail(std::move(done).error());
  }
  return std::shared_ptr<const TlsServerContext>(new TlsServerContext(std::move(impl)));
}

class TlsServerSession::Impl {
 public:
  explicit Impl(SSL_CTX* context) : m_session(SSL_new(context), &SSL_free) {
    m_in = BIO_new(BIO_s_mem());
    m_out = BIO_new(BIO_s_mem());
    SSL_set_bio(m_session.get(), m_in, m_out);  // which frees both
    SSL_set_accept_state(m_session.get());
  }

  SSL* get() const { return m_session.get(); }
  BIO* in() const { return m_in; }
  BIO* out() const { return m_out; }
  bool has_failed = false;

 private:
  std::unique_ptr<SSL, decltype(&SSL_free)> m_session;
  BIO* m_in = nullptr;
  BIO* m_out = nullptr;
};

TlsServerSession::TlsServerSession(const TlsServerContext& context)
    : m_impl(std::make_unique<Impl>(context.m_impl->get())) {}
TlsServerSession::~TlsServerSession() = default;

void TlsServerSession::feed(std::string_view encrypted) {
  BIO_write(m_impl->in(), encrypted.data(), static_cast<int>(encrypted.size()));
}

void TlsServerSession::drain(std::string& out) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(m_impl->out(), &data);
  out.append(data, static_cast<std::size_t>(std::max(size, 0L)));
  BIO_reset(m_impl->out());
}

TlsServerSession::Read TlsServerSession::read(char* target, std::size_t size, std::size_t& count) {
  ERR_clear_error();
  if (SSL_read_ex(m_impl->get(), target, size, &count) == 1) {
    return Read::some;
  }
  const int problem = SSL_get_error(m_impl->get(), 0);
  ERR_clear_error();
  if (problem == SSL_ERROR_WANT_READ) {
    return Read::needs_more;
  }
  m_impl->has_failed = problem != SSL_ERROR_ZERO_RETURN;
  return Read::over;
}

bool TlsServerSession::write(std::string_view plain) {
  ERR_clear_error();
  std::size_t written = 0;
  const bool is_written =
      plain.empty() || SSL_write_ex(m_impl->get(), plain.data(), plain.size(), &written) == 1;
  m_impl->has_failed = m_impl->has_failed || !is_written;
  ERR_clear_error();
  return is_written;
}

void TlsServerSession::end() {
  // After a failure OpenSSL must not be asked for more.
  if (!m_impl->has_failed && SSL_is_init_finished(m_impl->get()) == 1) {
    SSL_shutdown(m_impl->get());
    ERR_clear_error();
  }
}

}  // namespace otelctl::net
