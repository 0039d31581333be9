// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Servers that answer OTLP/HTTP with something else than success.
#include <chrono>
#include <string>

#include "net/gzip.hpp"
#include "tests/support/bad_peers/bad_peers.hpp"

namespace otelctl::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t k_mebibyte = std::size_t{1024} * 1024;

StartPeer answering(int status, const std::string& head = "") {
  return plain(always(http_answer(status, "text/plain", echoing("words"), head)));
}

// Begins each answer alike and then goes on with more until the peer has had enough.
RawServer::Handler endless(std::string begin, std::string more) {
  return [begin = std::move(begin), more = std::move(more)](Conversation& conversation) {
    if (conversation.read_request().first.empty()) {
      return;
    }
    conversation.write(begin);
    while (conversation.write(more)) {
    }
  };
}

// The same, a piece every 50 ms.
RawServer::Handler slow(std::string begin, std::string piece) {
  return [begin = std::move(begin), piece = std::move(piece)](Conversation& conversation) {
    if (conversation.read_request().first.empty()) {
      return;
    }
    conversation.write(begin);
    while (conversation.write(piece) && conversation.stays(50ms)) {
    }
  };
}

// 200 with a body of which the server breaks off in good order.
void cut_short(Conversation& conversation) {
  if (!conversation.read_request().first.empty()) {
    conversation.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 100\r\n\r\n"
        "some");
  }
}

std::string chunked_head(std::string_view content_type) {
  return "HTTP/1.1 200 OK\r\nContent-Type: " + std::string(content_type) +
         "\r\nTransfer-Encoding: chunked\r\n\r\n";
}

void add_redirects(PeerTable& table) {
  const std::string location =
      "Location: https://other.example/v1/traces?key=" + std::string(k_planted_key) + "\r\n";
  const std::string login =
      "Location: https://sso.example/login?token=" + std::string(k_planted_key) + "\r\n";
  table
      .add("301", not_understood("export", "301", "https://other.example"),
           answering(301, location))
      .add("302 to a login page", refused("export", "login page", "https://sso.example/login"),
           answering(302, login))
      .add("308 that names no place", not_understood("export", "308", "URL"), answering(308));
}

void add_refusals(PeerTable& table) {
  table.add("400", not_understood("export", "400: words", "log"), answering(400))
      .add("401", refused("export", "401: words", "--header"), answering(401))
      .add("403", refused("export", "403: words", "rights"), answering(403))
      .add("404", not_understood("export", "404: words", "path"), answering(404))
      .add("405", not_understood("export", "405: words", "path"), answering(405))
      .add("407", refused("export", "407: words", "proxy"), answering(407))
      .add("408", not_reachable("export", "408: words", "gave up waiting for the request"),
           answering(408))
      .add("413", not_understood("export", "413: words", "smaller batches"), answering(413))
      .add("415", not_understood("export", "415: words", "--protocol"), answering(415))
      .add("400 about the encoding", not_understood("export", "400", "--compression none"),
           plain(always(http_answer(400, "text/plain", "unsupported Content-Encoding: gzip"))));
}

void add_troubles(PeerTable& table) {
  table.add("429", not_reachable("export", "429: words", "limit"), answering(429))
      .add("429 with Retry-After", not_reachable("export", "429: words", "asks to wait 30s"),
           answering(429, "Retry-After: 30\r\n"))
      .add("429 with a date in Retry-After",
           not_reachable("export", "429: words", "asks to wait 1m30s"),
           answering(429,
                     "Date: Thu, 20 Aug 2026 10:00:00 GMT\r\n"
                     "Retry-After: Thu, 20 Aug 2026 10:01:30 GMT\r\n"))
      .add("429 with garbage in Retry-After", not_reachable("export", "429: words", "limit"),
           answering(429, "Retry-After: soon\r\n"))
      .add("500", not_understood("export", "500: words", "log"), answering(500))
      .add("501", not_understood("export", "501: words", "log"), answering(501))
      .add("502", not_reachable("export", "502: words", "proxy"), answering(502))
      .add("503", not_reachable("export", "503: words", "down"), answering(503))
      .add("503 with Retry-After", not_reachable("export", "503: words", "asks to wait 5s"),
           answering(503, "Retry-After: 5\r\n"))
      .add("504", not_reachable("export", "504: words", "proxy"), answering(504))
      .add("a status beyond the known ones", not_understood("export", "999: words", "log"),
           answering(999));
}

void add_endless_answers(PeerTable& table) {
  table
      .add_endless("an endless slow body",
                   not_reachable("export", "did not end its answer within", "--timeout"),
                   plain(slow(chunked_head("application/x-protobuf"), "1\r\nx\r\n")))
      .add_endless("an endless slow head",
                   not_reachable("export", "did not end its answer within", "--timeout"),
                   plain(slow("HTTP/1.1 200 OK\r\n", "X-More: x\r\n")))
      .add("endless headers", not_reachable("export", "never end", "which server"),
           plain(endless("HTTP/1.1 200 OK\r\n", "X-More: " + std::string(1000, 'x') + "\r\n")))
      .add("an endless header line", not_understood("export", "too large", "which server"),
           plain(endless("HTTP/1.1 200 OK\r\nX-More: ", std::string(k_mebibyte, 'x'))))
      .add("endless interim answers", not_reachable("export", "never end", "which server"),
           plain(endless("", "HTTP/1.1 100 Continue\r\n\r\n")))
      .add("headers of 100 KiB",
           not_understood("export", "headers are larger than 64KiB", "which server"),
           plain(always(http_answer(200, "application/x-protobuf", "",
                                    "X-Large: " + std::string(100'000, 'x') + "\r\n"))))
      .add("a body of 5 MiB", not_understood("export", "larger than 4MiB", "which server"),
           plain(always(
               http_answer(200, "application/x-protobuf", std::string(5 * k_mebibyte, 'x')))))
      .add("a gzip bomb", not_understood("export", "larger than 4MiB", "which server"),
           plain(always(http_answer(200, "application/x-protobuf",
                                    net::gzip(std::string(64 * k_mebibyte, '\0')),
                                    "Content-Encoding: gzip\r\n"))));
}

void add_broken_answers(PeerTable& table) {
  table
      .add("a body that is cut short", not_understood("export", "cut short", "log"),
           plain(&cut_short))
      .add("gzip that is none", not_understood("export", "not the gzip data", "proxy"),
           plain(always(http_answer(200, "application/x-protobuf", "no gzip at all",
                                    "Content-Encoding: gzip\r\n"))))
      .add("200 with HTML", not_understood("export", "web page", "4318"),
           plain(always(http_answer(200, "text/html", "<html>" + echoing("Welcome") + "</html>"))))
      .add("200 with text", not_understood("export", "text/plain", "which server"),
           plain(always(http_answer(200, "text/plain", echoing("ok")))))
      .add("200 with a body of no type",
           not_understood("export", "no content type", "which server"),
           plain(always(http_answer(200, "", "ok"))))
      .add("200 with garbage in protobuf",
           not_understood("export", "not an OTLP export response in protobuf", "which server"),
           plain(always(http_answer(200, "application/x-protobuf", "\xff\xff\xff\xff garbage"))))
      .add("200 with garbage in JSON",
           not_understood("export", "not an OTLP export response in JSON", "which server"),
           plain(always(http_answer(200, "application/json", "}{" + echoing("garbage")))))
      .add("200 with JSON that is no response",
           not_understood("export", "not an OTLP export response in JSON", "which server"),
           plain(always(http_answer(200, "application/json", R"({"partialSuccess": "no"})"))))
      .add("200 of a gRPC server", not_understood("export", "gRPC", "--protocol grpc"),
           plain(always(http_answer(200, "application/grpc", ""))));
}

std::string partial_json(const std::string& rejected) {
  return R"({"partialSuccess":{)" + rejected + R"("errorMessage":")" + echoing("too old") +
         R"("}})";
}

std::string partial_protobuf(const std::string& rejected) {
  const std::string words = echoing("too old");
  const std::string partial = rejected + "\x12" + static_cast<char>(words.size()) + words;
  return "\x0a" + std::string(1, static_cast<char>(partial.size())) + partial;
}

}  // namespace

std::vector<BadPeer> http_answer_peers() {
  PeerTable table;
  table.over({"http/protobuf", "http/json"});
  add_redirects(table);
  add_refusals(table);
  add_troubles(table);
  add_endless_answers(table);
  add_broken_answers(table);
  table
      .add("partial success with rejected spans, in protobuf",
           rejected("export", "rejects 2 records: too old", "limits"),
           plain(always(http_answer(200, "application/x-protobuf", partial_protobuf("\x08\x02")))))
      .add("partial success as a warning, in protobuf", good("export", "it warns: too old"),
           plain(always(http_answer(200, "application/x-protobuf", partial_protobuf("")))))
      .add("partial success with rejected spans, in JSON",
           rejected("export", "rejects 2 records: too old", "limits"),
           plain(always(
               http_answer(200, "application/json", partial_json(R"("rejectedSpans":"2",)")))))
      .add("partial success as a warning, in JSON", good("export", "it warns: too old"),
           plain(always(http_answer(200, "application/json", partial_json("")))));
  return std::move(table).rows();
}

}  // namespace otelctl::test
