// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_channel.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <grpc/grpc.h>
#include <grpc/support/log.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/tls_credentials_options.h>

#include "base/file.hpp"
#include "net/grpc_error.hpp"
#include "net/socket.hpp"
#include "net/spare_descriptors.hpp"

namespace otelctl::net {
namespace {

// The library reads a message to its end before it looks at the limit for messages: without a quota
// a server could have it hold 4 GiB. What many requests need at once is far less than this; one
// message of an answer comes on top of it.
constexpr std::size_t k_max_memory = std::size_t{64} * 1024 * 1024;
constexpr std::uint64_t k_max_pem_bytes = std::uint64_t{16} * 1024 * 1024;

void silence_library_once() {
  // Otherwise lines like "E1120 ... Handshake failed" appear on stderr beside our own words.
  static std::once_flag once;
  std::call_once(once, [] { gpr_set_log_function([](gpr_log_func_args*) {}); });
}

// The system's roots and a file that is read once: gRPC takes contents, not paths.
Result<std::string> read_pem(const std::string& path) {
  return path.empty() ? Result<std::string>(std::string()) : read_file(path, k_max_pem_bytes);
}

class AcceptAnyCertificate final : public grpc::experimental::ExternalCertificateVerifier {
 public:
  bool Verify(grpc::experimental::TlsCustomVerificationCheckRequest*,
              std::function<void(grpc::Status)>, grpc::Status* status) override {
    *status = grpc::Status::OK;
    return true;
  }
  void Cancel(grpc::experimental::TlsCustomVerificationCheckRequest*) override {}
};

Result<std::shared_ptr<grpc::ChannelCredentials>> make_credentials(const GrpcTarget& target) {
  if (!target.endpoint.is_tls()) {
    return grpc::InsecureChannelCredentials();
  }
  const TlsFiles& files = target.tls;
  auto roots = read_pem(files.ca_file.empty() ? system_ca_file() : files.ca_file);
  auto certificate = read_pem(files.cert_file);
  auto key = read_pem(files.key_file);
  for (const auto* file : {&roots, &certificate, &key}) {
    if (!*file) {
      return fail(file->error());
    }
  }
  if (!files.skip_verify) {
    return grpc::SslCredentials({std::move(*roots), std::move(*key), std::move(*certificate)});
  }
  namespace experimental = grpc::experimental;
  experimental::TlsChannelCredentialsOptions options;
  options.set_verify_server_certs(false);
  options.set_check_call_host(false);
  // gRPC's handle owns it, which the analyser does not see.
  options.set_certificate_verifier(  // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks)
      experimental::ExternalCertificateVerifier::Create<AcceptAnyCertificate>());
  if (!certificate->empty()) {
    options.set_certificate_provider(std::make_shared<experimental::StaticDataCertificateProvider>(
        "", std::vector<experimental::IdentityKeyCertPair>{
                {std::move(*key), std::move(*certificate)}}));
    options.watch_identity_key_cert_pairs();
  }
  return experimental::TlsCredentials(options);
}

int whole_milliseconds(nanoseconds time) {
  const auto count = std::chrono::ceil<std::chrono::milliseconds>(time).count();
  return static_cast<int>(std::clamp<std::int64_t>(count, 1, std::numeric_limits<int>::max()));
}

}  // namespace

GrpcChannel::GrpcChannel(GrpcTarget target) : m_target(std::move(target)) {
  silence_library_once();
}

Result<GrpcChannel::Handle> GrpcChannel::find(const Deadline& deadline) {
  const std::lock_guard lock(m_mutex);
  m_longest_timeout = std::max(m_longest_timeout, deadline.left());
  if (m_channel == nullptr) {
    auto made = make(deadline);
    if (!made) {
      return made;
    }
    m_channel = std::move(*made);
  }
  return m_channel;
}

void GrpcChannel::forget(const Handle& channel, bool also_address) {
  const std::lock_guard lock(m_mutex);
  if (m_channel == channel) {
    m_channel = nullptr;
    if (also_address) {
      m_address.reset();
    }
  }
}

Result<GrpcChannel::Handle> GrpcChannel::make(const Deadline& deadline) {
  if (auto spare = check_spare_descriptors(); !spare) {
    return fail(std::move(spare).error());
  }
  const auto credentials = make_credentials(m_target);
  if (!credentials) {
    return fail(credentials.error());
  }
  const auto proxy =
      m_target.proxy.empty() ? Result<Url>(m_target.endpoint) : parse_url(m_target.proxy);
  if (!proxy) {
    return fail(proxy.error());
  }
  const auto found =
      choose_address(proxy->host, proxy->port_or_default(), m_address, deadline.left());
  if (!found) {
    return fail(found.error());
  }
  m_address = *found;
  const std::string address = found->to_string();
  const std::string name = m_target.endpoint.host_and_port();
  grpc::ChannelArguments arguments = make_arguments(deadline);
  if (m_target.proxy.empty()) {
    // With TLS the host in it is the name that the certificate must have, too. gRPC's override
    // for that name would take the port out of :authority, by which proxies route.
    arguments.SetString(GRPC_ARG_DEFAULT_AUTHORITY, name);
    const std::string scheme = found->is_v6 ? "ipv6:" : "ipv4:";
    return grpc::CreateCustomChannel(scheme + address, *credentials, arguments);
  }
  // Not in the URL: there the library divides a login that holds an '@' and then goes past the
  // proxy.
  if (const auto login = basic_credentials(m_target.proxy)) {
    arguments.SetString("grpc.http_connect_headers", "Proxy-Authorization:" + *login);
  }
  arguments.SetString(GRPC_ARG_HTTP_PROXY, "http://" + address);
  return grpc::CreateCustomChannel("dns:///" + name, *credentials, arguments);
}

grpc::ChannelArguments GrpcChannel::make_arguments(const Deadline& deadline) const {
  // The library's limit for a connection attempt, so that its text names the step that hangs and
  // not only the deadline. It needs both figures: without the second it takes at least 1 s.
  const int attempt = whole_milliseconds(deadline.left() * 9 / 10);
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt("grpc.min_reconnect_backoff_ms", attempt);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, std::min(attempt, 300));
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  // A call whose bytes are being written does not end before they are, whatever its deadline: a
  // server that reads no more would hold it for ever. The second sets the socket's limit for that
  // (TCP_USER_TIMEOUT), if the first is not infinite; pings, which servers dislike, are so rare
  // that none is ever sent.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, std::numeric_limits<int>::max() - 1);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, whole_milliseconds(m_longest_timeout));
  // Given twice, the first counts.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, m_target.proxy.empty() ? 0 : 1);
  arguments.SetInt(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  arguments.SetMaxSendMessageSize(-1);
  arguments.SetMaxReceiveMessageSize(library_limit(m_target.max_message_bytes));
  arguments.SetUserAgentPrefix(m_target.user_agent);
  grpc::ResourceQuota quota("otelctl");
  quota.Resize(k_max_memory + m_target.max_message_bytes);
  arguments.SetResourceQuota(quota);
  return arguments;
}

}  // namespace otelctl::net
