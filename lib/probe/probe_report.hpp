// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "settings/setting.hpp"

namespace otelctl::probe {

enum class StageStatus { ok, warn, fail, skip };
std::string_view name_of(StageStatus status);

// Something a stage found out, for machines and for --verbose. Text is not yet escaped.
struct Fact {
  std::string name;
  std::variant<std::string, std::int64_t, bool, std::vector<std::string>> value;
};

// One step of the way to the server. The names are fixed: config, files, dns, tcp, tls, identify,
// export; `smoke` has further ones.
struct Stage {
  std::string name;
  StageStatus status = StageStatus::ok;
  nanoseconds duration{};
  std::string message = {};
  std::string hint = {};
  std::vector<Fact> facts = {};
  // Lines that a person should see below the message, such as what differs. Escaped.
  std::vector<std::string> details = {};
};

// The whole diagnosis. Stages follow each other in time; what comes after a failure is skipped.
struct ProbeReport {
  std::string_view command = "test-connection";  // whose report this is, for titles
  std::string endpoint;  // the final URL; of the first signal when there are several
  std::string protocol;  // "grpc", "http/protobuf", "http/json"
  std::string signal;    // "traces", "metrics", "logs" or "all"
  std::vector<settings::Setting> settings = {};
  std::vector<std::string> notes = {};
  std::vector<Stage> stages = {};
  // What can be said when all is well; empty: what the stages tell.
  std::string verdict = {};
  // The first failure in the order of the stages; nothing when all is well.
  std::optional<Error> error = std::nullopt;
  // The word for an error of kind `failed` where it is not "rejected".
  std::string_view failure = {};
  // Whether that failure may pass by itself: the name is not known yet, nothing listens yet, the
  // server cannot take data now (5xx, UNAVAILABLE). A certificate or a login does not.
  bool may_heal = false;
  // How often the way was walked, and for how long that was waited for; see wait_until_ready().
  std::int64_t attempts = 1;
  nanoseconds waited{};

  bool ok() const { return !error.has_value(); }
  bool has_warnings() const;
};

}  // namespace otelctl::probe
