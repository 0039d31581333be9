// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/http_api.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "net/deadline.hpp"
#include "query/limits.hpp"
#include "query/small_json.hpp"

namespace otelctl::query {
namespace {

constexpr std::size_t k_max_quoted = 200;
constexpr std::string_view k_json = "application/json";
// Alone: Tempo compares the whole header with it.
constexpr std::string_view k_protobuf = "application/protobuf";

// The first field, of any length, of TracesData and of what wraps it.
bool begins_as_protobuf(std::string_view bytes) {
  return bytes.starts_with('\x0a');
}

// Before the second and the third try: a proxy whose server restarts needs longer than no time.
constexpr std::array<nanoseconds, 2> k_pauses = {std::chrono::milliseconds(100),
                                                 std::chrono::milliseconds(300)};

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool lost_connection(const Error& error) {
  return error.kind == ErrorKind::unreachable &&
         error.message.ends_with(" the connection without an answer");
}

bool is_passing(const Result<net::HttpResponse>& response) {
  return response ? response->status >= 502 && response->status <= 504
                  : lost_connection(response.error());
}

bool is_login(std::string_view location) {
  constexpr std::array<std::string_view, 9> k_words = {
      "login", "signin", "sign_in", "sign-in", "oauth", "auth", "sso", "saml", "openid"};
  const std::string lower = to_lower(location);
  return std::any_of(k_words.begin(), k_words.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

// The server's own words: a JSON error's message, or the first line of plain text.
std::string words_of(const Answer& answer) {
  if (answer.shape == Shape::json) {
    return quoted(read_error_message(answer.body).value_or(""));
  }
  const std::string_view body = answer.body;
  return answer.shape == Shape::other ? quoted(trim(body.substr(0, body.find('\n')))) : "";
}

std::string with_words(int status, const Answer& answer) {
  const std::string words = words_of(answer);
  return words.empty() ? fmt::format("HTTP {}", status) : fmt::format("HTTP {}: {}", status, words);
}

}  // namespace

Error for_queries(Error error) {
  const std::string_view message = error.message;
  if (message.ends_with(" refused")) {
    error.hint =
        "no trace backend listens there: start one ('otelctl serve' is one), or name it with "
        "--backend or OTELCTL_BACKEND";
  } else if (has(message, "gave no answer within") || has(message, "did not end its answer")) {
    error.hint = "the port is open but the backend is slow or stuck; --query-timeout gives it time";
  } else if (message.ends_with("does not speak HTTP/1.1")) {
    error.hint = "that is what a gRPC port does: Jaeger's query API over HTTP is on port 16686";
  } else if (message.ends_with("speaks HTTP/1.1, not gRPC")) {
    error.hint = "Jaeger's query API over gRPC is on port 16685";
  } else if (has(message, "closed the connection without an answer")) {
    error.hint = "does it want https:// in --backend? else see the backend's log";
  } else if (has(error.hint, "--ca FILE")) {
    error.hint = "name the authority to trust with --backend-ca FILE";
  } else if (has(error.hint, "with --header")) {
    error.hint = hint_of_refusal(message);
  } else if (has(error.hint, "--protocol ")) {
    error.hint = "Jaeger's query API is on port 16686 over HTTP and on port 16685 over gRPC";
  }
  return error;
}

std::string hint_of_refusal(std::string_view words) {
  const std::string lower = to_lower(words);
  // Tempo's words where it serves several and none is named: "no org id".
  return has(lower, "tenant") || has(lower, "org id")
             ? "the backend serves several tenants: name yours with --tenant"
             : "give what it wants with --backend-header authorization=...";
}

std::string quoted(std::string_view words) {
  const std::string_view beginning = words.substr(0, k_max_quoted);
  return escape_for_terminal(beginning.size() == words.size() ? std::string(words)
                                                              : to_valid_utf8(beginning) + "...");
}

bool may_be_grpc(const Error& error) {
  return error.message.ends_with("does not speak HTTP/1.1") || lost_connection(error) ||
         has(error.message, "no application protocol");
}

Shape shape_of(std::string_view body) {
  const std::string_view content = trim(body);
  if (content.empty()) {
    return Shape::empty;
  }
  switch (content.front()) {
    case '{':
    case '[':
      return Shape::json;
    case '<':
      return Shape::web_page;
    default:
      return Shape::other;
  }
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 ||
        std::string_view("-._~").find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

HttpApi::HttpApi(const settings::QuerySettings& settings, std::string api)
    : m_name(std::move(api)),
      m_url(*settings.url),
      m_headers(settings.headers),
      m_tls(settings.tls),
      m_proxy(settings.proxy.url),
      m_timeout(settings.timeout) {
  m_url.query.clear();
}

std::string HttpApi::base() const {
  return redact_url(m_url.to_string());
}

net::HttpRequest HttpApi::request(std::string_view path, const std::vector<Parameter>& parameters,
                                  std::string_view accepted) const {
  net::HttpRequest request;
  request.url = m_url.to_string() + std::string(path);
  char separator = '?';
  for (const Parameter& parameter : parameters) {
    request.url += separator + parameter.name + '=' + percent_encode(parameter.value);
    separator = '&';
  }
  request.headers = m_headers;
  request.headers.push_back({"accept", std::string(accepted)});
  request.timeout = m_timeout;
  request.tls = m_tls;
  request.proxy = m_proxy;
  return request;
}

Result<Answer> HttpApi::judge(net::HttpResponse response, std::string_view path) const {
  const int status = response.status;
  Answer answer{status, std::move(response.body), Shape::empty};
  answer.shape = shape_of(answer.body);
  if (status == 401 || status == 403 || status == 407) {
    return fail(
        Error{ErrorKind::refused, with_words(status, answer), hint_of_refusal(answer.body)}.within(
            base()));
  }
  if (status >= 300 && status < 400) {
    return fail(redirect_error(status, response.header("location").value_or(""), path));
  }
  constexpr std::array<int, 5> k_passing = {408, 429, 502, 503, 504};
  if (std::find(k_passing.begin(), k_passing.end(), status) != k_passing.end()) {
    return fail(Error{ErrorKind::unreachable, with_words(status, answer),
                      "the backend, or the proxy before it, cannot answer now: try again"}
                    .within(base()));
  }
  return answer;
}

Error HttpApi::redirect_error(int status, std::string_view location, std::string_view path) const {
  const std::string shown = escape_for_terminal(redact_url(location));
  const std::string said =
      fmt::format("HTTP {}: redirected to {}", status, shown.empty() ? "nowhere" : shown);
  if (is_login(shown)) {
    return Error{ErrorKind::refused, said,
                 "that is a login page: give what its proxy takes with --backend-header"}
        .within(base());
  }
  // What was asked for is below the URL that --backend names: http -> https, another host.
  std::string_view other = shown;
  other = other.substr(0, other.find_first_of("?#"));
  const bool is_below = other.find("://") != std::string_view::npos && other.ends_with(path);
  other.remove_suffix(is_below ? path.size() : 0);
  return Error{ErrorKind::not_understood, said,
               is_below ? fmt::format("redirects are not followed: use --backend {}", other)
                        : "redirects are not followed: give that URL as --backend"}
      .within(base());
}

Result<net::HttpResponse> HttpApi::ask(net::HttpRequest request,
                                       const net::HttpClient::BodyReceiver* on_body) {
  const net::Deadline deadline(request.timeout);
  bool has_begun = false;
  const net::HttpClient::BodyReceiver watched = [&](std::string_view part) {
    has_begun = true;
    return (*on_body)(part);
  };
  for (std::size_t tries = 0;; ++tries) {
    auto response = on_body == nullptr ? m_client.send(request) : m_client.stream(request, watched);
    if (tries == k_pauses.size() || has_begun || !is_passing(response) ||
        deadline.left() <= k_pauses[tries]) {
      return response;
    }
    std::this_thread::sleep_for(k_pauses[tries]);
    request.timeout = deadline.left();
  }
}

Result<Answer> HttpApi::get(std::string_view path, const std::vector<Parameter>& parameters) {
  net::HttpRequest get = request(path, parameters, k_json);
  get.max_response_bytes = k_max_small_answer;
  auto response = ask(std::move(get), nullptr);
  if (!response) {
    return fail(for_queries(std::move(response).error()));
  }
  return judge(std::move(*response), path);
}

Result<Answer> HttpApi::stream(std::string_view path, const std::vector<Parameter>& parameters,
                               const AnswerReaders& readers) {
  net::HttpRequest get =
      request(path, parameters, readers.protobuf == nullptr ? k_json : k_protobuf);
  get.max_response_bytes = k_max_traces_answer;
  std::string beginning;
  Shape shape = Shape::empty;
  Result<void> fed;
  const auto reader_of = [&](Shape of) -> ByteReader& {
    return of == Shape::protobuf ? *readers.protobuf : readers.json;
  };
  const net::HttpClient::BodyReceiver take = [&](std::string_view part) {
    if (shape == Shape::empty) {
      shape = readers.protobuf != nullptr && begins_as_protobuf(part) ? Shape::protobuf
                                                                      : shape_of(part);
    }
    if (shape == Shape::json || shape == Shape::protobuf) {
      fed = reader_of(shape).feed(part);
      return fed.has_value();
    }
    beginning.append(part.substr(0, k_max_quoted));
    return shape == Shape::empty && beginning.size() < k_max_quoted;
  };
  auto response = ask(std::move(get), &take);
  if (!response) {
    return fail(for_queries(std::move(response).error()));
  }
  if (!response->is_success()) {
    return judge(std::move(*response), path);
  }
  if (fed) {
    fed = reader_of(shape).finish();
  }
  if (!fed) {
    return fail(std::move(fed).error().within(base()));
  }
  return Answer{response->status, std::move(beginning), shape};
}

Error HttpApi::unexpected(const Answer& answer) const {
  if (answer.shape == Shape::web_page) {
    return Error{ErrorKind::not_understood, "this is a web page, not the query API",
                 "the base path may be missing (http://HOST:PORT/jaeger), or a login page or "
                 "another program answers there"}
        .within(base());
  }
  if (answer.status >= 200 && answer.status < 300) {
    return Error{ErrorKind::not_understood, "the answer is not that of a query API",
                 "check that the URL is the one of " + m_name}
        .within(base());
  }
  const std::string words = with_words(answer.status, answer);
  // The words of Go's encoder, from which Jaeger before 2.21 makes the whole answer.
  if (has(words, "json: unsupported value")) {
    return Error{ErrorKind::not_understood, words,
                 "a span has an attribute that is not finite, which JSON cannot hold: shorten the "
                 "time so that it is left out, or read over gRPC (port 16685)"}
        .within(base());
  }
  return Error{ErrorKind::not_understood, words,
               answer.status >= 500 ? "the backend failed: see its log"
                                    : "check that the URL is the one of " + m_name}
      .within(base());
}

}  // namespace otelctl::query
