// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/banner.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace otelctl::probe;

TEST_CASE("servers of other protocols are told by their first bytes") {
  CHECK(server_of_banner("SSH-2.0-OpenSSH_9.2p1\r\n") == "an SSH server");
  CHECK(server_of_banner("220 mail.example ESMTP Postfix\r\n") == "an SMTP server");
  CHECK(server_of_banner("220 (vsFTPd 3.0.3)\r\n") == "an FTP server");
  CHECK(server_of_banner("220 ready\r\n") == "an SMTP or FTP server");
  CHECK(server_of_banner("-ERR unknown command 'PRI'\r\n") == "a Redis server");
  CHECK(server_of_banner(std::string("J\0\0\0\n8.0.36\0\x08", 13)) == "a MySQL server");
  CHECK(server_of_banner(std::string("F\0\0\0\xffj\x04Host is blocked", 22)) == "a MySQL server");
  CHECK(server_of_banner("AMQP\0\0\x09\x01") == "an AMQP broker");
  CHECK(server_of_banner("hello").empty());
  CHECK(server_of_banner("").empty());
}

TEST_CASE("a banner is shown as one safe line, a binary one by the text in it") {
  CHECK(shown_banner("SSH-2.0-Open\x1b[31mSSH\r\nmore") == "SSH-2.0-Open\\x1b[31mSSH");
  CHECK(shown_banner(std::string("J\0\0\0\n8.0.36\0\x08", 13)) == "8.0.36");
  CHECK(shown_banner(std::string("J\0\0\0\n8.0.36\0\x08", 13) + std::string(70, 'x')) == "8.0.36");
  CHECK(shown_banner("\r\nwelcome") == "welcome");
  CHECK(shown_banner(std::string(1000, 'x')).size() == 60);
  CHECK(shown_banner("").empty());
}

TEST_CASE("an OTLP receiver is told by what it answers to an empty POST") {
  CHECK(describe(read_greeting("HTTP/1.1 415 Unsupported Media Type\r\n"
                               "Content-Type: text/plain; charset=utf-8\r\n\r\n"
                               "415 unsupported media type, supported: [application/json, "
                               "application/x-protobuf]")) == "an OTLP/HTTP receiver");
  CHECK(
      describe(read_greeting("HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\n\r\n")) ==
      "an OTLP/HTTP receiver");
}

TEST_CASE("a web server is told by its page's title or its Server header") {
  CHECK(describe(read_greeting("HTTP/1.1 404 Not Found\r\nServer: nginx/1.22.1\r\n\r\n")) ==
        "a web server (nginx/1.22.1)");
  CHECK(describe(read_greeting("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head>"
                               "<title>Jaeger UI</title>")) == "the web page 'Jaeger UI'");
  CHECK(describe(read_greeting("HTTP/1.1 401 Unauthorized\r\nServer: Caddy\r\n\r\n")) ==
        "a web server (Caddy) that wants credentials");
  CHECK(describe(read_greeting("HTTP/1.1 403 Forbidden\r\n\r\n")) ==
        "a server that wants credentials");
  CHECK(describe(read_greeting("HTTP/1.1 200 OK\r\n\r\n<title>\x1b[2J</title>")) ==
        "the web page '\\x1b[2J'");
}

TEST_CASE("an answer that is cut anywhere is read as far as it goes") {
  const std::string whole =
      "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Type: text/html\r\n\r\n<title>t</title>";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const HttpGreeting greeting = read_greeting(whole.substr(0, size));
    CHECK_FALSE(greeting.speaks_otlp);
  }
}
