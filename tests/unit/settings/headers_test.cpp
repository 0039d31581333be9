// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
//
// What is sent of each way to write headers, written down from the rules and not from what the code
// gives: OpenTelemetry specification 1.60.0, protocol/exporter, "Specifying headers via environment
// variables", and for --header the command line's own rules.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "settings/variables.hpp"
#include "tests/unit/settings/otlp_support.hpp"

using namespace otelctl;
using namespace otelctl::settings;

namespace {

constexpr std::array<Signal, 3> k_signals{Signal::traces, Signal::metrics, Signal::logs};
constexpr std::string_view k_error = "error";

}  // namespace

TEST_CASE("What is sent of each way to write headers") {
  struct Row {
    std::string general;
    std::string own;
    std::vector<std::string> flags;
    // "name=value" of all that is sent, sorted; "error" when the whole is refused.
    std::vector<std::string> sent;
  };
  const std::vector<std::string> error{std::string(k_error)};
  const std::vector<Row> rows{
      {"", "", {}, {}},
      {"a=1", "", {}, {"a=1"}},
      {"a=1,b=2", "", {}, {"a=1", "b=2"}},
      // The first '=' splits: base64 and queries hold more.
      {"key=YWJj==", "", {}, {"key=YWJj=="}},
      {"key==x", "", {}, {"key==x"}},
      // Percent-decoding, of values and names; plus is no space.
      {"authorization=Bearer%20abc", "", {}, {"authorization=Bearer abc"}},
      {"a=x%2Cy%3Dz", "", {}, {"a=x,y=z"}},
      {"a=%41%6a", "", {}, {"a=Aj"}},
      {"x%2Dkey=v", "", {}, {"x-key=v"}},
      {"a=x+y", "", {}, {"a=x+y"}},
      {"a=100%25", "", {}, {"a=100%"}},
      {"a=%", "", {}, error},
      {"a=%2", "", {}, error},
      {"a=%zz", "", {}, error},
      // Spaces and tabs around names, values and items do not count; inside they do.
      {" a = 1 , b\t=\t2 ", "", {}, {"a=1", "b=2"}},
      {"authorization=Bearer abc", "", {}, {"authorization=Bearer abc"}},
      {"a=%20x%20", "", {}, {"a= x "}},
      // Names in one case, of equal ones the last.
      {"X-Key=1", "", {}, {"x-key=1"}},
      {"a=1,a=2", "", {}, {"a=2"}},
      {"A=1,b=2,a=3", "", {}, {"a=3", "b=2"}},
      // Empty items and values.
      {",", "", {}, {}},
      {"a=1,,b=2,", "", {}, {"a=1", "b=2"}},
      {"a=", "", {}, {"a="}},
      // What is no list.
      {"a", "", {}, error},
      {"a=1,b", "", {}, error},
      {"=1", "", {}, error},
      {"a b=1", "", {}, error},
      {"a=%0Ab", "", {}, error},
      {"a=x%0d%0ab: c", "", {}, error},
      // Properties do not exist here: the text is the value's.
      {"a=1;p=2", "", {}, {"a=1;p=2"}},
      // The signal's variable replaces the general one as a whole; an empty one is unset.
      {"a=1,b=2", "b=3", {}, {"b=3"}},
      {"", "b=3", {}, {"b=3"}},
      {"a=1", "", {"b=2"}, {"a=1", "b=2"}},
      {"broken", "b=3", {}, {"b=3"}},
      // The flag replaces what has its name, and is taken literally.
      {"a=1,b=2", "", {"A=%20"}, {"a=%20", "b=2"}},
      {"a=1,b=2", "b=3", {"c=4"}, {"b=3", "c=4"}},
      {"", "", {"a=1,b=2"}, {"a=1,b=2"}},
      {"", "", {"a=1", "a=2"}, {"a=2"}},
      {"", "", {"authorization=Basic YTpi="}, {"authorization=Basic YTpi="}},
      {"", "", {"a"}, error},
      {"", "", {"=1"}, error},
      {"", "", {"te=trailers"}, error},
  };
  for (const Row& row : rows) {
    CAPTURE(row.general);
    CAPTURE(row.own);
    for (const Signal signal : k_signals) {
      for (const std::string protocol : {"grpc", "http/protobuf"}) {
        OtlpFlags flags;
        flags.protocol = protocol;
        flags.headers = row.flags;
        const Variables variables{{"OTEL_EXPORTER_OTLP_HEADERS", row.general},
                                  {signal_form("OTEL_EXPORTER_OTLP_HEADERS", signal), row.own}};
        const auto settings = resolve(flags, variables, signal);
        std::vector<std::string> sent;
        if (settings) {
          for (const net::Header& header : settings->headers) {
            sent.push_back(header.name + "=" + header.value);
          }
          std::sort(sent.begin(), sent.end());
        } else {
          sent = error;
        }
        CHECK(sent == row.sent);
      }
    }
  }
}
