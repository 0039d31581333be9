// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <string>

#include "google/rpc/status.pb.h"
#include <boost/json.hpp>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "net/tls_words.hpp"
#include "otlp/outcome.hpp"
#include "otlp/parse_message.hpp"
#include "otlp/server_words.hpp"

namespace otelctl::otlp {
namespace {

constexpr std::string_view k_protobuf = "application/x-protobuf";
constexpr std::string_view k_json = "application/json";

// OTLP 1.11.0, "Retryable Response Codes".
bool is_retryable(int status) {
  return status == 429 || status == 502 || status == 503 || status == 504;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_login(std::string_view location) {
  static constexpr std::array<std::string_view, 5> k_words{"login", "signin", "sign-in", "oauth2",
                                                           "authorize"};
  const std::string lower = to_lower(location);
  if (std::any_of(k_words.begin(), k_words.end(),
                  [&](std::string_view word) { return lower.find(word) != std::string::npos; })) {
    return true;
  }
  // As a word of its own: every "processor" has these letters.
  constexpr std::string_view k_single_sign_on = "sso";
  for (auto at = lower.find(k_single_sign_on); at != std::string::npos;
       at = lower.find(k_single_sign_on, at + 1)) {
    const std::size_t end = at + k_single_sign_on.size();
    if ((at == 0 || !is_letter(lower[at - 1])) && (end == lower.size() || !is_letter(lower[end]))) {
      return true;
    }
  }
  return false;
}

bool leads_to_login(const net::HttpResponse& response) {
  return response.status >= 300 && response.status < 400 &&
         is_login(response.header("location").value_or(""));
}

ErrorKind kind_of(const net::HttpResponse& response) {
  const int status = response.status;
  if (status == 401 || status == 403 || status == 407) {
    return ErrorKind::refused;
  }
  if (is_retryable(status) || status == 408) {
    return ErrorKind::unreachable;
  }
  if (leads_to_login(response)) {
    return ErrorKind::refused;
  }
  return ErrorKind::not_understood;
}

// What an error's body says: google.rpc.Status as the specification demands, or text as many
// servers write it; of a web page nothing.
std::string words_of(const net::HttpResponse& response) {
  const std::string type = response.content_type();
  if (type == k_protobuf) {
    google::rpc::Status status;
    return parse_message(response.body, status) ? status.message() : std::string();
  }
  if (type == k_json) {
    boost::json::error_code error;
    const auto root = boost::json::parse(response.body, error);
    if (!error && root.is_object()) {
      for (const char* key : {"message", "error"}) {
        const auto* value = root.as_object().if_contains(key);
        if (value != nullptr && value->is_string()) {
          return std::string(value->as_string());
        }
      }
    }
    return response.body;
  }
  return type == "text/html" ? std::string() : response.body;
}

// Many servers begin their text with the status, as in "404 page not found".
std::string words_beside_code(const net::HttpResponse& response) {
  std::string words = words_of(response);
  const std::string code = std::to_string(response.status) + " ";
  return words.starts_with(code) ? words.substr(code.size()) : words;
}

// Whether more follows on the path of a signal, as where one was appended to an endpoint that had
// it.
bool is_doubled(std::string_view url) {
  constexpr std::array<Signal, 3> k_signals{Signal::traces, Signal::metrics, Signal::logs};
  return std::any_of(k_signals.begin(), k_signals.end(), [&](Signal signal) {
    const auto at = url.find("/v1/" + std::string(name_of(signal)));
    return at != std::string_view::npos && url.find("/v1/", at + 1) != std::string_view::npos;
  });
}

std::string not_found_hint(std::string_view url, Signal signal) {
  if (is_doubled(url)) {
    return "the path is doubled: the endpoint must be the base, without /v1/...";
  }
  if (url.find("/v1/") == std::string_view::npos) {
    return "the path does not end in /v1/" + std::string(name_of(signal)) +
           ": a signal's variable and a section are used as they are";
  }
  return "no OTLP receiver has this path: check the port, a prefix in the path, and that the "
         "server takes this signal";
}

std::string redirect_hint(const net::HttpResponse& response) {
  const std::string location =
      escape_for_terminal(redact_url(response.header("location").value_or("")));
  if (location.empty()) {
    return "use the URL of the OTLP receiver itself";
  }
  return leads_to_login(response)
             ? "a proxy sends whoever has not logged in to " + location +
                   ": give the key that it takes with --header, or use an address of the receiver "
                   "that is not behind it"
             : "the server points to " + location + ": use that URL if it is meant";
}

std::string hint_of(const net::HttpResponse& response, std::string_view url, Signal signal) {
  switch (response.status) {
    case 401:
      return "give the key that the server expects, for example --header authorization='Bearer "
             "...'";
    case 403:
      return "the key is missing, or not allowed to write here: check its rights and the tenant";
    case 404:
      return not_found_hint(url, signal);
    case 405:
      return "no OTLP receiver listens there: check the path and the port";
    case 407:
      return "a proxy on the way wants a login: write it into the proxy variable, or except the "
             "host with no_proxy";
    case 408:
      return "the server or a proxy gave up waiting for the request: check the network on the way, "
             "and the limit there for the time of a request";
    case 413:
      return "send smaller batches, or raise the limit of the server or of the proxy";
    case 415:
      return "the server takes the other encoding: try --protocol http/protobuf or http/json";
    case 400:
      return words_of(response).find("ncoding") != std::string::npos
                 ? "the server takes no gzip: use --compression none"
                 : "the server does not accept the data: check its log";
    case 429:
      return "the server is at its limit: send less, or wait";
    case 502:
    case 503:
    case 504:
      return "a proxy is there and the server behind it is down, or the server cannot take data "
             "now: check that server, or try again later";
    default:
      break;
  }
  if (response.status >= 300 && response.status < 400) {
    return redirect_hint(response);
  }
  return "check the server's log";
}

bool is_tls_port(const net::HttpResponse& response) {
  return response.status == 400 && net::says_that_it_is_tls(response.body);
}

Error not_otlp(std::string_view type, int status) {
  const std::string code = std::to_string(status);
  if (type == "application/grpc" || type.starts_with("application/grpc+")) {
    return {ErrorKind::not_understood, "the port answers as a gRPC server",
            "use --protocol grpc, or the HTTP port (4318)"};
  }
  if (type == "text/html") {
    return {
        ErrorKind::not_understood, "the port answers " + code + " with a web page, not OTLP",
        "that is a user interface, a login page or a proxy: use the OTLP receiver's port (4318)"};
  }
  return {ErrorKind::not_understood,
          "the port answers " + code + " with " +
              (type.empty() ? "no content type" : escape_for_terminal(type)) + ", not OTLP",
          "check which server listens there, and its path for this signal"};
}

// IMF-fixdate, the one form that senders may use (RFC 9110, 5.6.7).
std::optional<Time> parse_http_date(std::string_view text) {
  std::tm parts{};
  const std::string copy(text);
  const char* end = strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  // 64-bit nanoseconds reach from 1678 to 2261; nothing that is sent now has another year than
  // these.
  constexpr int k_first_year = 1970 - 1900;
  constexpr int k_last_year = 2200 - 1900;
  if (end == nullptr || *end != '\0' || parts.tm_year < k_first_year ||
      parts.tm_year > k_last_year) {
    return std::nullopt;
  }
  return Time(std::chrono::seconds(timegm(&parts)));
}

ExportOutcome outcome_of_success(Signal signal, const net::HttpResponse& response) {
  const std::string type = response.content_type();
  // An empty body is the empty message: full success.
  if (type == k_json && !response.body.empty()) {
    return outcome_of_json(signal, response.body);
  }
  if (type == k_protobuf ||
      (response.body.empty() && !type.starts_with("application/grpc") && type != "text/html")) {
    return outcome_of_protobuf(signal, response.body);
  }
  ExportOutcome outcome;
  outcome.error = not_otlp(type, response.status);
  return outcome;
}

ExportOutcome outcome_of_refusal(Signal signal, const net::HttpResponse& response,
                                 std::string_view url) {
  ExportOutcome outcome;
  if (is_tls_port(response)) {
    outcome.error =
        Error{ErrorKind::not_understood, "the port speaks TLS, the request was plaintext",
              "write https:// in the endpoint"};
    return outcome;
  }
  outcome.retryable = is_retryable(response.status);
  outcome.retry_after = retry_delay_of_headers(response);
  const std::string answer = "the server answered " + std::to_string(response.status) +
                             (leads_to_login(response) ? ", a redirect to a login page" : "");
  outcome.error = Error{kind_of(response), with_server_words(answer, words_beside_code(response)),
                        with_wait(hint_of(response, url, signal), outcome.retry_after)};
  return outcome;
}

}  // namespace

std::optional<nanoseconds> retry_delay_of_headers(const net::HttpResponse& response) {
  constexpr std::int64_t k_longest_seconds = 24 * 3600;
  const auto value = trim(response.header("retry-after").value_or(""));
  if (value.empty()) {
    return std::nullopt;
  }
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc::result_out_of_range && value.front() != '-') {
    return std::chrono::seconds(k_longest_seconds);
  }
  if (error == std::errc{} && end == value.data() + value.size()) {
    return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, k_longest_seconds));
  }
  const auto until = parse_http_date(value);
  const auto sent = parse_http_date(trim(response.header("date").value_or("")));
  if (!until || !sent) {
    return std::nullopt;
  }
  return std::clamp<nanoseconds>(*until - *sent, nanoseconds::zero(),
                                 std::chrono::seconds(k_longest_seconds));
}

ExportOutcome outcome_of_http(Signal signal, const net::HttpResponse& response,
                              std::string_view url) {
  ExportOutcome outcome = response.is_success() ? outcome_of_success(signal, response)
                                                : outcome_of_refusal(signal, response, url);
  outcome.code = std::to_string(response.status);
  outcome.answered = true;
  outcome.server_time = parse_http_date(trim(response.header("date").value_or("")));
  return outcome;
}

}  // namespace otelctl::otlp
