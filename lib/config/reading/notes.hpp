// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/environment.hpp"
#include "config/issue.hpp"
#include "config/reading/spot.hpp"
#include "config/references.hpp"
#include "yaml/parse.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config::reading {

// A scalar as readers see it: with the type that the core schema of YAML 1.2 gives it.
struct Scalar {
  std::string_view text;
  yaml::ScalarType type = yaml::ScalarType::text;
  // Every variable in it has a value; else the text cannot be judged.
  bool is_complete = true;
};

// What reading a file runs into: a bounded number of issues, each with its place.
class Notes {
 public:
  explicit Notes(const yaml::Document& document) : m_document(document) {}
  // For files whose values may refer to variables, as those of a section do.
  Notes(const yaml::Document& document, const Environment& environment);
  ~Notes() = default;
  Notes(const Notes&) = delete;
  Notes& operator=(const Notes&) = delete;

  const yaml::Document& document() const { return m_document; }

  // The scalar at the spot, references replaced where the file may have them. What is wrong with
  // them is noted once.
  Scalar scalar(const Spot& spot);

  // `message` is one clause without a full stop, `help` says what to do.
  void add(config::IssueKind kind, const Spot& spot, std::string message, std::string help);
  // The same, but the key is what is meant.
  void add_at_key(config::IssueKind kind, const Spot& spot, std::string message, std::string help);
  // A name that stands where `first` has it already.
  void add_repeated(const Spot& spot, yaml::NodeId first, std::string message, std::string help);

  // Counts a text that is copied out of the file. Aliases make many of one: beyond a limit that is
  // an issue, and reading comes to its end.
  bool spend(const Spot& spot, std::size_t bytes);

  // So much was found that nobody would read more: readers stop.
  bool is_full() const { return m_is_full; }

  bool has_problems() const { return !m_problems.empty(); }
  std::vector<config::Issue> take_issues() { return std::move(m_issues); }
  std::vector<yaml::Problem> take_problems() { return std::move(m_problems); }

 private:
  void count();

  const yaml::Document& m_document;
  std::optional<References> m_references;
  std::unordered_map<yaml::NodeId, ResolvedScalar> m_resolved;
  std::vector<config::Issue> m_issues;
  std::vector<yaml::Problem> m_problems;
  std::size_t m_text_bytes = 0;
  bool m_is_full = false;
};

}  // namespace otelctl::config::reading
