// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_grpc_server.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>
#include <vector>

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/byte_buffer.h>

namespace otelctl::test {
namespace {

std::string text_of(const grpc::string_ref& text) {
  return {text.data(), text.size()};
}

std::string text_of(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string text;
  if (buffer.Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) {
      text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
  }
  return text;
}

class Reactor final : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(grpc::GenericCallbackServerContext* context, const FakeGrpcServer::Answer& answer)
      : m_context(context), m_answer(answer) {
    StartRead(&m_request);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status(grpc::StatusCode::INTERNAL, "no message"));
      return;
    }
    GrpcCall call{m_context->method(),
                  text_of(m_request),
                  {},
                  text_of(m_context->ExperimentalGetAuthority())};
    for (const auto& [key, value] : m_context->client_metadata()) {
      call.metadata[text_of(key)] = text_of(value);
    }
    GrpcReply reply = m_answer(call);
    m_status =
        grpc::Status(static_cast<grpc::StatusCode>(reply.code), reply.message, reply.details);
    if (reply.gzip) {
      m_context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
    }
    if (reply.messages) {
      m_messages = std::move(*reply.messages);
      write_next();
    } else if (reply.code != 0) {
      Finish(m_status);
    } else {
      m_response = buffer_of(reply.body);
      StartWriteAndFinish(&m_response, grpc::WriteOptions(), m_status);
    }
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      write_next();
    } else {
      Finish(grpc::Status::CANCELLED);
    }
  }

  void OnDone() override { delete this; }

 private:
  static grpc::ByteBuffer buffer_of(const std::string& text) {
    const grpc::Slice slice(text);
    return {&slice, 1};
  }

  void write_next() {
    if (m_next == m_messages.size()) {
      Finish(m_status);
      return;
    }
    m_response = buffer_of(m_messages[m_next++]);
    StartWrite(&m_response);
  }

  grpc::GenericCallbackServerContext* m_context;
  const FakeGrpcServer::Answer& m_answer;
  grpc::ByteBuffer m_request;
  grpc::ByteBuffer m_response;
  grpc::Status m_status;
  std::vector<std::string> m_messages;
  std::size_t m_next = 0;
};

class Service final : public grpc::CallbackGenericService {
 public:
  explicit Service(FakeGrpcServer::Answer answer) : m_answer(std::move(answer)) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    return new Reactor(context, m_answer);
  }

 private:
  FakeGrpcServer::Answer m_answer;
};

std::shared_ptr<grpc::ServerCredentials> credentials(const std::optional<TlsWish>& tls) {
  if (!tls) {
    return grpc::InsecureServerCredentials();
  }
  grpc::SslServerCredentialsOptions options(
      tls->client_authority.empty() ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                                    : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = tls->client_authority;
  options.pem_key_cert_pairs.push_back({tls->identity.key, tls->identity.certificate});
  return grpc::SslServerCredentials(options);
}

}  // namespace

class FakeGrpcServer::Impl {
 public:
  Impl(Answer answer, const std::optional<TlsWish>& tls) : m_service(std::move(answer)) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", credentials(tls), &m_port);
    builder.RegisterCallbackGenericService(&m_service);
    builder.SetMaxReceiveMessageSize(-1);
    m_server = builder.BuildAndStart();
    if (m_server == nullptr || m_port == 0) {
      throw std::runtime_error("the test's gRPC server does not start");
    }
  }

  ~Impl() { m_server->Shutdown(std::chrono::system_clock::now()); }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::uint16_t port() const { return static_cast<std::uint16_t>(m_port); }

 private:
  Service m_service;
  int m_port = 0;
  std::unique_ptr<grpc::Server> m_server;
};

FakeGrpcServer::FakeGrpcServer(Answer answer, const std::optional<TlsWish>& tls)
    : m_impl(std::make_unique<Impl>(std::move(answer), tls)) {}
FakeGrpcServer::~FakeGrpcServer() = default;
std::uint16_t FakeGrpcServer::port() const {
  return m_impl->port();
}

}  // namespace otelctl::test
