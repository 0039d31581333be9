// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/references.hpp"
#include "config/section/section.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

// Reads single values by what their key wants, and notes as issues what is wrong with them. What
// the application's own reader (PyYAML and pydantic) refuses is of the wrong type; what it takes
// although another reader would not is ambiguous.
class ScalarReader {
 public:
  ScalarReader(const yaml::Document& document, References& references, std::vector<Issue>& issues)
      : m_document(document), m_references(references), m_issues(issues) {}

  // Booleans, integers, numbers and text. `place` is the value's.
  void read(const KeySpec& spec, yaml::NodeId node, const Place& place, Section::Value& value);
  // The item of a list, or the value of a map's entry called `name`: always text.
  Item read_text(const KeySpec& spec, const std::string& name, yaml::NodeId node,
                 const Place& place);

 private:
  // What is being judged.
  struct Case {
    const KeySpec& spec;
    std::string_view name;  // of the key or the entry, for messages
    const Place& place;
    const ResolvedScalar& scalar;
  };

  bool is_scalar(const KeySpec& spec, std::string_view name, yaml::NodeId node, const Place& place);
  bool read_boolean(const Case& judged, bool& truth);
  bool read_integer(const Case& judged, double& number);
  bool read_number(const Case& judged, double& number);

  // scalar_checks.cpp
  bool check_text(const Case& judged);
  // What comes from variables and should not: secrets, line ends.
  void judge_variables(const Case& judged);
  // Text whose reference would be no text by its default.
  void judge_default(const Case& judged);
  bool check_range(const Case& judged, double number);
  bool check_agent_port(const Case& judged, double number);
  bool check_choice(const Case& judged);
  // What no length says: no control characters in a name, no URL where a host is wanted.
  bool check_form(const Case& judged);
  // What to do about a value that the key cannot have.
  static std::string default_hint(const KeySpec& spec);

  std::string shown_value(const Case& judged) const;
  // Always false: the value cannot be used.
  bool wrong_type(const Case& judged, std::string_view found, std::string help,
                  std::vector<Edit> edits = {});
  // The same for numbers: a value in another unit or notation is converted, `help` is for others.
  bool wrong_number(const Case& judged, std::string help);
  void ambiguous(const Case& judged, std::string message, std::string help,
                 std::vector<Edit> edits);
  void add(IssueKind kind, const Place& place, std::string message, std::string help,
           std::vector<Edit> edits = {});

  // What mends a value; nothing for one that holds a reference.
  static std::vector<Edit> replace(const Case& judged, std::string text);
  std::vector<Edit> quote(const Case& judged) const;
  std::vector<Edit> unquote(const Case& judged) const;

  const yaml::Document& m_document;
  References& m_references;
  std::vector<Issue>& m_issues;
};

}  // namespace otelctl::config
