// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/signal.hpp"
#include "config/issue.hpp"

namespace otelctl::config {

// One NAME=VALUE, wherever it stands. The item has the name, the value as the process gets it, the
// value's place with the name's place as key, and whether the value is known.
struct Assignment {
  Item item;
  // The lines that hold nothing but it, line ends included; empty where it shares a line.
  std::size_t lines_begin = 0;
  std::size_t lines_end = 0;
  // The value is quoted in the file.
  bool is_quoted = false;

  const std::string& name() const { return item.name; }
  const std::string& value() const { return item.text; }
  // It has a value that is known. The specification takes an empty one for unset.
  bool is_set() const { return item.is_readable && !item.text.empty(); }
  // Quotes or blanks around the value are part of it, so that its parts cannot be told.
  bool is_wrapped() const;
};

// The variables of one process: of a .env file, a compose service, a Kubernetes container, or of
// the process that otelctl runs in.
class VariableSet {
 public:
  // Where the variables stand.
  enum class Host : std::uint8_t { file, process, compose, kubernetes };

  explicit VariableSet(Host host) : m_host(host) {}

  Host host() const { return m_host; }
  void add(Assignment assignment);

  // In the order of the file; of a name that appears twice the last counts.
  const std::vector<Assignment>& all() const { return m_assignments; }
  // The one that counts; nullptr when the name is not there.
  const Assignment* find(std::string_view name) const;
  // The same, with a value that is not empty and known.
  const Assignment* find_set(std::string_view name) const;
  // Not there, or there and empty; never where more variables may come from elsewhere.
  bool is_surely_unset(std::string_view name) const;
  bool counts(const Assignment& assignment) const { return find(assignment.name()) == &assignment; }
  // The signal's form of OTEL_EXPORTER_OTLP_X, else the general form.
  const Assignment* find_for(Signal signal, std::string_view general_name) const;
  // At least one name that this tool has something to say about.
  bool has_telemetry() const;

  // More variables come from places that are not read: env_file, envFrom, extends.
  void set_open() { m_is_open = true; }
  bool is_open() const { return m_is_open; }
  // The process runs in a container of its own, so that "localhost" is nobody else.
  void set_alone() { m_is_alone = true; }
  bool is_alone() const { return m_is_alone; }

 private:
  Host m_host;
  std::vector<Assignment> m_assignments;
  std::map<std::string, std::size_t, std::less<>> m_last;
  bool m_is_open = false;
  bool m_is_alone = false;
};

// Edits of assignments. Empty where the file has the value in other words than the process gets it,
// or where the new value would need quotes that it does not have.
std::vector<Edit> replace_value(const Assignment& assignment, std::string_view value);
// A part of the value: `offset` and `length` count bytes of it.
std::vector<Edit> replace_in_value(const Assignment& assignment, std::size_t offset,
                                   std::size_t length, std::string_view text);
std::vector<Edit> rename_variable(const Assignment& assignment, std::string_view name);
std::vector<Edit> remove_line(const Assignment& assignment);

}  // namespace otelctl::config
