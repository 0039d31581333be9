// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "net/http_client.hpp"
#include "query/byte_reader.hpp"
#include "settings/query_settings.hpp"

namespace otelctl::query {

// What goes behind the '?' of a URL, not yet encoded.
struct Parameter {
  std::string name;
  std::string value;
};

// What an answer's body is, by its first byte: error bodies come as text/plain, and a user
// interface answers 200 for paths that it does not know. Protobuf is never guessed: a message of
// traces begins with the byte of a line end, so only who asked for it takes it for that.
enum class Shape { empty, json, protobuf, web_page, other };
Shape shape_of(std::string_view body);

struct Answer {
  int status = 0;
  std::string body;  // of a streamed answer only what no reader takes, and its beginning
  Shape shape = Shape::empty;

  bool is_json(int wanted_status) const { return status == wanted_status && shape == Shape::json; }
};

// Who reads a streamed answer. With a reader for it protobuf is asked for, and JSON taken all the
// same: proxies and copies of an API do not all heed the header Accept.
struct AnswerReaders {
  ByteReader& json;
  ByteReader* protobuf = nullptr;
};

// An Error of lib/net with hints that speak of backends and the options that name them; those of
// net speak of OTLP endpoints.
Error for_queries(Error error);

// What to do where a backend refuses with these words (401, UNAUTHENTICATED, ...).
std::string hint_of_refusal(std::string_view words);

// A server's own words as messages show them: escaped, and of long ones the beginning.
std::string quoted(std::string_view words);

// Whether an Error of HttpApi is what a gRPC port does to HTTP/1.1.
bool may_be_grpc(const Error& error);

// GET requests below one base URL, with the settings' headers, certificates and time limit.
// What every query API means by a status is settled here; the Error kinds of both calls:
// - refused: 401, 403, 407, and a redirect to a login page
// - unreachable: 408, 429, 502, 503, 504, and whatever net::HttpClient calls so
// - not_understood: other redirects, and whatever net::HttpClient calls so
// Any other status is the caller's to judge. 502, 503, 504 and a connection that was lost before an
// answer are asked again twice, within the time limit; 500 never: that would fail again, slowly.
class HttpApi {
 public:
  // The settings must name a URL. `api` is what errors call it: "Tempo's API (port 3200)".
  HttpApi(const settings::QuerySettings& settings, std::string api);

  // The base URL as it may be shown.
  std::string base() const;
  std::string_view base_path() const { return m_url.path; }
  void set_base_path(std::string_view path) { m_url.path = path; }

  // The whole body; at most 10 MiB.
  Result<Answer> get(std::string_view path, const std::vector<Parameter>& parameters = {});

  // Hands a 2xx body to the reader of its form as it arrives, at most 1 GiB; that reader is
  // finished when this returns. Error kinds: those above, and those of the reader.
  Result<Answer> stream(std::string_view path, const std::vector<Parameter>& parameters,
                        const AnswerReaders& readers);

  // An answer that is not what was asked for, as an Error of kind not_understood.
  Error unexpected(const Answer& answer) const;

 private:
  net::HttpRequest request(std::string_view path, const std::vector<Parameter>& parameters,
                           std::string_view accepted) const;
  // Asks until there is an answer that another try would not change.
  Result<net::HttpResponse> ask(net::HttpRequest request,
                                const net::HttpClient::BodyReceiver* on_body);
  Result<Answer> judge(net::HttpResponse response, std::string_view path) const;
  Error redirect_error(int status, std::string_view location, std::string_view path) const;

  std::string m_name;  // of the API
  net::HttpClient m_client;
  net::Url m_url;
  std::vector<net::Header> m_headers;
  net::TlsFiles m_tls;
  std::string m_proxy;
  nanoseconds m_timeout;
};

// One path segment or parameter, percent-encoded but for RFC 3986's unreserved characters.
std::string percent_encode(std::string_view text);

}  // namespace otelctl::query
