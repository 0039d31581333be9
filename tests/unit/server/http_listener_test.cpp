// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/http_listener.hpp"

#include <array>
#include <new>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace otelctl::server {
namespace {

constexpr std::string_view k_text = "0123456789";

// Answers with a text, the same in three pieces, or pieces of which the second cannot be made.
class Texts final : public HttpHandler {
 public:
  std::optional<HttpAnswer> answer(const HttpHead& head) override {
    HttpAnswer answer{.body = head.path == "/whole" ? std::string(k_text) : std::string()};
    if (head.path == "/pieces") {
      answer.more = [at = std::size_t{0}](std::string& piece) mutable {
        piece += k_text.substr(at, 4);
        at += 4;
        return at < k_text.size();
      };
    } else if (head.path == "/broken") {
      answer.more = [is_first = true](std::string& piece) mutable {
        if (!is_first) {
          throw std::bad_alloc();
        }
        is_first = false;
        piece += "0123";
        return true;
      };
    }
    return answer;
  }
  HttpAnswer take(const HttpHead&, std::string_view, const HttpHold&) override { return {}; }
  HttpAnswer unreadable(const HttpHead&, bool) override { return {}; }
};

class Listening {
 public:
  Listening()
      : m_listener(HttpListener::start({"127.0.0.1", 0}, m_handler, m_clock, 1 << 20).value()) {}

  // All that comes back until the connection ends.
  std::string ask(std::string_view request) const {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in target{};
    target.sin_family = AF_INET;
    target.sin_port = htons(m_listener->port());
    target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(connect(fd, reinterpret_cast<sockaddr*>(&target), sizeof(target)) == 0);
    REQUIRE(send(fd, request.data(), request.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(request.size()));
    std::string answer;
    std::array<char, 4096> part{};
    for (ssize_t count = recv(fd, part.data(), part.size(), 0); count > 0;
         count = recv(fd, part.data(), part.size(), 0)) {
      answer.append(part.data(), static_cast<std::size_t>(count));
    }
    close(fd);
    return answer;
  }

 private:
  Texts m_handler;
  SystemClock m_clock;
  std::unique_ptr<HttpListener> m_listener;
};

std::string get(std::string_view path, std::string_view header = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" +
         std::string(header) + "\r\n";
}

bool is_whole(std::string_view answer) {
  return answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\n0123456789") &&
         answer.find("Content-Length: 10\r\n") != std::string_view::npos &&
         answer.find("Content-Range") == std::string_view::npos;
}

TEST_CASE("ranges are not known: all is sent, once") {
  const Listening server;
  CHECK(is_whole(server.ask(get("/whole"))));
  CHECK(is_whole(server.ask(get("/whole", "Range: bytes=2-4\r\n"))));
  CHECK(is_whole(server.ask(get("/whole", "Range: bytes=0-,0-,0-\r\n"))));
}

TEST_CASE("a head full of ranges does no harm") {
  const Listening server;
  std::string ranges = "Range: bytes=0-";
  while (ranges.size() < 8000) {
    ranges += ",0-";
  }
  for (const std::string& header :
       {ranges + "\r\n", "Range: bytes=0-," + std::string(8000, ' ') + "1-\r\n",
        "Range: bytes=" + std::string(8000, '9') + "-\r\n"}) {
    CHECK(server.ask(get("/whole", header)).starts_with("HTTP/1.1 "));
  }
  CHECK(is_whole(server.ask(get("/whole"))));
}

TEST_CASE("a client of HTTP/1.0 gets no chunks: the answer ends with the connection") {
  const Listening server;
  CHECK(server.ask(get("/pieces")).find("Transfer-Encoding: chunked") != std::string::npos);
  for (const std::string header : {"", "Connection: Keep-Alive\r\n"}) {
    const std::string answer = server.ask("GET /pieces HTTP/1.0\r\n" + header + "\r\n");
    CHECK(answer.find("Transfer-Encoding") == std::string::npos);
    CHECK(answer.ends_with("\r\n\r\n0123456789"));
  }
}

TEST_CASE("an answer that cannot be finished ends with its connection, and others are given") {
  const Listening server;
  const std::string answer = server.ask(get("/broken"));
  CHECK(answer.find("0123") != std::string::npos);
  CHECK_FALSE(answer.ends_with("0\r\n\r\n"));
  CHECK(is_whole(server.ask(get("/whole"))));
}

}  // namespace
}  // namespace otelctl::server
