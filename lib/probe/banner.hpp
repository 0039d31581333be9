// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace otelctl::probe {

// Which server gives itself away by the first bytes that it sends: "an SSH server", "a MySQL
// server"; "" when they are of no protocol that is known here. The bytes are any bytes.
std::string_view server_of_banner(std::string_view bytes);

// The bytes as a person should see them: the first line, of bounded length, made safe to print;
// of a binary greeting the first run of text in it ("8.0.36").
std::string shown_banner(std::string_view bytes);

// What a plaintext HTTP/1.1 server said to an empty POST to /v1/traces.
struct HttpGreeting {
  int status = 0;
  std::string server;        // the Server header
  std::string content_type;  // lower case, without parameters
  std::string title;         // of a web page
  bool speaks_otlp = false;  // it answered as OTLP receivers do
};

// Reads such an answer as far as it came; anything may be missing.
HttpGreeting read_greeting(std::string_view answer);

// "an OTLP/HTTP receiver", "the web page 'Jaeger UI'", "a web server (nginx/1.22.1)"; "" when
// nothing is to be said. Made safe to print.
std::string describe(const HttpGreeting& greeting);

}  // namespace otelctl::probe
