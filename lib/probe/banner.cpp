// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/banner.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"

namespace otelctl::probe {
namespace {

constexpr std::size_t k_longest_shown = 60;

struct Banner {
  std::string_view start;
  std::string_view also;  // must stand somewhere behind it; "" when nothing must
  std::string_view server;
};

// How each protocol's servers begin, or answer what they do not understand. Of those with the same
// start the more specific stands first.
constexpr std::array k_banners{
    Banner{"SSH-", "", "an SSH server"},            // RFC 4253, 4.2
    Banner{"220", "FTP", "an FTP server"},          // RFC 959, 5.4
    Banner{"220", "SMTP", "an SMTP server"},        // RFC 5321, 4.2
    Banner{"220", "", "an SMTP or FTP server"},     //
    Banner{"554", "", "an SMTP server"},            // RFC 5321, 3.1
    Banner{"+OK", "", "a POP3 server"},             // RFC 1939, 4
    Banner{"* OK", "", "an IMAP server"},           // RFC 9051, 7.1.1
    Banner{"-ERR", "", "a Redis server"},           // RESP, errors
    Banner{"-NOAUTH", "", "a Redis server"},        //
    Banner{"-DENIED", "", "a Redis server"},        // protected mode
    Banner{"ERROR\r\n", "", "a Memcached server"},  // protocol.txt, errors
    Banner{"AMQP", "", "an AMQP broker"},           // AMQP 0-9-1, 4.2.2
    Banner{"RFB ", "", "a VNC server"},             // RFC 6143, 7.1.1
    Banner{"INFO {", "", "a NATS server"},          // NATS protocol, INFO
    Banner{"It looks like you are trying to access MongoDB", "", "a MongoDB server"},
};

// MySQL and MariaDB: length (3 bytes), sequence number 0, protocol version 10, the server's version
// as text; a server that refuses the host sends an error packet (0xff) instead.
bool is_mysql(std::string_view bytes) {
  return bytes.size() > 5 && bytes[3] == '\0' && (bytes[4] == '\x0a' || bytes[4] == '\xff');
}

bool is_text(char c) {
  return c >= 0x20 && c < 0x7f;
}

// The first run of text that is long enough to say something: versions stand in front.
std::string_view first_text(std::string_view bytes) {
  constexpr std::size_t k_telling = 4;
  std::string_view longest;
  for (std::size_t at = 0; at < bytes.size() && longest.size() < k_telling;) {
    const auto* const begin = bytes.begin() + at;
    const auto size =
        static_cast<std::size_t>(std::find_if_not(begin, bytes.end(), is_text) - begin);
    if (size > longest.size()) {
      longest = bytes.substr(at, size);
    }
    at += size + 1;
  }
  return longest;
}

// The value of a header in an answer's head, "" when it is missing.
std::string_view header_of(std::string_view head, std::string_view name) {
  for (const std::string_view line : split(head, '\n')) {
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && equals_ignoring_case(line.substr(0, colon), name)) {
      return trim(line.substr(colon + 1));
    }
  }
  return {};
}

std::string_view between(std::string_view text, std::string_view start, std::string_view end) {
  const auto begin = text.find(start);
  if (begin == std::string_view::npos) {
    return {};
  }
  const auto rest = text.substr(begin + start.size());
  return rest.substr(0, std::min(rest.find(end), rest.size()));
}

std::string shortened(std::string_view text) {
  return escape_for_terminal(text.substr(0, k_longest_shown));
}

}  // namespace

std::string_view server_of_banner(std::string_view bytes) {
  for (const Banner& banner : k_banners) {
    if (bytes.starts_with(banner.start) &&
        (banner.also.empty() || bytes.find(banner.also) != std::string_view::npos)) {
      return banner.server;
    }
  }
  return is_mysql(bytes) ? "a MySQL server" : std::string_view();
}

std::string shown_banner(std::string_view bytes) {
  const auto line = bytes.substr(0, std::min(bytes.find_first_of("\r\n"), bytes.size()));
  const bool is_binary = std::any_of(line.begin(), line.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\x1b';
  });
  return shortened(is_binary || line.empty() ? first_text(bytes) : line);
}

HttpGreeting read_greeting(std::string_view answer) {
  HttpGreeting greeting;
  const auto end = std::min(answer.find("\r\n\r\n"), answer.size());
  const auto head = answer.substr(0, end);
  const auto body = answer.substr(std::min(end + 4, answer.size()));
  const auto space = head.find(' ');
  if (space != std::string_view::npos) {
    const auto digits = head.substr(space + 1, 3);
    std::from_chars(digits.data(), digits.data() + digits.size(), greeting.status);
  }
  greeting.server = header_of(head, "server");
  const auto type = header_of(head, "content-type");
  greeting.content_type = to_lower(trim(type.substr(0, type.find(';'))));
  greeting.title = trim(between(body, "<title>", "</title>"));
  // The Collector's receiver names the two types that it takes to whoever names none.
  greeting.speaks_otlp =
      greeting.content_type == "application/x-protobuf" ||
      (greeting.status == 415 && body.find("application/x-protobuf") != std::string_view::npos);
  return greeting;
}

std::string describe(const HttpGreeting& greeting) {
  if (greeting.speaks_otlp) {
    return "an OTLP/HTTP receiver";
  }
  std::string text;
  if (!greeting.title.empty()) {
    text = "the web page '" + shortened(greeting.title) + "'";
  } else if (!greeting.server.empty()) {
    text = "a web server (" + shortened(greeting.server) + ")";
  }
  if (greeting.status == 401 || greeting.status == 403) {
    text += std::string(text.empty() ? "a server" : "") + " that wants credentials";
  }
  return text;
}

}  // namespace otelctl::probe
