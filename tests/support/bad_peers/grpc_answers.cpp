// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Servers that speak HTTP/2 and answer OTLP/gRPC with something else than success.
#include <chrono>
#include <string>
#include <vector>

#include "net/gzip.hpp"
#include "tests/support/bad_peers/bad_peers.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/support/raw_http2.hpp"

namespace otelctl::test {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

constexpr std::size_t k_mebibyte = std::size_t{1024} * 1024;

const Fields& good_headers() {
  static const Fields fields{{":status", "200"}, {"content-type", "application/grpc"}};
  return fields;
}

void add_statuses(PeerTable& table) {
  struct Status {
    int code;
    const char* name;
    Verdict (*verdict)(std::string, std::string, std::string);
    const char* hint;
  };
  const std::vector<Status> statuses{
      {1, "CANCELLED", &not_reachable, "try again"},
      {2, "UNKNOWN", &not_understood, "log"},
      {3, "INVALID_ARGUMENT", &not_understood, "does not accept the data"},
      {4, "DEADLINE_EXCEEDED", &not_reachable, "exports to"},
      {5, "NOT_FOUND", &not_understood, "tenant"},
      {6, "ALREADY_EXISTS", &not_understood, "log"},
      {7, "PERMISSION_DENIED", &refused, "rights"},
      {8, "RESOURCE_EXHAUSTED", &not_reachable, "limit"},
      {9, "FAILED_PRECONDITION", &not_understood, "log"},
      {10, "ABORTED", &not_reachable, "try again"},
      {11, "OUT_OF_RANGE", &not_reachable, "clock"},
      {12, "UNIMPLEMENTED", &not_understood, "no OTLP receiver"},
      {13, "INTERNAL", &not_understood, "log"},
      {14, "UNAVAILABLE", &not_reachable, "exports to"},
      {15, "DATA_LOSS", &not_reachable, "log"},
      {16, "UNAUTHENTICATED", &refused, "--header"},
  };
  for (const Status& status : statuses) {
    table.add("status "s + status.name,
              status.verdict("export", status.name + ": words"s, status.hint),
              plain(grpc_status(status.code, echoing("words"))));
  }
  // google.rpc.Status with RetryInfo{30 s}, in base64 without padding as "-bin" headers have it.
  const Fields retry_info{
      {"grpc-status-details-bin",
       "CA4aMAoodHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLlJldHJ5SW5mbxIECgIIHg"}};
  table
      .add("UNAVAILABLE with RetryInfo",
           not_reachable("export", "UNAVAILABLE: words", "asks to wait 30s"),
           plain(grpc_status(14, echoing("words"), retry_info)))
      .add("RESOURCE_EXHAUSTED with RetryInfo",
           not_reachable("export", "RESOURCE_EXHAUSTED: words", "asks to wait 30s"),
           plain(grpc_status(8, echoing("words"), retry_info)))
      .add("UNIMPLEMENTED because of gzip", not_understood("export", "gzip", "--compression none"),
           plain(grpc_status(12, "Compression algorithm 'gzip' is disabled.")))
      .add("Envoy whose server refuses connections",
           not_reachable("export", "UNAVAILABLE: upstream connect error", "what it exports to"),
           plain(grpc_status(14,
                             "upstream connect error or disconnect/reset before headers. reset "
                             "reason: remote connection failure, transport failure reason: delayed "
                             "connect error: Connection refused")))
      .add("a status beyond the known ones", not_understood("export", "words", "log"),
           plain(grpc_status(99, echoing("words"))));
}

void add_http_statuses(PeerTable& table) {
  struct Status {
    int code;
    Verdict (*verdict)(std::string, std::string, std::string);
    const char* hint;
  };
  const std::vector<Status> statuses{
      {301, &not_understood, "redirect"},
      {302, &not_understood, "redirect"},
      {400, &not_understood, "not an OTLP/gRPC receiver"},
      {401, &refused, "--header"},
      {403, &refused, "--header"},
      {404, &not_understood, "http/protobuf"},
      {405, &not_understood, "not an OTLP/gRPC receiver"},
      {407, &refused, "no_proxy"},
      {408, &not_reachable, "gave up waiting"},
      {413, &not_understood, "smaller batches"},
      {415, &not_understood, "http/protobuf"},
      {429, &not_reachable, "limit"},
      {500, &not_understood, "not an OTLP/gRPC receiver"},
      {502, &not_reachable, "down"},
      {503, &not_reachable, "down"},
      {504, &not_reachable, "down"},
  };
  for (const Status& status : statuses) {
    const std::string code = std::to_string(status.code);
    table.add("HTTP status " + code, status.verdict("export", "HTTP status " + code, status.hint),
              plain(http2([code](Http2Call& call) {
                call.headers({{":status", code},
                              {"content-type", "text/html"},
                              {"location", "https://sso.example/login"},
                              {"x-words", echoing("words")}});
                call.data("<html>" + echoing("words") + "</html>", true);
              })));
  }
}

void add_broken_connections(PeerTable& table) {
  struct Reset {
    std::uint32_t code;
    const char* name;
  };
  // RFC 9113, 7.
  for (const Reset& reset :
       {Reset{0, "NO_ERROR"}, Reset{2, "INTERNAL_ERROR"}, Reset{7, "REFUSED_STREAM"},
        Reset{8, "CANCEL"}, Reset{11, "ENHANCE_YOUR_CALM"}, Reset{12, "INADEQUATE_SECURITY"}}) {
    table
        .add("RST_STREAM "s + reset.name,
             not_reachable("export", "RST_STREAM, "s + reset.name, "proxy"),
             plain(http2([code = reset.code](Http2Call& call) { call.rst_stream(code); })))
        .add("RST_STREAM "s + reset.name + " after the headers",
             not_reachable("export", "RST_STREAM, "s + reset.name, "proxy"),
             plain(http2([code = reset.code](Http2Call& call) {
               call.headers(good_headers());
               call.rst_stream(code);
             })))
        .add("GOAWAY "s + reset.name, not_reachable("export", "GOAWAY", "try again"),
             plain(http2([code = reset.code](Http2Call& call) {
               call.goaway(code, echoing("words"));
               call.hang_up();
             })));
  }
  table.add("GOAWAY and an open connection", not_reachable("export", "GOAWAY", "try again"),
            plain(http2([](Http2Call& call) { call.goaway(0, echoing("words")); })));
}

void add_broken_answers(PeerTable& table) {
  const char* const not_grpc = "does not answer as a gRPC server";
  table
      .add("trailers without grpc-status", not_understood("export", not_grpc, "which server"),
           plain(http2([](Http2Call& call) {
             call.headers(good_headers());
             call.data(grpc_message(""));
             call.headers({{"x-words", echoing("words")}}, true);
           })))
      .add("no trailers", not_understood("export", not_grpc, "which server"),
           plain(http2([](Http2Call& call) {
             call.headers(good_headers());
             call.data(grpc_message(""), true);
           })))
      .add("OK without a message", not_understood("export", not_grpc, "which server"),
           plain(grpc_status(0, "")))
      .add_endless("two messages", not_reachable("export", "gave no answer within", "--timeout"),
                   plain(http2([](Http2Call& call) {
                     call.headers(good_headers());
                     call.data(grpc_message("") + grpc_message(""));
                     call.headers({{"grpc-status", "0"}}, true);
                   })))
      .add("a message that is cut short", not_understood("export", not_grpc, "which server"),
           plain(http2([](Http2Call& call) {
             call.headers(good_headers());
             call.data(grpc_message("some bytes").substr(0, 8));
             call.headers({{"grpc-status", "0"}}, true);
           })))
      .add("a grpc-status that is no number", not_understood("export", "UNKNOWN: words", "log"),
           plain(http2([](Http2Call& call) {
             call.headers({{":status", "200"},
                           {"content-type", "application/grpc"},
                           {"grpc-status", "fine"},
                           {"grpc-message", echoing("words")}},
                          true);
           })))
      .add("200 with HTML", not_understood("export", not_grpc, "a web server or a proxy"),
           plain(http2([](Http2Call& call) {
             call.headers({{":status", "200"}, {"content-type", "text/html"}});
             call.data("<html>" + echoing("words") + "</html>", true);
           })))
      .add("garbage in protobuf",
           not_understood("export", "not an OTLP export response in protobuf", "which server"),
           plain(grpc_answer("\xff\xff\xff\xff garbage")));
}

void add_illegal_http2(PeerTable& table) {
  table
      .add("metadata with an illegal name",
           not_understood("export", "illegal metadata: 'Bad Name", "proxy"),
           plain(http2([](Http2Call& call) {
             call.headers({{":status", "200"},
                           {"content-type", "application/grpc"},
                           {"Bad Name\n", echoing("words")}});
             call.data(grpc_message(""));
             call.headers({{"grpc-status", "0"}}, true);
           })))
      .add("metadata with an illegal value",
           not_understood("export", "illegal metadata: 'x-words'", "proxy"),
           plain(http2([](Http2Call& call) {
             call.headers({{":status", "200"},
                           {"content-type", "application/grpc"},
                           {"x-words", echoing("words\r\n\x1b[31m")}});
             call.data(grpc_message(""));
             call.headers({{"grpc-status", "0"}}, true);
           })))
      .add("a field of no table",
           not_understood("export", "not answer as a gRPC server", "which server"),
           plain(http2([](Http2Call& call) {
             // An indexed field (RFC 7541, 6.1) beyond both tables.
             call.frame(Http2Frame::headers, k_end_headers | k_end_stream, "\xfe");
           })))
      .add("a frame larger than allowed",
           not_understood("export", "not answer as a gRPC server", "which server"),
           plain(http2([](Http2Call& call) {
             call.frame(Http2Frame::headers, k_end_headers, std::string(8 * k_mebibyte, '\0'));
           })));
}

// A message of that size, from a server that keeps to the client's window.
StartPeer answering_with(std::size_t size) {
  return [size](const PeerKit&) {
    auto server = std::make_shared<FakeGrpcServer>([size](const GrpcCall&) {
      return GrpcReply{0, "", "", std::string(size, 'x'), false};
    });
    return LivePeer{"http://localhost:" + std::to_string(server->port()), {}, {server}};
  };
}

void add_endless_answers(PeerTable& table) {
  table
      .add_endless("an endless slow body",
                   not_reachable("export", "gave no answer within", "--timeout"),
                   plain(http2([](Http2Call& call) {
                     call.headers(good_headers());
                     const std::string piece =
                         http2_frame(Http2Frame::data, 0, call.stream(), std::string(1, '\0'));
                     while (call.conversation().write(piece) && call.conversation().stays(50ms)) {
                     }
                   })))
      .add("endless headers",
           not_understood("export", "headers are larger than 8KiB", "which server"),
           plain(http2([](Http2Call& call) {
             call.frame(Http2Frame::headers, 0, field_block(good_headers()));
             const std::string more =
                 http2_frame(Http2Frame::continuation, 0, call.stream(),
                             field_block({{"x-more", std::string(10'000, 'x')}}));
             while (call.conversation().write(more)) {
             }
           })))
      .add("headers of 100 KiB",
           not_understood("export", "headers are larger than", "which server"),
           plain(http2([](Http2Call& call) {
             call.frame(Http2Frame::headers, 0, field_block(good_headers()));
             for (int i = 0; i < 10; ++i) {
               call.frame(Http2Frame::continuation, i == 9 ? k_end_headers : std::uint8_t{0},
                          field_block({{"x-more", std::string(10'000, 'x')}}));
             }
             call.data(grpc_message(""));
             call.headers({{"grpc-status", "0"}}, true);
           })))
      .add("an oversized message", not_understood("export", "larger than 4MiB", "which server"),
           answering_with(5 * k_mebibyte))
      .add("a message that fills the memory",
           not_understood("export", "larger than 4MiB", "which server"),
           answering_with(80 * k_mebibyte))
      .add_endless("a message that claims 4 GiB",
                   not_reachable("export", "gave no answer within", "--timeout"),
                   plain(http2([](Http2Call& call) {
                     call.headers(good_headers());
                     call.data("\0\xff\xff\xff\xff"s);
                     call.data("some");
                   })))
      .add("a gzip bomb", not_understood("export", "unpacks to more than 4MiB", "which server"),
           plain(http2([](Http2Call& call) {
             Fields fields = good_headers();
             fields.emplace_back("grpc-encoding", "gzip");
             call.headers(fields);
             call.data(grpc_message(net::gzip(std::string(64 * k_mebibyte, '\0')), true));
             call.headers({{"grpc-status", "0"}}, true);
           })))
      .add("gzip that is none",
           not_understood("export", "not an OTLP export response", "which server"),
           plain(http2([](Http2Call& call) {
             Fields fields = good_headers();
             fields.emplace_back("grpc-encoding", "gzip");
             call.headers(fields);
             call.data(grpc_message("no gzip at all", true));
             call.headers({{"grpc-status", "0"}}, true);
           })));
}

std::string partial(const std::string& rejected) {
  const std::string words = echoing("too old");
  const std::string message = rejected + "\x12" + static_cast<char>(words.size()) + words;
  return "\x0a" + std::string(1, static_cast<char>(message.size())) + message;
}

}  // namespace

std::vector<BadPeer> grpc_answer_peers() {
  PeerTable table;
  table.over({"grpc"});
  add_statuses(table);
  add_http_statuses(table);
  add_broken_connections(table);
  add_broken_answers(table);
  add_illegal_http2(table);
  add_endless_answers(table);
  table
      .add("partial success with rejected spans",
           rejected("export", "rejects 2 records: too old", "limits"),
           plain(grpc_answer(partial("\x08\x02"))))
      .add("partial success as a warning", good("export", "it warns: too old"),
           plain(grpc_answer(partial(""))));
  return std::move(table).rows();
}

}  // namespace otelctl::test
