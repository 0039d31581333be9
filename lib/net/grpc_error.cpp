// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <limits>
#include <string>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "net/connect_words.hpp"
#include "net/deadline.hpp"
#include "net/tls_words.hpp"

namespace otelctl::net {
namespace {

constexpr int k_deadline_exceeded = 4;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// A plain HTTP status came over HTTP/2, from a proxy or from a server that is not gRPC.
std::optional<Error> http_status_error(std::string_view message, const std::string& place) {
  constexpr std::string_view k_start = "Received http2 header with status: ";
  const auto found = message.find(k_start);
  if (found == std::string_view::npos) {
    return std::nullopt;
  }
  const auto digits = message.substr(found + k_start.size(), 3);
  int status = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), status);
  const std::string answer = place + " answers gRPC with HTTP status " + std::string(digits);
  switch (status) {
    case 407:
      return Error{ErrorKind::refused, answer,
                   "a proxy on the way wants a login: write it into the proxy variable, or except "
                   "the host with no_proxy"};
    case 401:
    case 403:
      return Error{ErrorKind::refused, answer,
                   "give the key that the server expects with --header"};
    case 408:
      return Error{ErrorKind::unreachable, answer,
                   "the server or a proxy gave up waiting for the request: check the network on "
                   "the way, and the limit there for the time of a request"};
    case 429:
      return Error{ErrorKind::unreachable, answer,
                   "the server or a proxy is at its limit: send less, or wait"};
    case 413:
      return Error{ErrorKind::not_understood, answer,
                   "send smaller batches, or raise the limit of the proxy"};
    case 415:
      return Error{ErrorKind::not_understood, answer,
                   "the server takes no gRPC on this port: use --protocol http/protobuf, or the "
                   "gRPC port (4317)"};
    case 502:
    case 503:
    case 504:
      return Error{ErrorKind::unreachable, answer,
                   "a proxy is there and the server behind it is down or overloaded: check that "
                   "server, or try again later"};
    case 404:
      return Error{ErrorKind::not_understood, answer,
                   "no gRPC service is published there: use --protocol http/protobuf, or check the "
                   "proxy's route"};
    default:
      if (status >= 300 && status < 400) {
        return Error{ErrorKind::not_understood, answer,
                     "a redirect, which gRPC does not follow: a proxy or a login page stands "
                     "before the receiver; use the receiver's own address"};
      }
      return Error{ErrorKind::not_understood, answer,
                   "an HTTP server or proxy is there, not an OTLP/gRPC receiver: check host and "
                   "port, or try --protocol http/protobuf"};
  }
}

std::optional<Error> tls_failure(const GrpcFailure& failure, const std::string& place) {
  const auto message = failure.message;
  if (has(message, "Cannot check peer: missing selected ALPN property")) {
    return Error{ErrorKind::not_understood, place + " offers TLS without HTTP/2, which gRPC needs",
                 "use --protocol http/protobuf, or allow h2 (ALPN) on the load balancer"};
  }
  if (has(message, "is not in peer certificate")) {
    return Error{ErrorKind::unreachable, "the server's certificate is not for this host name",
                 "use one of the names that the certificate holds in the endpoint"};
  }
  if (has(message, "Ssl handshake failed")) {
    if (has(message, "certificate verify failed") || has(message, "EVP lib")) {
      return Error{ErrorKind::unreachable, "the server's certificate is not trusted",
                   "otelctl test-connection tells why; --ca FILE names the authority to trust"};
    }
    return handshake_error(message, place);
  }
  return std::nullopt;
}

std::optional<Error> other_protocol(const GrpcFailure& failure, const std::string& place) {
  const auto message = failure.message;
  if (has(message, "Trying to connect an http1.x server") || message.ends_with("last error: OK")) {
    return Error{ErrorKind::not_understood, place + " speaks HTTP/1.1, not gRPC",
                 "use --protocol http/protobuf for that port, or the gRPC port (4317)"};
  }
  if (has(message, "Failed parsing HTTP/2") || has(message, "Connect Failed")) {
    return Error{ErrorKind::not_understood, place + " speaks something other than gRPC",
                 "check which server listens on that port"};
  }
  if (has(message, "No status received") || has(message, "Stream removed") ||
      has(message, "No message returned for unary request") ||
      has(message, "Failed to deserialize")) {
    return Error{ErrorKind::not_understood,
                 place + " does not answer as a gRPC server: " + escape_for_terminal(message),
                 "a web server or a proxy over HTTP/2 does that; check which server listens there"};
  }
  return std::nullopt;
}

// What the library refuses of an answer, in words that read like a server's.
std::optional<Error> refused_answer(const GrpcFailure& failure, const std::string& place) {
  const auto message = failure.message;
  const std::string check_server = "check which server listens on " + place;
  // The second is what it says when an answer uses up the channel's memory.
  if ((has(message, "larger than max") &&
       has(message, "vs. " + std::to_string(library_limit(failure.max_message_bytes)) + ")")) ||
      message == "Buffers full") {
    return Error{ErrorKind::not_understood,
                 "the answer is larger than " + format_size(failure.max_message_bytes),
                 check_server};
  }
  // The library's limit is 8 KiB. A server writes the same when our metadata passes its own limit,
  // which is hardly less.
  constexpr std::size_t k_limit = std::size_t{8} * 1024;
  if (has(message, "metadata size exceeds limit") && failure.sent_metadata < k_limit / 2) {
    return Error{ErrorKind::not_understood, "the answer's headers are larger than 8KiB",
                 check_server};
  }
  if (has(message, "overflows local window")) {
    return Error{ErrorKind::not_understood,
                 place + " sends more than HTTP/2 allows it to (flow control)", check_server};
  }
  return std::nullopt;
}

// The name of the error code in "Received RST_STREAM with error code 2" (RFC 9113, 7).
std::string reset_reason(std::string_view message) {
  static constexpr std::array<std::string_view, 14> k_names{"NO_ERROR",
                                                            "PROTOCOL_ERROR",
                                                            "INTERNAL_ERROR",
                                                            "FLOW_CONTROL_ERROR",
                                                            "SETTINGS_TIMEOUT",
                                                            "STREAM_CLOSED",
                                                            "FRAME_SIZE_ERROR",
                                                            "REFUSED_STREAM",
                                                            "CANCEL",
                                                            "COMPRESSION_ERROR",
                                                            "CONNECT_ERROR",
                                                            "ENHANCE_YOUR_CALM",
                                                            "INADEQUATE_SECURITY",
                                                            "HTTP_1_1_REQUIRED"};
  constexpr std::string_view k_start = "error code ";
  const auto found = message.find(k_start);
  std::size_t code = k_names.size();
  if (found != std::string_view::npos) {
    const auto digits = message.substr(found + k_start.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), code);
  }
  return code < k_names.size() ? ", " + std::string(k_names[code]) : "";
}

std::optional<Error> lost_connection(const GrpcFailure& failure, const std::string& place) {
  const auto message = failure.message;
  if (has(message, "connection attempt timed out before receiving SETTINGS frame") ||
      has(message, "Handshake read failed")) {
    return Error{ErrorKind::unreachable, place + " accepts connections and stays silent",
                 failure.tls
                     ? "a port forwarder or load balancer without a server behind it does that"
                     : "a forwarder without a server does that, or a port that speaks TLS: "
                       "then write https:// in the endpoint"};
  }
  // An errno's text counts only where the library says that it is of its own connection: Envoy ends
  // what it says of the server behind it in the same words.
  const bool is_of_socket = has(message, "recvmsg:") || has(message, "sendmsg:");
  const bool is_own = is_of_socket || is_connect_failure(message);
  if (is_own && has(message, "Connection refused")) {
    return connect_error(place, ECONNREFUSED);
  }
  if (is_own && (has(message, "No route to host") || has(message, "Network is unreachable"))) {
    return connect_error(place, EHOSTUNREACH);
  }
  if (has(message, "tcp handshaker shutdown") || (is_own && has(message, "Connection timed out"))) {
    return no_connection(place, failure.timeout);
  }
  if (has(message, "GOAWAY received")) {
    return Error{ErrorKind::unreachable, place + " ended the connection (GOAWAY)",
                 "the server is shutting down or wants a new connection: try again"};
  }
  if (has(message, "Received RST_STREAM")) {
    return Error{ErrorKind::unreachable,
                 place + " cut the request off (RST_STREAM" + reset_reason(message) + ")",
                 "a proxy whose server is down does that, or a limit on the size of messages: "
                 "check the logs of both"};
  }
  if (is_of_socket || message == "Socket closed" ||
      (is_own && (has(message, "Socket closed") || has(message, "Connection reset"))) ||
      // An alert after the handshake, where TLS 1.3 refuses a client certificate. Go's servers hang
      // up behind it, and which of both the library sees is chance.
      has(message, "Endpoint read failed")) {
    const std::string did = has(message, "Connection reset") ? " reset" : " closed";
    return Error{ErrorKind::unreachable, place + did + " the connection without an answer",
                 failure.tls
                     ? "the server may demand a client certificate, refuse the one that was sent, "
                       "or be restarting; otelctl test-connection tells which"
                     : "a port that speaks TLS does that to plaintext: try https:// in the "
                       "endpoint; else check the server's log"};
  }
  if (has(message, "HTTP proxy returned response code")) {
    const bool login = has(message, "407");
    return Error{login ? ErrorKind::refused : ErrorKind::unreachable,
                 "the proxy does not let the connection through",
                 "except the host with no_proxy, or correct the proxy variable"};
  }
  if (has(message, "failed to connect to all addresses")) {
    return Error{ErrorKind::unreachable, "no connection to " + place,
                 "otelctl test-connection tells which step fails"};
  }
  return std::nullopt;
}

}  // namespace

int library_limit(std::uint64_t max_message_bytes) {
  constexpr std::uint64_t k_most = std::numeric_limits<int>::max() - 1;
  return static_cast<int>(std::min(max_message_bytes, k_most)) + 1;
}

std::optional<Error> explain_grpc_failure(const GrpcFailure& failure) {
  const std::string place(failure.host_and_port);
  // The library's own word; servers that give this code write another.
  if (failure.code == k_deadline_exceeded && failure.message == "Deadline Exceeded") {
    return Error{ErrorKind::unreachable,
                 place + " gave no answer within " + format_limit(failure.timeout),
                 "the port is open but nothing answers: is the server stuck, or is it a forwarder "
                 "without a server behind it? --timeout gives it more time"};
  }
  for (const auto& known : {http_status_error(failure.message, place), tls_failure(failure, place),
                            other_protocol(failure, place), refused_answer(failure, place),
                            lost_connection(failure, place)}) {
    if (known) {
      return known;
    }
  }
  return std::nullopt;
}

bool is_connect_failure(std::string_view message) {
  return has(message, "failed to connect to all addresses");
}

bool is_tls_failure(std::string_view message) {
  return has(message, "Ssl handshake failed") || has(message, "Cannot check peer") ||
         has(message, "is not in peer certificate");
}

}  // namespace otelctl::net
