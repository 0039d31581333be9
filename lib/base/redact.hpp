// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otelctl {

// What stands in place of a secret: fixed, so that not even the length shows.
inline constexpr std::string_view k_redacted = "[REDACTED]";

// Whether a key of this name holds a secret: authorization, cookie, *token*, *secret*, *passw*,
// *api-key*, *credential*, *private*, and the vendors' own (x-honeycomb-team, dd-api-key).
bool is_secret_name(std::string_view name);

// Whether an attribute of this name holds a secret: what follows its last dot ends in
// authorization, cookie, token, password and their like. Narrower than is_secret_name, because
// attributes also speak about tokens: gen_ai.token.type, gen_ai.usage.input_tokens.
bool is_secret_attribute(std::string_view key);

// Whether a value looks like one by itself: "Bearer WORD", "Basic BASE64", sk-..., ghp_..., eyJ...,
// AKIA...; one word, as keys are.
bool looks_secret(std::string_view value);

// The value, or the redaction when the name or the value says that it is a secret.
std::string redacted(std::string_view name, std::string_view value);

// A URL with its userinfo and query replaced: both carry keys in practice.
std::string redact_url(std::string_view url);

// How many bytes of what follows "://" are the user and password before an '@' (RFC 3986, 3.2.1); 0
// for none. A password that holds '/', '?' or '#' as they are ends the authority too early by the
// letter: it is known by the ':' before it, behind which no port stands.
std::size_t userinfo_length(std::string_view after_scheme);

}  // namespace otelctl
