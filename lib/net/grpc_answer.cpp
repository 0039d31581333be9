// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_answer.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <grpc/grpc.h>
#include <grpc/support/time.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "net/grpc_error.hpp"
#include "net/gzip.hpp"

namespace otelctl::net {
namespace {

gpr_timespec deadline_after(nanoseconds timeout) {
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_nanos(timeout.count(), GPR_TIMESPAN));
}

std::size_t size_of(const std::vector<Header>& metadata) {
  std::size_t bytes = 0;
  for (const Header& header : metadata) {
    bytes += header.name.size() + header.value.size();
  }
  return bytes;
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

// The library lets fields pass that RFC 9113, 8.2.1, calls malformed and other clients refuse.
std::optional<Error> illegal_answer(const grpc::ClientContext& context, const Url& endpoint) {
  for (const auto* metadata :
       {&context.GetServerInitialMetadata(), &context.GetServerTrailingMetadata()}) {
    for (const auto& [name, value] : *metadata) {
      if (!is_legal_field({name.data(), name.size()}, {value.data(), value.size()})) {
        return Error{ErrorKind::not_understood,
                     endpoint.host_and_port() + " sends illegal metadata: '" +
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
constexpr std::string_view k_gzip_magic = "\x1f\x8b";

void unpack(std::string bytes, std::uint64_t max_bytes, GrpcAnswer& answer) {
  if (!bytes.starts_with(k_gzip_magic)) {
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

}  // namespace

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

void prepare(grpc::ClientContext& context, const std::vector<Header>& metadata, nanoseconds timeout,
             bool gzip) {
  context.set_deadline(deadline_after(timeout));
  for (const Header& header : metadata) {
    context.AddMetadata(header.name, header.value);
  }
  if (gzip) {
    context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  }
}

GrpcAnswer read_answer(const grpc::Status& status, const grpc::ByteBuffer& received,
                       const grpc::ClientContext& context, const GrpcCallFacts& facts) {
  const Url& endpoint = facts.target.endpoint;
  GrpcAnswer answer;
  answer.code = status.error_code();
  if (answer.code != 0) {
    answer.message = status.error_message();
    answer.details = status.error_details();
    answer.failure = explain_grpc_failure({answer.code, answer.message, endpoint.host_and_port(),
                                           endpoint.is_tls(), size_of(facts.metadata),
                                           facts.timeout, facts.target.max_message_bytes});
    answer.is_final = answer.failure && is_tls_failure(answer.message);
    return answer;
  }
  answer.failure = illegal_answer(context, endpoint);
  if (answer.failure) {
    answer.code = grpc::StatusCode::INTERNAL;
    return answer;
  }
  unpack(bytes_of(received), facts.max_response_bytes, answer);
  if (answer.failure) {
    answer.failure->hint = "check which server listens on " + endpoint.host_and_port();
  }
  return answer;
}

GrpcAnswer not_begun(grpc::StatusCode code, Error failure) {
  GrpcAnswer answer;
  answer.code = code;
  answer.failure = std::move(failure);
  return answer;
}

GrpcAnswer not_ended(std::optional<Error> failure) {
  GrpcAnswer answer;
  answer.code = failure ? grpc::StatusCode::RESOURCE_EXHAUSTED : grpc::StatusCode::CANCELLED;
  answer.failure = std::move(failure);
  return answer;
}

bool StreamedBytes::give(std::string_view bytes) {
  if (bytes.size() > m_bytes_left) {
    m_failure =
        Error{ErrorKind::not_understood, "the answer is larger than " + format_size(m_max_bytes),
              "ask for less at a time"};
    return m_goes_on = false;
  }
  m_bytes_left -= bytes.size();
  return m_goes_on = m_receiver(bytes);
}

bool StreamedBytes::give_unpacked(const grpc::ByteBuffer& message) {
  auto plain = gunzip(bytes_of(message), m_bytes_left);
  if (!plain) {
    m_failure = std::move(plain.error()).within("the answer");
    return m_goes_on = false;
  }
  return give(*plain);
}

bool StreamedBytes::take(const grpc::ByteBuffer& message) {
  std::vector<grpc::Slice> slices;
  if (!message.Valid() || !message.Dump(&slices).ok() || slices.empty()) {
    return true;
  }
  // A slice is as much as came at once, which may be one byte.
  std::string beginning;
  for (std::size_t index = 0; index < slices.size() && beginning.size() < k_gzip_magic.size();
       ++index) {
    beginning.append(reinterpret_cast<const char*>(slices[index].begin()), slices[index].size());
  }
  if (beginning.starts_with(k_gzip_magic)) {
    return give_unpacked(message);
  }
  return std::all_of(slices.begin(), slices.end(), [&](const grpc::Slice& slice) {
    return give({reinterpret_cast<const char*>(slice.begin()), slice.size()});
  });
}

}  // namespace otelctl::net
