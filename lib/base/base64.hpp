// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otelctl {

// Base64 of either alphabet (RFC 4648, 4 and 5) with or without padding, as JSON of protobuf
// messages may have it; nothing where it is malformed.
std::optional<std::string> decode_base64(std::string_view text);

// In the standard alphabet, with padding.
std::string encode_base64(std::string_view bytes);

}  // namespace otelctl
