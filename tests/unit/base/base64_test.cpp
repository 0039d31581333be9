// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/base64.hpp"

#include <doctest/doctest.h>

using namespace otelctl;

TEST_CASE("base64 is decoded strictly") {
  CHECK(decode_base64("AAEC") == std::string("\0\1\2", 3));
  CHECK(decode_base64("QQ==") == "A");
  CHECK(decode_base64("QQ") == "A");
  CHECK(decode_base64("") == "");
  CHECK_FALSE(decode_base64("Q").has_value());
  CHECK_FALSE(decode_base64("Q*==").has_value());
  for (const char* padded : {"=", "====", "AAEC=", "AAEC====", "QQ=", "QQ===", "=QQ="}) {
    CAPTURE(padded);
    CHECK_FALSE(decode_base64(padded).has_value());
  }
}

TEST_CASE("base64 of URLs is base64 too") {
  CHECK(decode_base64("__79_A") == "\xff\xfe\xfd\xfc");
  CHECK(decode_base64("--8=") == decode_base64("++8="));
}

TEST_CASE("base64 is written with padding") {
  CHECK(encode_base64(std::string("\0\1\2", 3)) == "AAEC");
  CHECK(encode_base64("A") == "QQ==");
  CHECK(encode_base64("AB") == "QUI=");
  CHECK(encode_base64("\xff\xfe\xfd\xfc") == "//79/A==");
  CHECK(encode_base64("").empty());
}
