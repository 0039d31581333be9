// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "trace/trace.hpp"

// What the pictures of a trace have in common.
namespace otelctl::report {

// Text of a trace as a person may see it: control characters and bidirectional overrides as visible
// escapes, what looks like a secret redacted, at most `most` code points, the rest as "…". What an
// empty text is shown as is up to the caller. Not yet escaped for the picture's language.
std::string picture_text(std::string_view text, std::size_t most);

// The same, "(no name)" and "(no service)" where there is none.
std::string picture_name(std::string_view name, std::size_t most);
std::string picture_service(std::string_view service, std::size_t most);

// How long after the trace's start a span begins or ends; one that names no start stands there.
nanoseconds after_start(Time time, Time trace_start);

// Colours of services, "#rrggbb", told apart on light and dark ground and none of them red, which
// says error. A hash of the name chooses, so that a service looks the same in most traces; where
// two of one trace would look alike the later one gets the next colour that is free.
class ServiceColours {
 public:
  std::string_view of(std::string_view service);

 private:
  std::unordered_map<std::string, std::size_t> m_known;
  std::vector<bool> m_taken;
};

}  // namespace otelctl::report
