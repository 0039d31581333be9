// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/loaded_libraries.hpp"

#include <stdexcept>

#include <openssl/crypto.h>
#include <zlib.h>

#include "net/curl_library.hpp"

namespace otelctl::net {
namespace {

std::optional<std::string> curl_version_there() {
  try {
    return curl().version_info(CURLVERSION_NOW)->version;
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

}  // namespace

std::vector<LoadedLibrary> loaded_libraries() {
  return {{"libcurl", curl_version_there()},
          {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
          {"zlib", zlibVersion()}};
}

}  // namespace otelctl::net
