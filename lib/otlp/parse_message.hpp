// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string_view>

#include <google/protobuf/stubs/logging.h>

namespace otelctl::otlp {

// Reads a message from bytes of a server. The library would tell the user on stderr that a string
// in it is not UTF-8; here that is one of the ways in which it is no such message.
template <typename Message>
bool parse_message(std::string_view bytes, Message& message) {
  const google::protobuf::LogSilencer silence;
  return bytes.size() <= std::numeric_limits<int>::max() &&
         message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace otelctl::otlp
