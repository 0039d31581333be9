// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace otelctl::net {

// One way to say each TLS failure, whoever found it: our own probe, libcurl or gRPC.

// A certificate that was not accepted, by OpenSSL's X509_V_ERR_* number. `sent` counts the
// certificates that the server sent, where that is known: one alone may lack its intermediate ones.
// Kind unreachable.
Error certificate_error(long verify_result, std::string_view host,
                        std::optional<std::size_t> sent = std::nullopt);

// A handshake that broke, by OpenSSL's text ("...:SSL routines::wrong version number"). A port that
// does not speak TLS is not_understood, a client certificate that is missing or unwelcome refused,
// the rest unreachable.
Error handshake_error(std::string_view openssl_text, std::string_view host_and_port);

// What a server says by ending a connection after it asked for a client certificate. Kind refused.
Error client_certificate_error(bool one_was_sent);

// Whether a TLS alert in the text says that the server wants another client certificate, or any.
bool is_client_certificate_alert(std::string_view openssl_text);

// Whether an answer in plaintext says that its port speaks TLS, as those of Go, nginx, Apache and
// Tomcat do to who comes without.
bool says_that_it_is_tls(std::string_view answer);

}  // namespace otelctl::net
