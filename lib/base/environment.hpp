// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace otelctl {

// The environment as a value, so that nothing below cmd reads the process's own.
class Environment {
 public:
  Environment() = default;
  explicit Environment(std::map<std::string, std::string, std::less<>> variables)
      : m_variables(std::move(variables)) {}

  // Reads a null-terminated list of "NAME=VALUE" as main() gets it; entries without '=' are
  // skipped.
  static Environment from(const char* const* entries);

  // The value, nothing when the name is not set. An empty value is a value.
  std::optional<std::string_view> get(std::string_view name) const;
  // The same, but empty counts as unset: how the OpenTelemetry specification reads its variables.
  std::optional<std::string_view> get_nonempty(std::string_view name) const;
  void set(std::string_view name, std::string_view value);

  const std::map<std::string, std::string, std::less<>>& all() const { return m_variables; }

 private:
  std::map<std::string, std::string, std::less<>> m_variables;
};

}  // namespace otelctl
