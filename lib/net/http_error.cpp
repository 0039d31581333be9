// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/http_error.hpp"

#include <cerrno>

#include <curl/curl.h>

#include "base/text.hpp"
#include "net/connect_words.hpp"
#include "net/deadline.hpp"
#include "net/tls_words.hpp"

namespace otelctl::net {
namespace {

// OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH. libcurl compares names by itself, after OpenSSL found the
// chain good, and leaves no number.
constexpr long k_hostname_mismatch = 62;

bool is_name_mismatch(const HttpFailure& failure) {
  return failure.text.find("subject name") != std::string::npos;
}

Error timeout_error(const HttpFailure& failure) {
  const std::string waited = " within " + format_limit(failure.timeout);
  const std::string& place = failure.proxy.empty() ? failure.host_and_port : failure.proxy;
  if (!failure.connected) {
    return no_connection(place, failure.timeout);
  }
  if (failure.tls && !failure.encrypted) {
    return {ErrorKind::unreachable,
            failure.host_and_port + " did not finish the TLS handshake" + waited,
            "something accepts connections there and stays silent: a port forwarder without a "
            "server, or a port that does not speak TLS"};
  }
  if (failure.answer_began) {
    return {ErrorKind::unreachable, failure.host_and_port + " did not end its answer" + waited,
            "the server or a proxy sends too slowly, or without end: check its log; --timeout "
            "gives it more time"};
  }
  return {ErrorKind::unreachable, failure.host_and_port + " gave no answer" + waited,
          "the port is open but the server does not answer: is it stuck, or is it a forwarder "
          "without a server behind it? --timeout gives it more time"};
}

Error protocol_error(const HttpFailure& failure) {
  if (failure.text.find("HTTP/0.9") != std::string::npos) {
    return {ErrorKind::not_understood, failure.host_and_port + " does not speak HTTP/1.1",
            "that is what a gRPC port does: use --protocol grpc, or the HTTP port (4318)"};
  }
  return {ErrorKind::not_understood,
          failure.host_and_port + " answered with something other than HTTP",
          "check which server listens on that port"};
}

Error hang_up_error(const HttpFailure& failure) {
  if (is_client_certificate_alert(failure.text)) {
    return handshake_error(failure.text, failure.host_and_port);
  }
  if (failure.text.find("CONNECT tunnel failed") != std::string::npos) {
    const bool login = failure.text.find("407") != std::string::npos;
    return {login ? ErrorKind::refused : ErrorKind::unreachable,
            "the proxy " + failure.proxy +
                " does not let the connection through: " + escape_for_terminal(failure.text),
            "except the host with no_proxy, or correct the proxy variable"};
  }
  const std::string did =
      failure.text.find("reset by peer") == std::string::npos ? " closed" : " reset";
  if (failure.answer_began) {
    return {ErrorKind::unreachable,
            failure.host_and_port + did + " the connection in the middle of its answer",
            "the server or a proxy broke off while sending, as one does that restarts: check its "
            "log"};
  }
  return {ErrorKind::unreachable, failure.host_and_port + did + " the connection without an answer",
          failure.tls
              ? "the server may demand a client certificate, refuse the one that was sent, or "
                "be restarting; otelctl test-connection tells which"
              : "a port that speaks TLS does that to plaintext: try https:// in the endpoint; "
                "else check the server's log"};
}

// libcurl 7.88 calls it "out of memory" when one header line passes its own limit; newer versions
// have a code for it (CURLE_TOO_LARGE, 8.6.0).
constexpr int k_too_large = 100;

Error header_line_error(const HttpFailure& failure) {
  return {ErrorKind::not_understood,
          "one of the headers in the answer of " + failure.host_and_port + " is too large",
          "check which server listens there"};
}

Error file_error(const HttpFailure& failure) {
  return {ErrorKind::settings, "a TLS file cannot be used: " + escape_for_terminal(failure.text),
          "it must be a readable PEM file; key and certificate must belong together"};
}

}  // namespace

Error explain_http_failure(const HttpFailure& failure) {
  const std::string& place = failure.proxy.empty() ? failure.host_and_port : failure.proxy;
  switch (failure.code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return failure.connected ? protocol_error(failure)
                               : Error{ErrorKind::settings, "the URL cannot be used", ""};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return unknown_name(place);
    case CURLE_COULDNT_CONNECT:
      return connect_error(place, failure.os_error);
    case CURLE_OPERATION_TIMEDOUT:
      return timeout_error(failure);
    case CURLE_PEER_FAILED_VERIFICATION:
      return certificate_error(
          is_name_mismatch(failure) ? k_hostname_mismatch : failure.verify_result, failure.host);
    case CURLE_SSL_CONNECT_ERROR:
      return handshake_error(failure.text, failure.host_and_port);
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return file_error(failure);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_FAIL_REWIND:  // of a request that it may not send again (HttpTransfer)
      return hang_up_error(failure);
    case CURLE_PARTIAL_FILE:
      return {ErrorKind::not_understood, "the answer of " + failure.host_and_port + " is cut short",
              "the server or a proxy broke off while sending; check its log"};
    case CURLE_BAD_CONTENT_ENCODING:
      return {ErrorKind::not_understood,
              "the answer of " + failure.host_and_port + " is not the gzip data it claims to be",
              "the server or a proxy before it marks plain data as gzip: correct that there"};
    case CURLE_OUT_OF_MEMORY:
    case k_too_large:
      return header_line_error(failure);
    case CURLE_WEIRD_SERVER_REPLY:
      return protocol_error(failure);
    default:
      return {failure.connected ? ErrorKind::not_understood : ErrorKind::unreachable,
              "the request to " + failure.host_and_port +
                  " failed: " + escape_for_terminal(failure.text),
              "check which server listens there"};
  }
}

}  // namespace otelctl::net
