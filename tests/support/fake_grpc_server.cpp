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
    const GrpcReply reply = m_answer(call);
    const grpc::Status status(static_cast<grpc::StatusCode>(reply.code), reply.message,
                              reply.details);
    if (reply.code != 0) {
      Finish(status);
      return;
    }
    if (reply.gzip) {
      m_context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
    }
    const grpc::Slice slice(reply.body);
    m_response = grpc::ByteBuffer(&slice, 1);
    StartWriteAndFinish(&m_response, grpc::WriteOptions(), status);
  }

  void OnDone() override { delete this; }

 private:
  grpc::GenericCallbackServerContext* m_context;
  const FakeGrpcServer::Answer& m_answer;
  grpc::ByteBuffer m_request;
  grpc::ByteBuffer m_response;
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
