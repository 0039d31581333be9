// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/raw_server.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <list>
#include <mutex>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace otelctl::test {
namespace {

struct Deleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* session) const { SSL_free(session); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

Owned<BIO> reading(const std::string& text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

bool stays_open(int descriptor, std::chrono::milliseconds time) {
  pollfd item{descriptor, POLLRDHUP, 0};
  return poll(&item, 1, static_cast<int>(time.count())) == 0;
}

// The close that follows sends a reset.
void reset_on_close(int descriptor) {
  const linger at_once{1, 0};
  setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

class PlainConversation final : public Conversation {
 public:
  explicit PlainConversation(int descriptor) : m_descriptor(descriptor) {}

  std::string read() override {
    std::array<char, 65536> chunk;
    const auto got = recv(m_descriptor, chunk.data(), chunk.size(), 0);
    return got > 0 ? std::string(chunk.data(), static_cast<std::size_t>(got)) : std::string();
  }

  bool write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto sent = send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        return false;
      }
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  bool stays(std::chrono::milliseconds time) override { return stays_open(m_descriptor, time); }

  void reset() override { reset_on_close(m_descriptor); }

 private:
  int m_descriptor;
};

class TlsConversation final : public Conversation {
 public:
  explicit TlsConversation(SSL* session) : m_session(session) {}

  std::string read() override {
    std::array<char, 65536> chunk;
    const int got = SSL_read(m_session, chunk.data(), static_cast<int>(chunk.size()));
    return got > 0 ? std::string(chunk.data(), static_cast<std::size_t>(got)) : std::string();
  }

  bool write(std::string_view bytes) override {
    return SSL_write(m_session, bytes.data(), static_cast<int>(bytes.size())) > 0;
  }

  bool stays(std::chrono::milliseconds time) override {
    return stays_open(SSL_get_fd(m_session), time);
  }

  bool send_ticket() override {
    return SSL_new_session_ticket(m_session) == 1 && SSL_do_handshake(m_session) == 1;
  }

  void reset() override {
    SSL_set_quiet_shutdown(m_session, 1);
    reset_on_close(SSL_get_fd(m_session));
  }

 private:
  SSL* m_session;
};

int choose_alpn(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                const unsigned char* offered, unsigned offered_size, void* user) {
  const auto& wanted = *static_cast<const std::string*>(user);
  for (unsigned at = 0; at < offered_size; at += offered[at] + 1U) {
    const std::string name(reinterpret_cast<const char*>(offered + at + 1), offered[at]);
    if (name == wanted) {
      *chosen = offered + at + 1;
      *chosen_size = offered[at];
      return SSL_TLSEXT_ERR_OK;
    }
  }
  return SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

class RawServer::Impl {
 public:
  Impl(Handler handler, std::optional<TlsWish> tls, const ListenAt& at)
      : m_handler(std::move(handler)), m_tls(std::move(tls)), m_listener(bind_to(at)) {
    // SSL_write cannot be told to spare the process.
    std::signal(SIGPIPE, SIG_IGN);
    m_port = port_of(m_listener);
    prepare_tls();
    constexpr int k_backlog = 64;
    listen(m_listener, k_backlog);
    m_acceptor = std::thread([this] { accept_all(); });
  }

  ~Impl() {
    m_stopping = true;
    shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    {
      const std::lock_guard lock(m_mutex);
      for (const int descriptor : m_open) {
        shutdown(descriptor, SHUT_RDWR);
      }
    }
    for (std::thread& thread : m_threads) {
      thread.join();
    }
    close(m_listener);
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::uint16_t port() const { return m_port; }
  int accepted() const { return m_accepted; }

 private:
  void prepare_tls() {
    if (!m_tls) {
      return;
    }
    m_context.reset(SSL_CTX_new(TLS_server_method()));
    // Weak keys and old versions are the client's to refuse.
    SSL_CTX_set_security_level(m_context.get(), 0);
    SSL_CTX_set_max_proto_version(m_context.get(), m_tls->newest_version);
    const auto pem = reading(m_tls->identity.certificate);
    const Owned<X509> certificate(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
    const Owned<EVP_PKEY> key(
        PEM_read_bio_PrivateKey(reading(m_tls->identity.key).get(), nullptr, nullptr, nullptr));
    SSL_CTX_use_certificate(m_context.get(), certificate.get());
    while (
        const Owned<X509> intermediate{PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)}) {
      SSL_CTX_add1_chain_cert(m_context.get(), intermediate.get());
    }
    ERR_clear_error();
    SSL_CTX_use_PrivateKey(m_context.get(), key.get());
    if (!m_tls->client_authority.empty()) {
      const Owned<X509> authority(
          PEM_read_bio_X509(reading(m_tls->client_authority).get(), nullptr, nullptr, nullptr));
      X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context.get()), authority.get());
      SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                         nullptr);
    }
    if (!m_tls->alpn.empty()) {
      SSL_CTX_set_alpn_select_cb(m_context.get(), &choose_alpn, &m_tls->alpn);
    }
  }

  void accept_all() {
    while (!m_stopping) {
      const int descriptor = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (descriptor < 0) {
        continue;
      }
      ++m_accepted;
      // Otherwise a second small write waits for the peer's delayed acknowledgement.
      const int on = 1;
      setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      const std::lock_guard lock(m_mutex);
      m_open.push_back(descriptor);
      m_threads.emplace_back([this, descriptor] {
        serve(descriptor);
        const std::lock_guard closing(m_mutex);
        m_open.remove(descriptor);
        close(descriptor);
      });
    }
  }

  void serve(int descriptor) {
    if (!m_tls) {
      PlainConversation conversation(descriptor);
      m_handler(conversation);
      return;
    }
    const Owned<SSL> session(SSL_new(m_context.get()));
    SSL_set_fd(session.get(), descriptor);
    if (SSL_accept(session.get()) == 1) {
      TlsConversation conversation(session.get());
      m_handler(conversation);
      SSL_shutdown(session.get());
    }
    ERR_clear_error();
  }

  Handler m_handler;
  std::optional<TlsWish> m_tls;
  Owned<SSL_CTX> m_context;
  int m_listener;
  std::uint16_t m_port = 0;
  std::atomic<bool> m_stopping = false;
  std::atomic<int> m_accepted = 0;
  std::mutex m_mutex;
  std::list<int> m_open;
  std::list<std::thread> m_threads;
  std::thread m_acceptor;
};

std::pair<std::string, std::string> Conversation::read_request() {
  std::string text;
  std::size_t end = std::string::npos;
  while ((end = text.find("\r\n\r\n")) == std::string::npos) {
    const std::string part = read();
    if (part.empty()) {
      return {};
    }
    text += part;
  }
  std::string head = text.substr(0, end + 2);
  std::string body = text.substr(end + 4);
  std::size_t length = 0;
  if (const auto at = head.find("Content-Length: "); at != std::string::npos) {
    length = std::stoul(head.substr(at + 16));
  }
  while (body.size() < length) {
    const std::string part = read();
    if (part.empty()) {
      break;
    }
    body += part;
  }
  return {head, body};
}

void Conversation::wait_until_closed() {
  while (!read().empty()) {
  }
}

RawServer::RawServer(Handler handler, std::optional<TlsWish> tls, const ListenAt& at)
    : m_impl(std::make_unique<Impl>(std::move(handler), std::move(tls), at)) {}
RawServer::~RawServer() = default;
std::uint16_t RawServer::port() const {
  return m_impl->port();
}
int RawServer::accepted() const {
  return m_impl->accepted();
}

std::string http_answer(int status, std::string_view content_type, std::string_view body,
                        std::string_view head) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " Text\r\n";
  if (!content_type.empty()) {
    text += "Content-Type: " + std::string(content_type) + "\r\n";
  }
  text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + std::string(head) + "\r\n" + std::string(body);
}

RawServer::Handler always(std::string answer) {
  return [answer = std::move(answer)](Conversation& conversation) {
    while (!conversation.read_request().first.empty()) {
      conversation.write(answer);
    }
  };
}

}  // namespace otelctl::test
