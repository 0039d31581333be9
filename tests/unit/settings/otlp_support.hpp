// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "settings/otlp_settings.hpp"
#include "tests/support/temporary_folder.hpp"

namespace otelctl::settings {

using Variables = std::map<std::string, std::string, std::less<>>;

inline Result<OtlpSettings> resolve(const OtlpFlags& flags, const Variables& variables = {},
                                    Signal signal = Signal::traces) {
  return resolve_otlp(flags, Environment(variables), signal);
}

inline OtlpFlags endpoint_flag(const std::string& url) {
  OtlpFlags flags;
  flags.endpoint = url;
  return flags;
}

inline std::string url_of(const Result<OtlpSettings>& settings) {
  return settings ? settings->endpoint.to_string() : "error: " + settings.error().message;
}

inline bool noted(const OtlpSettings& settings, const std::string& part) {
  return std::any_of(settings.notes.begin(), settings.notes.end(),
                     [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

inline std::string header(const OtlpSettings& settings, const std::string& name) {
  for (const net::Header& each : settings.headers) {
    if (each.name == name) {
      return each.value;
    }
  }
  return "(none)";
}

// A file with a section, as an application has it.
class Application {
 public:
  explicit Application(const std::string& yaml) {
    REQUIRE(write_file(m_folder.path("app.yaml"), yaml));
    m_flags.config_file = m_folder.path("app.yaml");
  }
  const OtlpFlags& flags() const { return m_flags; }
  OtlpFlags& flags() { return m_flags; }

 private:
  test::TemporaryFolder m_folder;
  OtlpFlags m_flags;
};

}  // namespace otelctl::settings
