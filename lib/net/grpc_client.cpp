// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_client.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <mutex>
#include <utility>

#include <grpc/grpc.h>
#include <grpc/support/log.h>
#include <grpc/support/time.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/impl/codegen/rpc_method.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <grpcpp/support/byte_buffer.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "net/grpc_error.hpp"
#include "net/gzip.hpp"
#include "net/socket.hpp"

namespace otelctl::net {
namespace {

// The library reads a message to its end before it looks at the limit for messages: without a quota
// a server could have it hold 4 GiB. What many requests need at once is far less than this.
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

gpr_timespec deadline_after(nanoseconds timeout) {
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_nanos(timeout.count(), GPR_TIMESPAN));
}

// A slice over memory that the caller keeps until the call is over.
grpc::ByteBuffer borrow(std::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size(), grpc::Slice::STATIC_SLICE);
  return {&slice, 1};
}

std::string bytes_of(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (buffer.Valid() && buffer.Dump(&slices).ok()) {
    bytes.reserve(buffer.Length());
    for (const grpc::Slice& slice : slices) {
      bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
  }
  return bytes;
}

// gRPC would abort the process on illegal metadata (grpc/grpc#18527).
std::optional<Error> metadata_problem(const std::vector<Header>& metadata) {
  for (const Header& header : metadata) {
    const grpc::Slice key(header.name);
    const grpc::Slice value(header.value);
    const auto c_key = grpc_slice_from_static_buffer(key.begin(), key.size());
    const auto c_value = grpc_slice_from_static_buffer(value.begin(), value.size());
    if (grpc_header_key_is_legal(c_key) == 0 ||
        (grpc_is_binary_header(c_key) == 0 && grpc_header_nonbin_value_is_legal(c_value) == 0)) {
      return Error{ErrorKind::settings,
                   "header '" + escape_for_terminal(header.name) + "' is not legal over gRPC",
                   "names are lower case, values printable ASCII"};
    }
  }
  return std::nullopt;
}

std::size_t size_of(const std::vector<Header>& metadata) {
  std::size_t bytes = 0;
  for (const Header& header : metadata) {
    bytes += header.name.size() + header.value.size();
  }
  return bytes;
}

// RFC 9113, 8.2.1. The value of a "-bin" field is any bytes once the library has decoded it.
bool is_legal_field(std::string_view name, std::string_view value) {
  const bool name_is_legal = std::none_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte >= 0x7f || (c >= 'A' && c <= 'Z');
  });
  const bool value_is_legal = name.ends_with("-bin") || value.find_first_of(std::string_view(
                                                            "\0\r\n", 3)) == std::string_view::npos;
  return name_is_legal && value_is_legal;
}

}  // namespace

class GrpcClient::Impl {
 public:
  explicit Impl(GrpcTarget target) : m_target(std::move(target)) { silence_library_once(); }

  GrpcAnswer call(const GrpcRequest& request) {
    GrpcAnswer answer;
    if (auto problem = metadata_problem(request.metadata)) {
      answer.code = grpc::StatusCode::INVALID_ARGUMENT;
      answer.failure = std::move(problem);
      return answer;
    }
    const Deadline deadline(request.timeout);
    auto channel = find_channel(deadline);
    if (!channel) {
      answer.code = grpc::StatusCode::UNAVAILABLE;
      answer.failure = channel.error();
      return answer;
    }
    call_over(**channel, request, deadline, answer);
    if (answer.failure && answer.failure->kind == ErrorKind::unreachable) {
      forget(*channel, is_connect_failure(answer.message));
    }
    return answer;
  }

 private:
  using Channel = std::shared_ptr<grpc::Channel>;

  void call_over(grpc::Channel& channel, const GrpcRequest& request, const Deadline& deadline,
                 GrpcAnswer& answer) const {
    grpc::ClientContext context;
    context.set_deadline(deadline_after(deadline.left()));
    for (const Header& header : request.metadata) {
      context.AddMetadata(header.name, header.value);
    }
    if (request.gzip) {
      context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
    }
    const grpc::internal::RpcMethod method(request.method.c_str(),
                                           grpc::internal::RpcMethod::NORMAL_RPC);
    const grpc::ByteBuffer sent = borrow(request.body);
    grpc::ByteBuffer received;
    const grpc::Status status =
        grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
            &channel, method, &context, sent, &received);
    answer.code = status.error_code();
    answer.message = status.error_message();
    answer.details = status.error_details();
    if (answer.code != 0) {
      answer.failure = explain_grpc_failure(
          {answer.code, answer.message, m_target.endpoint.host_and_port(),
           m_target.endpoint.is_tls(), size_of(request.metadata), request.timeout});
      answer.is_final = answer.failure && is_tls_failure(answer.message);
      return;
    }
    answer.failure = illegal_answer(context);
    if (answer.failure) {
      answer.code = grpc::StatusCode::INTERNAL;
      return;
    }
    unpack(bytes_of(received), request.max_response_bytes, answer);
    if (answer.failure) {
      answer.failure->hint = "check which server listens on " + m_target.endpoint.host_and_port();
    }
  }

  // The library lets fields pass that RFC 9113, 8.2.1, calls malformed and other clients refuse.
  std::optional<Error> illegal_answer(const grpc::ClientContext& context) const {
    for (const auto* metadata :
         {&context.GetServerInitialMetadata(), &context.GetServerTrailingMetadata()}) {
      for (const auto& [name, value] : *metadata) {
        if (!is_legal_field({name.data(), name.size()}, {value.data(), value.size()})) {
          return Error{ErrorKind::not_understood,
                       m_target.endpoint.host_and_port() + " sends illegal metadata: '" +
                           escape_for_terminal({name.data(), name.size()}) + "'",
                       "other clients do not take such an answer: check the server, and the proxy "
                       "before it"};
        }
      }
    }
    return std::nullopt;
  }

  // The library would unpack a bomb whole before it looks at any limit, so the channel leaves
  // messages as they came. No protobuf message begins with gzip's magic number: as a tag it would
  // have wire type 7, which does not exist.
  static void unpack(std::string bytes, std::uint64_t max_bytes, GrpcAnswer& answer) {
    constexpr std::string_view k_magic = "\x1f\x8b";
    if (!bytes.starts_with(k_magic)) {
      answer.body = std::move(bytes);
      return;
    }
    auto plain = gunzip(bytes, max_bytes);
    if (plain) {
      answer.body = std::move(*plain);
      return;
    }
    answer.code = grpc::StatusCode::RESOURCE_EXHAUSTED;
    answer.failure = std::move(plain.error()).within("the answer");
  }

  Result<Channel> find_channel(const Deadline& deadline) {
    const std::lock_guard lock(m_mutex);
    if (m_channel == nullptr) {
      auto made = make_channel(deadline);
      if (!made) {
        return made;
      }
      m_channel = std::move(*made);
    }
    return m_channel;
  }

  void forget(const Channel& channel, bool also_address) {
    const std::lock_guard lock(m_mutex);
    if (m_channel == channel) {
      m_channel = nullptr;
      if (also_address) {
        m_address.reset();
      }
    }
  }

  Result<Channel> make_channel(const Deadline& deadline) {
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
    const auto at = m_target.proxy.rfind('@');
    const auto start = m_target.proxy.find("://") + 3;
    const std::string login =
        at == std::string::npos ? "" : m_target.proxy.substr(start, at + 1 - start);
    arguments.SetString(GRPC_ARG_HTTP_PROXY, "http://" + login + address);
    return grpc::CreateCustomChannel("dns:///" + name, *credentials, arguments);
  }

  grpc::ChannelArguments make_arguments(const Deadline& deadline) const {
    // The library's limit for a connection attempt, so that its text names the step that hangs and
    // not only the deadline. It needs both figures: without the second it takes at least 1 s.
    const int attempt = whole_milliseconds(deadline.left() * 9 / 10);
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetInt("grpc.min_reconnect_backoff_ms", attempt);
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, std::min(attempt, 300));
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    // Given twice, the first counts.
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, m_target.proxy.empty() ? 0 : 1);
    arguments.SetInt(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
    arguments.SetMaxSendMessageSize(-1);
    arguments.SetMaxReceiveMessageSize(k_max_grpc_message);
    arguments.SetUserAgentPrefix(m_target.user_agent);
    grpc::ResourceQuota quota("otelctl");
    quota.Resize(k_max_memory);
    arguments.SetResourceQuota(quota);
    return arguments;
  }

  GrpcTarget m_target;
  std::mutex m_mutex;
  Channel m_channel;
  std::optional<Address> m_address;
};

std::string grpc_code_name(int code) {
  static constexpr std::array<std::string_view, 17> k_names{"OK",
                                                            "CANCELLED",
                                                            "UNKNOWN",
                                                            "INVALID_ARGUMENT",
                                                            "DEADLINE_EXCEEDED",
                                                            "NOT_FOUND",
                                                            "ALREADY_EXISTS",
                                                            "PERMISSION_DENIED",
                                                            "RESOURCE_EXHAUSTED",
                                                            "FAILED_PRECONDITION",
                                                            "ABORTED",
                                                            "OUT_OF_RANGE",
                                                            "UNIMPLEMENTED",
                                                            "INTERNAL",
                                                            "UNAVAILABLE",
                                                            "DATA_LOSS",
                                                            "UNAUTHENTICATED"};
  if (code < 0 || static_cast<std::size_t>(code) >= k_names.size()) {
    return "CODE_" + std::to_string(code);
  }
  return std::string(k_names[static_cast<std::size_t>(code)]);
}

GrpcClient::GrpcClient(GrpcTarget target) : m_impl(std::make_unique<Impl>(std::move(target))) {}
GrpcClient::~GrpcClient() = default;
GrpcClient::GrpcClient(GrpcClient&&) noexcept = default;
GrpcClient& GrpcClient::operator=(GrpcClient&&) noexcept = default;

GrpcAnswer GrpcClient::call(const GrpcRequest& request) {
  return m_impl->call(request);
}

}  // namespace otelctl::net
