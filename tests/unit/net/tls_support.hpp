// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "net/tls_files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace otelctl::net {

// Files in which a test's certificates lie, as a user has them.
class Files {
 public:
  std::string write(const std::string& name, const std::string& content) {
    const std::string path = m_folder.path(name);
    REQUIRE(write_file(path, content));
    return path;
  }
  TlsFiles trusting(const std::string& authority) {
    TlsFiles files;
    files.ca_file = write("ca.pem", authority);
    return files;
  }

 private:
  test::TemporaryFolder m_folder;
};

}  // namespace otelctl::net
